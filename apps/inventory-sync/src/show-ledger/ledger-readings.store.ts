import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@wardline/event-contracts';
import { Database } from '@wardline/outbox';

/** A balance as it is shown; quantities are decimal text. */
export interface BalanceReading {
  readonly location: string;
  readonly productCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly quantity: string;
  readonly unit: string;
}

/** Where a page of balances goes on: the last one shown. */
export type BalanceKey = readonly [location: string, productCode: string, lotNumber: string, serialNumber: string];

/** What to show of the balances; `lot` is a lot or serial number. */
export interface BalanceQuery {
  readonly location?: string | undefined;
  readonly product?: string | undefined;
  readonly lot?: string | undefined;
  readonly after?: BalanceKey | undefined;
  readonly limit: number;
}

/** A movement as it is shown: what, who, when, why, through which interface, and what became of it in Odoo. */
export interface MovementReading {
  readonly position: string;
  readonly eventId: string;
  readonly sourceEventId: string;
  readonly movementType: string;
  readonly productCode: string;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly quantity: string;
  readonly unit: string;
  readonly actor: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly reason: string | null;
  readonly interface: string;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly correlationId: string;
  readonly posting: {
    /** NOT_DUE for what came out of Odoo. */
    readonly state: 'PENDING' | 'POSTED' | 'REFUSED' | 'NOT_DUE';
    readonly model: string | null;
    readonly recordId: string | null;
    readonly reference: string | null;
    readonly postedAt: Date | null;
    readonly code: string | null;
    readonly message: string | null;
  };
}

/** What to show of the movements; `location` is either end, `lot` a lot or serial number, `after` a position. */
export interface MovementQuery {
  readonly product?: string | undefined;
  readonly lot?: string | undefined;
  readonly location?: string | undefined;
  readonly sourceEventId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Whether the ledger is true to itself. */
export interface LedgerCheck {
  /** Every balance is the sum of its movements, and each product sums to zero over all locations. */
  readonly consistent: boolean;
  readonly balances: number;
  readonly movements: number;
  readonly postings: { readonly posted: number; readonly refused: number; readonly pending: number };
  /** Balances that differ from the sum of their movements; the first 100. */
  readonly differences: readonly Record<string, unknown>[];
  /** Products whose balances do not sum to zero; the first 100. */
  readonly unbalanced: readonly Record<string, unknown>[];
}

const balances = `
SELECT location, product_code AS "productCode", nullif(lot_number, '') AS "lotNumber",
  nullif(serial_number, '') AS "serialNumber", quantity, unit
FROM stock_balance
WHERE ($1::text IS NULL OR location = $1) AND ($2::text IS NULL OR product_code = $2)
  AND ($3::text IS NULL OR $3 IN (lot_number, serial_number))
  AND ($4::text IS NULL OR (location, product_code, lot_number, serial_number) > ($4, $5, $6, $7))
ORDER BY stock_balance.location, product_code, lot_number, serial_number LIMIT $8`;

/** The columns of a {@link MovementReading}, of `m` a movement with `r` what undid it and `p` its posting. */
export const movementReading = `
SELECT m.position, m.event_id AS "eventId", m.source_event_id AS "sourceEventId", m.movement_type AS "movementType",
  m.product_code AS "productCode", m.from_location AS "fromLocation", m.to_location AS "toLocation",
  nullif(m.lot_number, '') AS "lotNumber", nullif(m.serial_number, '') AS "serialNumber", m.expiry_date AS "expiryDate",
  m.quantity, m.unit, m.actor, m.occurred_at AS "occurredAt", m.recorded_at AS "recordedAt", m.reason, m.interface,
  m.reverses, r.event_id AS "reversedBy", m.correlation_id AS "correlationId",
  json_build_object(
    'state', CASE WHEN m.interface = 'odoo' THEN 'NOT_DUE' ELSE coalesce(p.state, 'PENDING') END,
    'model', p.model, 'recordId', p.record_id::text, 'reference', p.reference, 'postedAt', p.posted_at,
    'code', p.code, 'message', p.message) AS posting
FROM stock_movement m
LEFT JOIN stock_movement r ON r.reverses = m.event_id
LEFT JOIN posting_status p ON p.event_id = m.event_id`;

const movements = `${movementReading}
WHERE m.position > $1 AND ($2::text IS NULL OR m.product_code = $2)
  AND ($3::text IS NULL OR m.lot_number = $3 OR m.serial_number = $3)
  AND ($4::text IS NULL OR m.from_location = $4 OR m.to_location = $4)
  AND ($5::uuid IS NULL OR m.source_event_id = $5)
ORDER BY m.position LIMIT $6`;

const counts = `
SELECT (SELECT count(*)::int FROM stock_balance) AS balances, count(*)::int AS movements,
  count(*) FILTER (WHERE p.state = 'POSTED')::int AS posted, count(*) FILTER (WHERE p.state = 'REFUSED')::int AS refused,
  count(*) FILTER (WHERE p.state IS NULL AND m.interface <> 'odoo')::int AS pending
FROM stock_movement m LEFT JOIN posting_status p USING (event_id)`;

const unbalanced = `
SELECT product_code AS "productCode", unit, sum(quantity) AS total
FROM stock_balance GROUP BY product_code, unit HAVING sum(quantity) <> 0 LIMIT 100`;

/** Reads the ledger for people and programs; never locks what the handlers write. */
@Injectable()
export class LedgerReadings {
  constructor(private readonly database: Database) {}

  async balances({ location, product, lot, after, limit }: BalanceQuery): Promise<BalanceReading[]> {
    const [afterLocation, afterProduct, afterLot, afterSerial] = after ?? [];
    const start = [afterLocation, afterProduct, afterLot, afterSerial];
    return this.database.query<BalanceReading>(balances, [location, product, lot, ...start, limit]);
  }

  async movements({ product, lot, location, sourceEventId, after, limit }: MovementQuery): Promise<MovementReading[]> {
    return this.database.query<MovementReading>(movements, [
      after ?? '0',
      product,
      lot,
      location,
      sourceEventId,
      limit,
    ]);
  }

  /** Reads every movement: meant for a check now and then, not for a probe. All of it sees one state of the ledger. */
  async check(): Promise<LedgerCheck> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const [count] =
        await tx.query<Record<'balances' | 'movements' | 'posted' | 'refused' | 'pending', number>>(counts);
      const differences = await tx.query('SELECT * FROM stock_balance_difference LIMIT 100');
      const unequal = await tx.query(unbalanced);
      const { balances = 0, movements = 0, posted = 0, refused = 0, pending = 0 } = count ?? {};
      return {
        consistent: differences.length === 0 && unequal.length === 0,
        ...{ balances, movements, postings: { posted, refused, pending }, differences, unbalanced: unequal },
      };
    });
  }
}
