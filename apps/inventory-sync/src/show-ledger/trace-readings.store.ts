import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { movementReading, type MovementReading } from './ledger-readings.store.js';

/** What to trace: a lot of a product, or a serial. */
export interface TraceQuestion {
  readonly product: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  /** Go on after this ledger position. */
  readonly after: string;
  readonly limit: number;
}

/** What is left of it at a place; decimal text. */
export interface TracedBalance {
  readonly productCode: string;
  readonly location: string;
  readonly serialNumber: string | null;
  readonly quantity: string;
  readonly unit: string;
}

/** All movements of one kind between two places, added up. */
export interface TracedFlow {
  readonly productCode: string;
  readonly movementType: string;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly quantity: string;
  readonly unit: string;
  readonly movements: number;
  readonly firstOccurredAt: Date;
  readonly lastOccurredAt: Date;
}

/** All that the ledger knows of a lot or serial. */
export interface TraceReading {
  readonly balances: readonly TracedBalance[];
  readonly flows: readonly TracedFlow[];
  readonly movements: readonly MovementReading[];
}

type Numbered = 'lot' | 'serial';

// One statement for a lot and one for a serial, since each has its own index.
const isOf = (of: Numbered, table: string): string =>
  `${table}.${of}_number = $1 AND ${table}.${of}_number <> '' AND ($2::text IS NULL OR ${table}.product_code = $2)`;

// The products that the number stands for are known by then: balances have no index by number alone.
const balances = (of: Numbered): string => `
SELECT b.product_code AS "productCode", b.location, nullif(b.serial_number, '') AS "serialNumber", b.quantity, b.unit
FROM stock_balance b WHERE ${isOf(of, 'b')} AND b.product_code = ANY ($3) AND b.quantity <> 0
ORDER BY b.product_code, b.location, b.serial_number LIMIT 1000`;

const flows = (of: Numbered): string => `
SELECT m.product_code AS "productCode", m.movement_type AS "movementType", m.from_location AS "fromLocation",
  m.to_location AS "toLocation", sum(m.quantity) AS quantity, m.unit, count(*)::int AS movements,
  min(m.occurred_at) AS "firstOccurredAt", max(m.occurred_at) AS "lastOccurredAt"
FROM stock_movement m WHERE ${isOf(of, 'm')}
GROUP BY m.product_code, m.movement_type, m.from_location, m.to_location, m.unit
ORDER BY min(m.occurred_at), min(m.position)`;

const movements = (of: Numbered): string => `${movementReading}
WHERE ${isOf(of, 'm')} AND m.position > $3 ORDER BY m.position LIMIT $4`;

/** Reads what became of a lot or serial, from its first movement to where it is now. */
@Injectable()
export class TraceReadings {
  constructor(private readonly database: Database) {}

  /** One state of the ledger: what is left is what the movements leave. */
  async read({ product, lot, serial, after, limit }: TraceQuestion): Promise<TraceReading> {
    const of = serial === null ? 'lot' : 'serial';
    const number = serial ?? lot;
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const [flowed, moved] = await Promise.all([
        tx.query<TracedFlow>(flows(of), [number, product]),
        tx.query<MovementReading>(movements(of), [number, product, after, limit]),
      ]);
      const products = [...new Set(flowed.map(({ productCode }) => productCode))];
      const left = await tx.query<TracedBalance>(balances(of), [number, product, products]);
      return { balances: left, flows: flowed, movements: moved };
    });
  }
}
