import {
  Decimal,
  type PostingSwitched,
  type PostingWithheld,
  type WithheldPostingSettled,
} from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

const takeWithheld = `
INSERT INTO posting (event_id, state, at)
SELECT event_id, 'WITHHELD', at FROM unnest($1::uuid[], $2::timestamptz[]) AS given (event_id, at)
ON CONFLICT (event_id) DO NOTHING`;

/** Movements that are withheld; `at` is until when they may be. */
export async function keepWithheld(tx: Transaction, withheld: readonly PostingWithheld[]): Promise<void> {
  await tx.query(takeWithheld, [
    withheld.map(({ sourceEventId }) => sourceEventId),
    withheld.map(({ settleAt }) => settleAt),
  ]);
}

const states = {
  EXACT: 'ELSEWHERE',
  DAY: 'ELSEWHERE',
  DIFFERS: 'ELSEWHERE',
  ALONE: 'ALONE',
  POSTED_HERE: 'RELEASED',
  UNKNOWN: 'ALONE',
} as const;

const takeSettled = `
INSERT INTO posting (event_id, state, code, message, reference, moved_at, at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
ON CONFLICT (event_id) DO UPDATE SET state = excluded.state, code = excluded.code, message = excluded.message,
  reference = excluded.reference, moved_at = excluded.moved_at, at = excluded.at
WHERE posting.state NOT IN ('POSTED', 'REFUSED')`;

/** What became of them. */
export async function keepSettled(tx: Transaction, settled: readonly WithheldPostingSettled[]): Promise<void> {
  const last = [...new Map(settled.map((one) => [one.sourceEventId, one])).values()];
  await tx.query(takeSettled, [
    last.map(({ sourceEventId }) => sourceEventId),
    last.map(({ outcome }) => states[outcome]),
    last.map(({ outcome }) => outcome),
    last.map(({ message }) => message),
    last.map(({ reference }) => reference),
    last.map(({ movedAt }) => movedAt),
    last.map(({ occurredAt }) => occurredAt),
  ]);
}

/** The users by which old interfaces post. */
export async function keepOldUsers(tx: Transaction, switched: readonly PostingSwitched[]): Promise<void> {
  const users = switched.flatMap(({ oldUserIds, toleranceMs }) => oldUserIds.map((id) => [id, toleranceMs] as const));
  for (const [id, tolerance] of users)
    await tx.query(
      `INSERT INTO old_user VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET tolerance_ms = greatest(old_user.tolerance_ms, excluded.tolerance_ms)`,
      [String(id), String(tolerance)],
    );
}

/** How far apart an old interface and Wardline may be, by the user of Odoo. */
export async function oldUsers(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx.query<{ user_id: string; tolerance_ms: string }>(`SELECT * FROM old_user`);
  return new Map(rows.map(({ user_id: id, tolerance_ms: ms }) => [id, Number(ms)]));
}

/** What an old interface did and no record of ours explains, as the ledger followed it. */
export interface Stray {
  readonly eventId: string;
  readonly location: string;
  readonly productCode: string;
  readonly lot: string;
  readonly isSerial: boolean;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly reference: string | null;
}

const strays = `
SELECT m.event_id, l.location, m.product_code, m.lot, m.is_serial, m.unit, l.quantity, m.document_reference
  FROM movement m JOIN leg l USING (event_id) JOIN location p ON p.code = l.location AND p.usage = 'internal'
 WHERE m.interface = 'odoo' AND m.reason LIKE 'old interface, %' AND m.reason LIKE 'old interface, no record of ours%'
   AND NOT EXISTS (SELECT FROM movement b WHERE b.interface = 'odoo' AND b.reason LIKE 'old interface, %'
     AND b.reason LIKE 'old interface, its record came%'
     AND (b.document_reference, b.product_code, b.lot, b.quantity) IS NOT DISTINCT FROM (m.document_reference, m.product_code, m.lot, m.quantity))
   AND NOT EXISTS (SELECT FROM difference_case c WHERE c.subject = 'movement:' || m.event_id AND c.state = 'ACCEPTED')
 ORDER BY m.recorded_at, m.event_id LIMIT 1000`;

/** Those that nobody accepted and whose record has not come; the oldest thousand. */
export async function straysOfOldInterfaces(tx: Transaction): Promise<Stray[]> {
  const rows = await tx.query<{
    event_id: string;
    location: string;
    product_code: string;
    lot: string;
    is_serial: boolean;
    unit: string;
    quantity: string;
    document_reference: string | null;
  }>(strays);
  return rows.map((row) => ({
    ...{ eventId: row.event_id, location: row.location, productCode: row.product_code, lot: row.lot, unit: row.unit },
    ...{ isSerial: row.is_serial, quantity: new Decimal(row.quantity), reference: row.document_reference },
  }));
}
