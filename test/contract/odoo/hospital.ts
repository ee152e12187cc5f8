import { Rpc, type LoadReply, type Reply, type Row } from './rpc.js';
import {
  type HospitalFacts,
  type Movement,
  operationTypeColumns,
  postingColumns,
  postingRow,
  withoutWizards,
} from './columns.js';
import { byExternalId, idOf, idsOf, unique } from './records.js';
import { startTarget, type Target } from './target.js';

/** A ward with its consumption location and operation type, made for one file of the suite. */
export class Hospital {
  private constructor(
    readonly rpc: Rpc,
    readonly target: Target,
    private readonly facts: HospitalFacts,
  ) {}

  get company(): number {
    return this.facts.company;
  }
  get warehouse(): Row {
    return this.facts.warehouse;
  }
  get ward(): number {
    return this.facts.ward;
  }
  get consumption(): number {
    return this.facts.consumption;
  }
  get operationType(): number {
    return this.facts.operationType;
  }
  get sequenceCode(): string {
    return this.facts.sequenceCode;
  }
  /** Odoo's "Units". */
  get unit(): number {
    return this.facts.unit;
  }

  static async open(): Promise<Hospital> {
    const target = await startTarget();
    const rpc = new Rpc(target);
    const { uid } = await rpc.call<{ uid: number }>('res.users', 'context_get');
    const [user] = await rpc.read('res.users', [uid], ['company_id']);
    const company = idOf(user?.company_id);
    const [warehouse] = await rpc.find(
      'stock.warehouse',
      [['company_id', '=', company]],
      ['code', 'view_location_id', 'lot_stock_id'],
      { limit: 1 },
    );
    if (warehouse === undefined) throw new Error(`company ${company} has no warehouse`);
    const unit = await byExternalId(rpc, 'uom', 'product_uom_unit');
    const code = unique('W');
    const [ward = 0] = idsOf(
      await rpc.load(
        'stock.location',
        ['id', 'name', 'usage', 'company_id/.id', 'location_id/.id', 'barcode'],
        [[`wardline.${code}`, code, 'internal', company, idOf(warehouse.view_location_id), code]],
      ),
    );
    const [consumption = 0] = idsOf(
      await rpc.load(
        'stock.location',
        ['id', 'name', 'usage', 'company_id/.id'],
        [[`wardline.${code}_consumption`, `Consumption ${code}`, 'production', company]],
      ),
    );
    const [operationType = 0] = idsOf(
      await rpc.load('stock.picking.type', operationTypeColumns, [
        [
          `wardline.${code}_type`,
          `Ward consumption ${code}`,
          'internal',
          code,
          company,
          warehouse.id,
          ward,
          consumption,
          'never',
          'manual',
          '0',
          '1',
        ],
      ]),
    );
    return new Hospital(rpc, target, {
      company,
      warehouse,
      ward,
      consumption,
      operationType,
      sequenceCode: code,
      unit,
    });
  }

  close(): Promise<void> {
    return this.target.close();
  }

  /** A storable product in pieces. */
  async product(values: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const code = unique('P');
    return this.rpc.create('product.product', { name: code, default_code: code, is_storable: true, ...values });
  }

  async lot(product: number, values: Readonly<Record<string, unknown>> = {}): Promise<number> {
    return this.rpc.create('stock.lot', {
      name: unique('L'),
      product_id: product,
      company_id: this.company,
      ...values,
    });
  }

  /** Counts stock, which is how it gets onto a ward here. */
  async count(product: number, quantity: number, lot?: number, location = this.ward): Promise<void> {
    const values = { product_id: product, location_id: location, inventory_quantity: quantity, lot_id: lot ?? false };
    const id = await this.rpc.create('stock.quant', values, { inventory_mode: true });
    await this.rpc.call('stock.quant', 'action_apply_inventory', { ids: [id] });
  }

  /** On hand, all lots together unless one is named. */
  async onHand(product: number, location = this.ward, lot?: number): Promise<number> {
    const domain = [
      ['product_id', '=', product],
      ['location_id', '=', location],
      ...(lot === undefined ? [] : [['lot_id', '=', lot]]),
    ];
    const quants = await this.rpc.find('stock.quant', domain, ['quantity']);
    return quants.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  }

  row(movement: Movement): unknown[] {
    return postingRow(movement, this.facts);
  }

  loadMovements(movements: readonly Movement[]): Promise<LoadReply> {
    return this.rpc.load(
      'stock.picking',
      postingColumns,
      movements.map((movement) => this.row(movement)),
    );
  }

  validate(ids: readonly number[], context: Readonly<Record<string, unknown>> = withoutWizards): Promise<Reply> {
    return this.rpc.attempt('stock.picking', 'button_validate', { ids, context });
  }

  /** Loads and validates; the ids of the transfers. */
  async post(movements: readonly Movement[]): Promise<number[]> {
    const ids = idsOf(await this.loadMovements(movements));
    const { body, message } = await this.validate(ids);
    if (body !== true) throw new Error(`validation answered ${message ?? JSON.stringify(body)}`);
    return ids;
  }

  async states(ids: readonly number[]): Promise<unknown[]> {
    const rows = await this.rpc.read('stock.picking', ids, ['state']);
    return rows.map(({ state }) => state);
  }

  /** The lines of transfers as the adapter reads them back. */
  lines(ids: readonly number[]): Promise<Row[]> {
    const fields = [
      'picking_id',
      'product_id',
      'lot_id',
      'quantity',
      'quantity_product_uom',
      'location_id',
      'location_dest_id',
      'state',
      'date',
    ];
    return this.rpc.find('stock.move.line', [['picking_id', 'in', ids]], fields, { order: 'id' });
  }

  /** Another company of the same user, with its own production location. */
  async otherCompany(): Promise<{ id: number; production: number }> {
    const [location] = await this.rpc.find(
      'stock.location',
      [
        ['usage', '=', 'production'],
        ['company_id', 'not in', [this.company, false]],
      ],
      ['company_id'],
      { limit: 1 },
    );
    if (location === undefined) throw new Error('this database has only one company');
    return { id: idOf(location.company_id), production: location.id };
  }
}
