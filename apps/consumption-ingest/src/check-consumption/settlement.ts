import { Injectable } from '@nestjs/common';
import type { ConsumptionRecorded } from '@wardline/event-contracts';
import type { Abandonment, BusinessEvent, Envelope, Transaction } from '@wardline/event-handling';
import { effectOnPiece, type CanonicalConsumption, type SettledRecord } from '../consumption-record.js';
import { ConsumptionRecordStore, type RefusalText } from '../consumption-record.store.js';
import { LotStore } from '../lot.store.js';
import { refuse } from './finding.js';
import { accepted, refused } from './receipts.js';

type RecordEnvelope = Envelope<ConsumptionRecorded>;

/** Ends a record: writes what became of it and answers its one terminal receipt. */
@Injectable()
export class Settlement {
  constructor(
    private readonly records: ConsumptionRecordStore,
    private readonly lots: LotStore,
  ) {}

  /** Whether the record has its terminal receipt already: a repeat that the inbox no longer remembers. */
  isDone(tx: Transaction, { eventId }: ConsumptionRecorded): Promise<boolean> {
    return this.records.isSettled(tx, eventId);
  }

  /** Accepts the record; `original` is the one that it reverses, if any. */
  async accept(
    tx: Transaction,
    envelope: RecordEnvelope,
    consumption: CanonicalConsumption,
    original: SettledRecord | null,
  ): Promise<BusinessEvent[]> {
    await this.records.accept(tx, envelope.data, consumption);
    await this.#movePiece(tx, consumption, original, envelope.receivedAt);
    return accepted(envelope, consumption);
  }

  /** Refuses the record. */
  async refuse(tx: Transaction, envelope: RecordEnvelope, refusal: RefusalText): Promise<BusinessEvent[]> {
    await this.records.refuse(tx, envelope.data, refusal);
    return [refused(envelope, refusal)];
  }

  /** Refuses a held record because a person gave it up; its number of the source stays taken. */
  async abandon(tx: Transaction, envelope: RecordEnvelope, { by, reason }: Abandonment): Promise<BusinessEvent[]> {
    if (await this.isDone(tx, envelope.data)) return [];
    await this.records.claimSequence(tx, envelope.data);
    return this.refuse(tx, envelope, refuse('ABANDONED', `${by} gave the record up: ${reason}`));
  }

  /** The serial's place follows the record at once: Odoo will say so only after it has booked it. */
  async #movePiece(
    tx: Transaction,
    { kind, productCode, serialNumber, locationCode }: CanonicalConsumption,
    original: SettledRecord | null,
    at: Date,
  ): Promise<void> {
    if (serialNumber === null) return;
    const effect = effectOnPiece(kind, original?.outcome === 'accepted' ? original.consumption.kind : null);
    const place = effect === 'TAKES' ? null : locationCode;
    await this.lots.movePiece(tx, { productCode, serialNumber, locationCode: place, at });
  }
}
