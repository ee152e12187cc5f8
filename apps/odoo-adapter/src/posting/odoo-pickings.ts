import { Decimal } from '@wardline/event-contracts';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { againAfterConflict } from './odoo-fault.js';
import { externalModule, loadFields, loadRow, type PickingDocument } from './picking-document.js';
import type { PickingLine, PickingRecord } from './verify-posting.js';

const loadContext = { tz: 'UTC', lang: 'en_US', tracking_disable: true };
const validateContext = {
  skip_backorder: true,
  skip_expired: true,
  skip_sms: true,
  tracking_disable: true,
  lang: 'en_US',
};

interface LineRow {
  readonly picking_id: Many2one;
  readonly product_id: Many2one;
  readonly lot_id: Many2one;
  readonly location_id: Many2one;
  readonly location_dest_id: Many2one;
  readonly quantity_product_uom: number;
}

const lineFields = ['picking_id', 'product_id', 'lot_id', 'location_id', 'location_dest_id', 'quantity_product_uom'];

/** The calls about stock transfers, as proven on a real Odoo 19. */
export class OdooPickings {
  constructor(private readonly odoo: Odoo) {}

  /** Finds documents by external id, whatever their state. What is not in the answer was never created. */
  async lookUp(externalIds: readonly string[]): Promise<Map<string, PickingRecord>> {
    const names = await this.odoo.searchRead<{ name: string; res_id: number }>('ir.model.data', {
      domain: [
        ['module', '=', externalModule],
        ['model', '=', 'stock.picking'],
        ['name', 'in', [...externalIds]],
      ],
      fields: ['name', 'res_id'],
    });
    const records = await this.read(names.map(({ res_id: id }) => id));
    const found = names.flatMap(({ name, res_id: id }) => {
      const record = records.get(id);
      return record === undefined ? [] : ([[name, record]] as const);
    });
    return new Map(found);
  }

  /** Reads transfers back with their lines, by id. */
  async read(ids: readonly number[]): Promise<Map<number, PickingRecord>> {
    if (ids.length === 0) return new Map();
    const pickings = await this.odoo.searchRead<{ name: string; state: string }>('stock.picking', {
      domain: [['id', 'in', [...ids]]],
      fields: ['name', 'state'],
    });
    const rows = await this.odoo.searchRead<LineRow>('stock.move.line', {
      domain: [['picking_id', 'in', [...ids]]],
      fields: lineFields,
    });
    const lines = Map.groupBy(rows, (row) => idOf(row.picking_id));
    return new Map(
      pickings.map(({ id, name, state }) => [id, { id, name, state, lines: (lines.get(id) ?? []).map(lineOf) }]),
    );
  }

  /** Creates the transfers, all or none; answers their ids in order. Nothing moves yet. */
  async create(documents: readonly PickingDocument[]): Promise<number[]> {
    const data = documents.map(loadRow);
    return againAfterConflict(() =>
      this.odoo.load('stock.picking', { fields: loadFields, data, context: loadContext }),
    );
  }

  /** Validates the transfers, all or none; answers what Odoo said, which is no proof of anything. */
  async validate(ids: readonly number[]): Promise<unknown> {
    return againAfterConflict(() =>
      this.odoo.call<unknown>('stock.picking', 'button_validate', { ids: [...ids], context: validateContext }),
    );
  }

  /** Removes transfers that are not done, and their external ids with them. */
  async discard(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await againAfterConflict(() => this.odoo.call('stock.picking', 'unlink', { ids: [...ids] }));
  }
}

function lineOf(row: LineRow): PickingLine {
  return {
    productId: idOf(row.product_id),
    lotId: idOf(row.lot_id),
    fromId: idOf(row.location_id),
    toId: idOf(row.location_dest_id),
    quantity: new Decimal(row.quantity_product_uom).toDecimalPlaces(6),
  };
}
