import { Injectable } from '@nestjs/common';
import { Decimal, type EventId, type StockOperationRecorded } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { RefusalText } from './take-stock-operation/receipts.js';
import type { Acceptance, OperationKind } from './take-stock-operation/stock-operation.js';

/** How a record ends. */
export interface OperationOutcome {
  readonly record: StockOperationRecorded;
  readonly decision: Acceptance | ({ readonly outcome: 'refused' } & RefusalText);
}

/** A record that has its terminal receipt, as a reversal needs to know it. */
export interface OperationRow {
  event_id: EventId;
  outcome: 'accepted' | 'refused';
  code: string;
  operation: OperationKind;
  product_code: string;
  location_code: string;
  lot_number: string | null;
  serial_number: string | null;
  quantity: Decimal;
  occurred_at: Date;
  reversed_by: EventId | null;
}

const claim = `
INSERT INTO stock_operation_sequence AS claim (source, sequence, event_id)
SELECT DISTINCT ON (source, sequence) source, sequence, event_id
FROM unnest($1::text[], $2::bigint[], $3::uuid[]) WITH ORDINALITY AS asked (source, sequence, event_id, nth)
ORDER BY source, sequence, nth
ON CONFLICT (source, sequence) DO UPDATE SET event_id = claim.event_id RETURNING source, sequence, event_id`;

const columns = `event_id, source, sequence, outcome, code, message, remedy, owner, operation, reverses, occurred_at,
  product_code, location_code, to_location_code, lot_number, serial_number, expiry_date, quantity, unit,
  transfer_reference, document_reference, expected_quantity, condition, temperature_log_reference, movement_event_id, performer_ref, approver_ref, reason, warnings`;

const insertOutcomes = `
INSERT INTO stock_operation (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::stock_operation, $1)`;

const markReversed = `
UPDATE stock_operation AS original SET reversed_by = reversal.event_id
FROM unnest($1::uuid[], $2::uuid[]) AS reversal (reverses, event_id) WHERE original.event_id = reversal.reverses`;

/** Keeps what became of each stock operation record: one row per terminal receipt. */
@Injectable()
export class StockOperationStore {
  /** Those of these records that have their terminal receipt, locked: of two reversals at once the second sees the first. */
  async settled(tx: Transaction, eventIds: readonly EventId[]): Promise<Map<EventId, OperationRow>> {
    const rows = await tx.query<Omit<OperationRow, 'quantity'> & { quantity: string | null }>(
      `SELECT event_id, outcome, code, operation, product_code, location_code, lot_number, serial_number, quantity,
         occurred_at, reversed_by
       FROM stock_operation WHERE event_id = ANY ($1::uuid[]) ORDER BY event_id FOR UPDATE`,
      [eventIds],
    );
    return new Map(rows.map((row) => [row.event_id, { ...row, quantity: new Decimal(row.quantity ?? 0) }]));
  }

  /**
   * Claims the records' numbers of their sources and answers which record has each, this one or an earlier one. Waits for a
   * transaction that is claiming the same number. The claim of a record that is held goes with its savepoint.
   */
  async claimSequences(tx: Transaction, records: readonly StockOperationRecorded[]): Promise<Map<EventId, EventId>> {
    const numbered = records.filter(({ sequence }) => sequence !== null);
    if (numbered.length === 0) return new Map();
    const rows = await tx.query<{ source: string; sequence: string; event_id: EventId }>(claim, [
      numbered.map(({ source }) => storable(source)),
      numbered.map(({ sequence }) => String(sequence)),
      numbered.map(({ eventId }) => eventId),
    ]);
    const first = new Map(rows.map((row) => [`${row.sequence}/${row.source}`, row.event_id]));
    return new Map(
      numbered.map(({ eventId, source, sequence }) => [eventId, first.get(`${sequence}/${storable(source)}`)!]),
    );
  }

  /** Writes what became of records, and on the records that are reversed that they are undone. */
  settle(tx: Transaction, outcomes: readonly OperationOutcome[]): void {
    if (outcomes.length === 0) return;
    tx.write(insertOutcomes, [JSON.stringify(outcomes.map(outcomeRow))]);
    const reversals = outcomes.filter(({ decision }) => decision.outcome === 'accepted' && decision.reverses !== null);
    if (reversals.length === 0) return;
    tx.write(markReversed, [
      reversals.map(({ record }) => record.reverses),
      reversals.map(({ record }) => record.eventId),
    ]);
  }
}

function outcomeRow({ record, decision }: OperationOutcome): Record<string, unknown> {
  const { eventId: event_id, source, sequence } = record;
  const base = {
    event_id,
    source: storable(source),
    sequence: sequence === null ? null : String(sequence),
    warnings: [],
  };
  if (decision.outcome === 'accepted') return { ...base, outcome: 'accepted', ...acceptedRow(decision) };
  const { code, message, remedy, owner } = decision;
  return { ...base, outcome: 'refused', code, message: storable(message, 2_000), remedy, owner };
}

function acceptedRow({ placed, reverses, booking }: Acceptance): Record<string, unknown> {
  return {
    operation: placed.operation,
    reverses,
    occurred_at: placed.occurredAt,
    product_code: placed.productCode,
    location_code: placed.locationCode,
    to_location_code: placed.toLocationCode,
    lot_number: placed.lotNumber,
    serial_number: placed.serialNumber,
    expiry_date: placed.expiryDate,
    quantity: placed.quantity.toFixed(),
    unit: placed.unit,
    transfer_reference: placed.transferReference,
    document_reference: placed.documentReference,
    expected_quantity: placed.expectedQuantity?.toFixed() ?? null,
    condition: placed.condition,
    temperature_log_reference: placed.temperatureLogReference,
    movement_event_id: booking.movement?.eventId ?? null,
    performer_ref: placed.performerRef,
    approver_ref: placed.approverRef,
    reason: placed.reason,
    warnings: booking.warnings,
  };
}

/** Postgres refuses NUL in texts, half characters in JSON and long keys in an index; a refusal has to be written all the same. */
function storable(text: string, longest = 300): string {
  return text.replaceAll('\0', '\u2400').slice(0, longest).toWellFormed();
}
