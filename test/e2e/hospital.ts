import { randomUUID } from 'node:crypto';
import type { OdooAccess } from '../../deploy/local/launcher/endpoints.ts';
import { callOdoo } from '../../deploy/local/demo/odoo-rpc.ts';

/** A product in Odoo. */
export interface Product {
  readonly id: number;
  readonly code: string;
}

/** A place in Odoo that holds stock. */
export interface Ward {
  readonly id: number;
  readonly code: string;
}

/** A transfer in Odoo that Wardline made. */
export interface Transfer {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly origin: string;
}

type Row = Readonly<Record<string, unknown>> & { readonly id: number };

/** What a hospital's own people do in Odoo, over JSON-2. Names are new in each run, so that an Odoo can be shared. */
export class Hospital {
  readonly #odoo: OdooAccess;

  constructor(odoo: OdooAccess) {
    this.#odoo = odoo;
  }

  call<T>(model: string, method: string, body: Record<string, unknown>): Promise<T> {
    return callOdoo<T>(this.#odoo, model, method, body);
  }

  /** A new ward below the stock location of the first warehouse. */
  async ward(code = named('WARD')): Promise<Ward> {
    const [ward] = await this.wards([code]);
    return ward!;
  }

  /** New wards below the stock location of the first warehouse. */
  async wards(codes: readonly string[]): Promise<Ward[]> {
    const [warehouse] = await this.#find('stock.warehouse', [], ['lot_stock_id'], { order: 'id', limit: 1 });
    const [parent] = warehouse?.['lot_stock_id'] as [number, string];
    const vals = codes.map((code) => ({ name: code, barcode: code, usage: 'internal', location_id: parent }));
    const ids = await this.call<number[]>('stock.location', 'create', { vals_list: vals });
    return codes.map((code, index) => ({ id: ids[index]!, code }));
  }

  /** A new product, by default counted in pieces and not tracked. */
  async product(values: Readonly<Record<string, unknown>> = {}, code = named('ITEM')): Promise<Product> {
    const id = await this.#create('product.product', { name: code, default_code: code, is_storable: true, ...values });
    return { id, code };
  }

  /** A new lot or serial. */
  async lot(product: Product, name: string): Promise<number> {
    return this.#create('stock.lot', { name, product_id: product.id });
  }

  /** Puts stock onto a ward by counting it. */
  async stock(product: Product, ward: Ward, quantity: number, lotId: number | false = false): Promise<void> {
    const context = { inventory_mode: true };
    const vals = { product_id: product.id, location_id: ward.id, lot_id: lotId, inventory_quantity: quantity };
    const ids = await this.call<number[]>('stock.quant', 'create', { vals_list: [vals], context });
    await this.call('stock.quant', 'action_apply_inventory', { ids, context });
  }

  /** On hand of a product on a ward, of one lot where it is named. */
  async onHand(product: Product, ward: Ward, lotName?: string): Promise<number> {
    const lot = lotName === undefined ? [] : [['lot_id.name', '=', lotName]];
    const domain = [['product_id', '=', product.id], ['location_id', '=', ward.id], ...lot];
    const quants = await this.#find('stock.quant', domain, ['quantity']);
    return quants.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  }

  /** The id of a record by its external id. */
  async byExternalId(module: string, name: string): Promise<{ readonly model: string; readonly id: number }> {
    const rows = await this.#find(
      'ir.model.data',
      [
        ['module', '=', module],
        ['name', '=', name],
      ],
      ['model', 'res_id'],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`Odoo has no external id ${module}.${name}`);
    return { model: String(row['model']), id: Number(row['res_id']) };
  }

  /** The transfers that movements became, by the eventIds of those movements, in Odoo's order. */
  transfersOf(movementIds: readonly string[]): Promise<Transfer[]> {
    return this.#transfers([['origin', 'in', movementIds.map((id) => `wardline ${id}`)]]);
  }

  /** Every transfer that Wardline made in this Odoo. */
  allTransfers(): Promise<Transfer[]> {
    return this.#transfers([['origin', '=like', 'wardline %']]);
  }

  /** Changes a record. */
  async change(model: string, id: number, vals: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call(model, 'write', { ids: [id], vals });
  }

  async #transfers(domain: unknown[]): Promise<Transfer[]> {
    const rows = await this.#find('stock.picking', domain, ['name', 'state', 'origin'], { order: 'id' });
    return rows.map(({ id, name, state, origin }) => {
      return { id, name: String(name), state: String(state), origin: String(origin) };
    });
  }

  async #create(model: string, vals: Readonly<Record<string, unknown>>): Promise<number> {
    const [id = 0] = await this.call<number[]>(model, 'create', { vals_list: [vals] });
    return id;
  }

  #find(model: string, domain: unknown[], fields: string[], options: Record<string, unknown> = {}): Promise<Row[]> {
    return this.call<Row[]>(model, 'search_read', { domain, fields, ...options });
  }
}

/** A name that nobody had before. */
export function named(kind: string): string {
  return `${kind}-${randomUUID().slice(0, 8).toUpperCase()}`;
}
