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
  async isSettled(tx: Transaction, eventId: EventId): Promise<boolean> {
    return (await tx.query(`SELECT 1 FROM consumption_record WHERE event_id = $1`, [eventId])).length > 0;
  }

  /**
   * Claims a number of a source and answers which record has it: this one or an earlier one. Waits for a transaction that
   * is claiming the same number. A claim lasts only if the record is settled in this transaction: that of a record which
   * is held goes with its savepoint.
   */
  async claimSequence(tx: Transaction, { source, sequence, eventId }: ConsumptionRecorded): Promise<EventId> {
    if (sequence === null) return eventId;
    const rows = await tx.query<{ event_id: EventId }>(
      `INSERT INTO sequence_claim AS claim (source, sequence, event_id) VALUES ($1, $2, $3)
       ON CONFLICT (source, sequence) DO UPDATE SET event_id = claim.event_id RETURNING event_id`,
      [storable(source), String(sequence), eventId],
    );
    return rows[0]!.event_id;
  }

  /** The settled record of this id, locked: of two reversals at once the second waits and sees the first. */
  async lock(tx: Transaction, eventId: EventId): Promise<SettledRecord | null> {
    const rows = await tx.query<RecordRow>(`SELECT * FROM consumption_record WHERE event_id = $1 FOR UPDATE`, [
      eventId,
    ]);
    return rows[0] === undefined ? null : settledRecord(rows[0]);
  }

  /** Writes that a record was accepted, and on the record it reverses that it is undone. */
  async accept(tx: Transaction, record: ConsumptionRecorded, consumption: CanonicalConsumption): Promise<void> {
    await tx.query(insertAccepted, acceptedParameters(record, consumption));
    if (consumption.reverses === null) return;
    await tx.query(`UPDATE consumption_record SET reversed_by = $2 WHERE event_id = $1`, [
      consumption.reverses,
      record.eventId,
    ]);
  }

  /** Writes that a record was refused. */
  async refuse(tx: Transaction, record: ConsumptionRecorded, refusal: RefusalText): Promise<void> {
    await tx.query(
      `INSERT INTO consumption_record (event_id, source, sequence, outcome, code, message, remedy, owner)
       VALUES ($1, $2, $3, 'refused', $4, $5, $6, $7)`,
      [
        record.eventId,
        storable(record.source),
        sequenceOf(record),
        refusal.code,
        storable(refusal.message, 2_000),
        refusal.remedy,
        refusal.owner,
      ],
    );
  }
}

const insertAccepted = `
INSERT INTO consumption_record (event_id, source, sequence, outcome, kind, reverses, occurred_at, product_code, location_code,
  lot_number, serial_number, expiry_date, quantity, unit, recorded_product, recorded_location, recorded_quantity, recorded_unit, warnings)
VALUES ($1, $2, $3, 'accepted', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

function acceptedParameters(record: ConsumptionRecorded, consumption: CanonicalConsumption): unknown[] {
  const { product, location } = record;
  return [
    record.eventId,
    record.source,
    sequenceOf(record),
    consumption.kind,
    consumption.reverses,
    record.occurredAt,
    consumption.productCode,
    consumption.locationCode,
    consumption.lotNumber,
    consumption.serialNumber,
    consumption.expiryDate,
    consumption.quantity.toFixed(),
    consumption.unit,
    JSON.stringify({
      scheme: product.scheme,
      value: product.value.trim(),
      supplierCode: product.supplierCode?.trim() || null,
    }),
    JSON.stringify({ scheme: location.scheme, value: location.value.trim() }),
    consumption.recordedQuantity.toFixed(),
    consumption.recordedUnit,
    consumption.warnings,
  ];
}

function sequenceOf({ sequence }: ConsumptionRecorded): string | null {
  return sequence === null ? null : String(sequence);
}

/** Postgres refuses NUL in texts and long keys in an index; a record with either is refused, and that has to be written. */
function storable(text: string, longest = 300): string {
  return text.replaceAll('\0', '\u2400').slice(0, longest);
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
