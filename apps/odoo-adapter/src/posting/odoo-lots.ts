import { createHash } from 'node:crypto';
import type { LocalDate } from '@wardline/event-contracts';
import { dayOf } from '../master-data/lots.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { againAfterConflict } from './odoo-fault.js';
import { externalModule } from './picking-document.js';
import type { LotFact, NamedLot } from './resolve-movement.js';

/** A lot of one product, by its Odoo id. */
export interface LotOfProduct extends NamedLot {
  readonly productId: number;
}

interface LotRow {
  readonly name: string;
  readonly product_id: Many2one;
  readonly expiration_date: string | false;
}

const fields = ['id', 'name', 'product_id/.id', 'expiration_date'];

/** Noon: at midnight the same day would read as the day before or after in many a user's time zone. */
const momentOf = (day: LocalDate | null): string => (day === null ? '' : `${day} 12:00:00`);

/** Names a lot within a batch: product and number. */
export function lotKey({ productId, name }: Pick<LotOfProduct, 'productId' | 'name'>): string {
  return `${productId}/${name}`;
}

/** The calls about lots (`stock.lot`), as proven on a real Odoo 19. A lot's name is unique within its product. */
export class OdooLots {
  constructor(private readonly odoo: Odoo) {}

  /** Those that Odoo has, whoever made them; of two companies' the older. */
  async find(lots: readonly LotOfProduct[]): Promise<Map<string, LotFact>> {
    if (lots.length === 0) return new Map();
    const rows = await this.odoo.searchRead<LotRow>('stock.lot', {
      domain: [
        ['product_id', 'in', [...new Set(lots.map(({ productId }) => productId))]],
        ['name', 'in', [...new Set(lots.map(({ name }) => name))]],
      ],
      fields: ['name', 'product_id', 'expiration_date'],
      order: 'id desc',
      context: { tz: 'UTC' },
    });
    return new Map(rows.map((row) => [keyOf(row), { odooId: row.id, expiryDate: dayOf(row.expiration_date) }]));
  }

  /**
   * Makes lots, all or none; answers their ids in order. Each has an external id of its product and number, so that a repeat
   * finds it. Its expiry is given, or Odoo would set the moment of its creation.
   */
  async create(lots: readonly LotOfProduct[]): Promise<number[]> {
    if (lots.length === 0) return [];
    const data = lots.map((lot) => [externalIdOf(lot), lot.name, String(lot.productId), momentOf(lot.expiryDate)]);
    return againAfterConflict(() =>
      this.odoo.load('stock.lot', { fields, data, context: { tz: 'UTC', lang: 'en_US' } }),
    );
  }
}

function keyOf(row: LotRow): string {
  return lotKey({ productId: idOf(row.product_id) ?? 0, name: row.name });
}

/** A number may hold anything, an external id may not. */
function externalIdOf({ productId, name }: LotOfProduct): string {
  return `${externalModule}.lot_${productId}_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
}
