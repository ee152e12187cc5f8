import { OdooConflict, OdooFault, OdooLoadRefused, OdooUnavailable, OdooValidationError } from '@wardline/odoo-client';
import type { LocalDate } from '@wardline/event-contracts';
import type { Odoo } from '../src/odoo.js';
import type { OdooFacts } from '../src/posting/resolve-movement.js';

/** What goes wrong with one call: before Odoo has done it, or after. */
export type Failure = 'timeout after commit' | 'fault after commit' | 'fault' | 'unreachable' | 'conflict' | 'wizard';

interface Transfer {
  readonly id: number;
  readonly name: string;
  readonly externalId: string;
  readonly row: readonly string[];
  state: string;
}

/**
 * A stand-in for Odoo's transfers, for the timing of failures only: how Odoo itself behaves is pinned on a real one in
 * test/contract/odoo. It keeps transfers by external id, refuses those whose quantity is `badQuantity`, and fails as told.
 */
export class FailingOdoo implements Odoo {
  readonly transfers: Transfer[] = [];
  readonly calls: string[] = [];
  badQuantity = '13';
  /** Stands for Odoo's silent rounding: what reads back instead of the quantity sent. */
  rounds: (quantity: number) => number = (quantity) => quantity;
  readonly #failures: { method: string; failure: Failure; times: number }[] = [];

  /** The next `times` calls of `method` end so. */
  fail(method: string, failure: Failure, times = 1): void {
    this.#failures.push({ method, failure, times });
  }

  /** Events whose transfers are done, with the quantity. */
  done(): string[] {
    return this.transfers.filter(({ state }) => state === 'done').map(({ externalId }) => externalId);
  }

  load: Odoo['load'] = (model, { data }) =>
    this.#call(`${model}.load`, () => {
      const row = data.findIndex((each) => (each as string[]).includes('no such lot'));
      if (row >= 0)
        throw new OdooLoadRefused([{ row, field: 'lot_id', message: 'No such lot' }], { operation: 'load' });
      return data.map((each) => this.#create(each as string[]).id);
    });

  call = <T>(model: string, method: string, args: Record<string, unknown> = {}): Promise<T> =>
    this.#call(`${model}.${method}`, () => {
      const ids = args['ids'] as number[];
      if (method === 'unlink') this.#unlink(ids);
      else this.#validate(ids);
      return true as T;
    });

  searchRead = <T extends object>(
    model: string,
    { domain }: { readonly domain: readonly unknown[] },
  ): Promise<(T & { id: number })[]> =>
    this.#call(`${model}.search_read`, () => {
      const [, , wanted] = domain.at(-1) as [string, string, (string | number)[]];
      if (model === 'ir.model.data') {
        return this.#those(
          (transfer) => wanted.includes(transfer.externalId),
          ({ externalId, id }) => ({ name: externalId, res_id: id }),
        ) as never;
      }
      const isWanted = (transfer: Transfer): boolean => wanted.includes(transfer.id);
      if (model === 'stock.picking') return this.#those(isWanted, ({ name, state }) => ({ name, state })) as never;
      return this.#those(isWanted, (transfer) => this.#line(transfer)) as never;
    });

  #those<T>(condition: (transfer: Transfer) => boolean, read: (transfer: Transfer) => T): (T & { id: number })[] {
    return this.transfers.filter(condition).map((transfer) => ({ id: transfer.id, ...read(transfer) }));
  }

  #line({ id, name, row }: Transfer) {
    const many2one = (text: string | undefined) => (text ? [Number(text), text] : false);
    return {
      picking_id: [id, name],
      product_id: many2one(row[12]),
      lot_id: many2one(row[14]),
      location_id: many2one(row[17]),
      location_dest_id: many2one(row[18]),
      quantity_product_uom: this.rounds(Number(row[15])),
    };
  }

  #create(row: readonly string[]): Transfer {
    const externalId = row[0]!.replace('wardline.', '');
    const known = this.transfers.find((transfer) => transfer.externalId === externalId);
    if (known !== undefined) return known;
    const id = this.transfers.length + 101;
    const transfer = { id, name: `WH/WCON/${id}`, externalId, row, state: 'assigned' };
    this.transfers.push(transfer);
    return transfer;
  }

  #validate(ids: readonly number[]): void {
    const named = this.transfers.filter(({ id }) => ids.includes(id));
    const bad = named.find(({ row }) => row[15] === this.badQuantity);
    if (bad) throw new OdooValidationError(`${bad.name}: not with me`, { operation: 'stock.picking.button_validate' });
    for (const transfer of named) transfer.state = 'done';
  }

  #unlink(ids: readonly number[]): void {
    for (const id of ids)
      this.transfers.splice(
        this.transfers.findIndex((transfer) => transfer.id === id),
        1,
      );
  }

  async #call<T>(operation: string, work: () => T): Promise<T> {
    this.calls.push(operation);
    const planned = this.#failures.find(({ method, times }) => operation.endsWith(`.${method}`) && times > 0);
    if (planned === undefined) return work();
    planned.times -= 1;
    return failing(planned.failure, operation, work);
  }
}

