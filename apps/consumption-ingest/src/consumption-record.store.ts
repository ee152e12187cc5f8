import { Injectable } from '@nestjs/common';
import {
  Decimal,
  type ConsumedProduct,
  type ConsumptionLocation,
  type ConsumptionRecorded,
  type EventId,
  type LocalDate,
} from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { AcceptedKind, CanonicalConsumption, SettledRecord } from './consumption-record.js';

/** Why a record was refused, as it stands in its receipt. */
export interface RefusalText {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
}

interface RecordRow {
  event_id: EventId;
  outcome: 'accepted' | 'refused';
  code: string;
  kind: AcceptedKind;
  reverses: EventId | null;
  reversed_by: EventId | null;
  product_code: string;
  location_code: string;
  lot_number: string | null;
  serial_number: string | null;
  expiry_date: LocalDate | null;
  quantity: string;
  unit: string;
  recorded_product: ConsumedProduct;
  recorded_location: ConsumptionLocation;
  recorded_quantity: string;
  recorded_unit: string;
}

/** Keeps what became of each record: one row per terminal receipt. */
@Injectable()
export class ConsumptionRecordStore {
  /** Of these records those that have their terminal receipt. */
  async settled(tx: Transaction, records: readonly ConsumptionRecorded[]): Promise<Set<EventId>> {
    const rows = await tx.query<{ event_id: EventId }>(
      `SELECT event_id FROM consumption_record WHERE event_id = ANY($1::uuid[])`,
      [records.map(({ eventId }) => eventId)],
    );
    return new Set(rows.map(({ event_id }) => event_id));
  }

  /**
   * Claims the records' numbers of their sources and answers which record has each: this one or an earlier one. Waits for
   * a transaction that is claiming the same number. A claim lasts only if the record is settled in this transaction: that
   * of a record which is held goes with its savepoint. Each number is among the records once.
   */
  async claimSequences(tx: Transaction, records: readonly ConsumptionRecorded[]): Promise<Map<EventId, EventId>> {
    const numbered = records.filter(({ sequence }) => sequence !== null);
    if (numbered.length === 0) return new Map();
    const rows = await tx.query<{ source: string; sequence: string; event_id: EventId }>(
      `INSERT INTO sequence_claim AS claim (source, sequence, event_id)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[]) AS asked (source, sequence, event_id) ORDER BY 1, 2
       ON CONFLICT (source, sequence) DO UPDATE SET event_id = claim.event_id RETURNING source, sequence, event_id`,
      [
        numbered.map(({ source }) => storable(source)),
        numbered.map(({ sequence }) => String(sequence)),
        numbered.map(({ eventId }) => eventId),
      ],
    );
    const first = new Map(rows.map((row) => [`${row.sequence}/${row.source}`, row.event_id]));
    return new Map(
      numbered.map(({ eventId, source, sequence }) => [eventId, first.get(`${sequence}/${storable(source)}`)!]),
    );
  }

  /** The settled records of these ids, locked: of two reversals at once the second waits and sees the first. */
  async lock(tx: Transaction, eventIds: readonly EventId[]): Promise<Map<EventId, SettledRecord>> {
    if (eventIds.length === 0) return new Map();
    const rows = await tx.query<RecordRow>(
      `SELECT * FROM consumption_record WHERE event_id = ANY($1::uuid[]) ORDER BY event_id FOR UPDATE`,
      [eventIds],
    );
    return new Map(rows.map((row) => [row.event_id, settledRecord(row)]));
  }

  /** Writes what became of records, and on the records that are reversed that they are undone. */
  settle(tx: Transaction, outcomes: readonly RecordOutcome[]): void {
    if (outcomes.length === 0) return;
    tx.write(insertOutcomes, [JSON.stringify(outcomes.map(outcomeRow))]);
    const reversals = outcomes.flatMap((outcome) =>
      outcome.outcome === 'accepted' && outcome.consumption.reverses !== null ? [outcome] : [],
    );
    if (reversals.length === 0) return;
    tx.write(markReversed, [
      reversals.map(({ consumption }) => consumption.reverses),
      reversals.map(({ record }) => record.eventId),
    ]);
  }
}