function failing<T>(failure: Failure, operation: string, work: () => T): T {
  if (failure === 'wizard')
    return { type: 'ir.actions.act_window', name: 'Backorder?', res_model: 'stock.backorder.confirmation' } as T;
  if (failure === 'conflict')
    throw new OdooConflict('could not serialize access due to concurrent update', { operation });
  if (failure === 'unreachable')
    throw new OdooUnavailable('connection refused', { operation, mayHaveCommitted: false });
  if (failure.endsWith('after commit')) work();
  if (failure.startsWith('fault')) throw new OdooFault('Internal Server Error', { operation, status: 500 });
  throw new OdooUnavailable('no answer within 60000 ms', { operation, mayHaveCommitted: true });
}

/** A hospital of one company: gloves, sutures with lots, pumps with serials; two wards. */
export const hospital: OdooFacts = {
  products: new Map([
    ['GLOVE-M', { odooId: 1, unit: 'Units', unitId: 1, tracking: 'NONE', category: 'All / Gloves' }],
    ['SUTURE', { odooId: 2, unit: 'Units', unitId: 1, tracking: 'LOT', category: 'All / Sutures' }],
    ['PUMP', { odooId: 3, unit: 'Units', unitId: 1, tracking: 'SERIAL', category: 'All / Devices' }],
  ]),
  locations: new Map([
    ['NORTH-ICU', [{ odooId: 40, usage: 'internal', companyId: 1, warehouseId: 6 }]],
    ['NORTH-OR1', [{ odooId: 41, usage: 'internal', companyId: 1, warehouseId: 5 }]],
    ['SHARED', [{ odooId: 42, usage: 'internal', companyId: null, warehouseId: null }]],
    ['SOUTH', [{ odooId: 43, usage: 'internal', companyId: 2, warehouseId: 7 }]],
  ]),
  lots: new Map([
    ['SUTURE/L1', { odooId: 501, expiryDate: '2027-03-31' as LocalDate }],
    ['PUMP/SN-1', { odooId: 502, expiryDate: null }],
  ]),
  companies: new Map([
    [
      1,
      {
        ...{ companyId: 1, company: 'North', consumptionTypeId: 17, adjustmentTypeId: 18, quantityDigits: 2 },
        places: { Consumption: 38, Vendors: 1, 'In transit': 11, 'Inventory adjustment': 13, Scrap: 16 },
        warehouses: [
          { warehouseId: 5, receipts: 51, deliveries: 52, transfers: 53 },
          { warehouseId: 6, receipts: 61, deliveries: 62, transfers: 63 },
        ],
      },
    ],
  ]),
};

/** Stores {@link hospital} as the adapter would have read it. */
export const hospitalSql = `
INSERT INTO provisioned (company_id, company, consumption_type_id, adjustment_type_id, quantity_digits, places, warehouses)
  VALUES (1, 'North', 17, 18, 2, '{"Consumption":38,"Vendors":1,"In transit":11,"Inventory adjustment":13,"Scrap":16}',
    '[{"warehouseId":5,"receipts":51,"deliveries":52,"transfers":53},{"warehouseId":6,"receipts":61,"deliveries":62,"transfers":63}]');
INSERT INTO poll_cursor (model, completed) VALUES ('uom.uom', 1), ('stock.location', 1), ('product.product', 1), ('stock.lot', 1);
INSERT INTO opening_balances VALUES (true, now(), 0);
INSERT INTO master_record (model, odoo_id, code, active, content_hash, data) VALUES
  ('product.product', 1, 'GLOVE-M', true, '', '{"unit":"Units","unitId":1,"tracking":"NONE","category":"All / Gloves"}'),
  ('product.product', 2, 'SUTURE', true, '', '{"unit":"Units","unitId":1,"tracking":"LOT","category":"All / Sutures"}'),
  ('product.product', 3, 'PUMP', true, '', '{"unit":"Units","unitId":1,"tracking":"SERIAL","category":"All / Devices"}'),
  ('stock.location', 40, 'NORTH-ICU', true, '', '{"usage":"internal","companyId":1}'),
  ('stock.location', 41, 'NORTH-OR1', true, '', '{"usage":"internal","companyId":1}'),
  ('stock.lot', 501, 'SUTURE/L1', true, '', '{}'), ('stock.lot', 502, 'PUMP/SN-1', true, '', '{}')`;