/** How a record ends. */
export type RecordOutcome =
  | { readonly outcome: 'accepted'; readonly record: ConsumptionRecorded; readonly consumption: CanonicalConsumption }
  | { readonly outcome: 'refused'; readonly record: ConsumptionRecorded; readonly refusal: RefusalText };

const outcomeColumns = `event_id, source, sequence, outcome, code, message, remedy, owner, kind, reverses, occurred_at,
  product_code, location_code, lot_number, serial_number, expiry_date, quantity, unit, recorded_product, recorded_location,
  recorded_quantity, recorded_unit, warnings`;

const insertOutcomes = `
INSERT INTO consumption_record (${outcomeColumns})
SELECT ${outcomeColumns} FROM jsonb_populate_recordset(NULL::consumption_record, $1)`;

const markReversed = `
UPDATE consumption_record AS original SET reversed_by = reversal.event_id
  FROM unnest($1::uuid[], $2::uuid[]) AS reversal (reverses, event_id) WHERE original.event_id = reversal.reverses`;

function outcomeRow(outcome: RecordOutcome): Record<string, unknown> {
  const { record } = outcome;
  const base = {
    event_id: record.eventId,
    source: storable(record.source),
    sequence: sequenceOf(record),
    occurred_at: storableTime(record.occurredAt),
    warnings: [],
  };
  if (outcome.outcome === 'accepted')
    return { ...base, outcome: 'accepted', ...acceptedRow(record, outcome.consumption) };
  const { code, message, remedy, owner } = outcome.refusal;
  return { ...base, outcome: 'refused', code, message: storable(message, 2_000), remedy, owner };
}

function acceptedRow(record: ConsumptionRecorded, consumption: CanonicalConsumption): Record<string, unknown> {
  const { product, location } = record;
  return {
    kind: consumption.kind,
    reverses: consumption.reverses,
    product_code: consumption.productCode,
    location_code: consumption.locationCode,
    lot_number: consumption.lotNumber,
    serial_number: consumption.serialNumber,
    expiry_date: consumption.expiryDate,
    quantity: consumption.quantity.toFixed(),
    unit: consumption.unit,
    recorded_product: {
      scheme: product.scheme,
      value: product.value.trim(),
      supplierCode: product.supplierCode?.trim() || null,
    },
    recorded_location: { scheme: location.scheme, value: location.value.trim() },
    recorded_quantity: consumption.recordedQuantity.toFixed(),
    recorded_unit: consumption.recordedUnit,
    warnings: consumption.warnings,
  };
}

function sequenceOf({ sequence }: ConsumptionRecorded): string | null {
  return sequence === null ? null : String(sequence);
}

/** A refused record may have a time beyond all dates, or one that no timestamp is written like. */
function storableTime(time: Date): Date | null {
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9_999 ? time : null;
}

/** Postgres refuses NUL in texts, half characters in JSON and long keys in an index; a refusal has to be written all the same. */
function storable(text: string, longest = 300): string {
  return text.replaceAll('\0', '\u2400').slice(0, longest).toWellFormed();
}

function settledRecord(row: RecordRow): SettledRecord {
  if (row.outcome === 'refused') return { outcome: 'refused', eventId: row.event_id, code: row.code };
  return {
    outcome: 'accepted',
    eventId: row.event_id,
    reversedBy: row.reversed_by,
    recordedProduct: row.recorded_product,
    recordedLocation: row.recorded_location,
    consumption: {
      kind: row.kind,
      reverses: row.reverses,
      productCode: row.product_code,
      locationCode: row.location_code,
      lotNumber: row.lot_number,
      serialNumber: row.serial_number,
      expiryDate: row.expiry_date,
      quantity: new Decimal(row.quantity),
      unit: row.unit,
      recordedQuantity: new Decimal(row.recorded_quantity),
      recordedUnit: row.recorded_unit,
    },
  };
}
