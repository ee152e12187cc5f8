import { Injectable } from '@nestjs/common';
import type { ConsumptionRecorded, EventId } from '@wardline/event-contracts';
import {
  causedBy,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { effectOnPiece, type SettledRecord } from '../consumption-record.js';
import { ConsumptionRecordStore, type RecordOutcome } from '../consumption-record.store.js';
import { LotStore, type PieceMove } from '../lot.store.js';
import type { Acceptance } from './check-consumption.js';
import { refuse, type Refusal } from './finding.js';
import { accepted, refused } from './receipts.js';

/** A record that ends, with the decision about it and the earlier record that it reverses, if any. */
export interface Settled {
  readonly envelope: Envelope<ConsumptionRecorded>;
  readonly decision: Acceptance | Refusal;
  readonly original: SettledRecord | null;
}

/** Ends records: writes what became of them and answers to each its one terminal receipt. */
@Injectable()
export class Settlement {
  constructor(
    private readonly records: ConsumptionRecordStore,
    private readonly lots: LotStore,
  ) {}

  /** Of these records those that have their terminal receipt already: repeats that the inbox no longer remembers. */
  done(tx: Transaction, records: readonly ConsumptionRecorded[]): Promise<Set<EventId>> {
    return this.records.settled(tx, records);
  }

  /**
   * Writes the ends of records and answers their receipts. A serial's place follows its record at once: Odoo will say so
   * only after it has booked it.
   */
  settle(tx: Transaction, settled: readonly Settled[]): BusinessEvent[] {
    this.records.settle(tx, settled.map(outcomeOf));
    this.lots.movePieces(tx, settled.flatMap(pieceMove));
    return settled.flatMap(receiptsOf);
  }

  /** Refuses a held record because a person gave it up; its number of the source stays taken. */
  async abandon(
    tx: Transaction,
    envelope: Envelope<ConsumptionRecorded>,
    { by, reason }: Abandonment,
  ): Promise<BusinessEvent[]> {
    if ((await this.done(tx, [envelope.data])).size > 0) return [];
    await this.records.claimSequences(tx, [envelope.data]);
    const decision = refuse('ABANDONED', `${by} gave the record up: ${reason}`);
    return this.settle(tx, [{ envelope, decision, original: null }]);
  }
}

function outcomeOf({ envelope: { data: record }, decision }: Settled): RecordOutcome {
  return decision.outcome === 'accepted'
    ? { outcome: 'accepted', record, consumption: decision.consumption }
    : { outcome: 'refused', record, refusal: decision };
}

function pieceMove({ envelope, decision, original }: Settled): PieceMove[] {
  if (decision.outcome !== 'accepted' || decision.consumption.serialNumber === null) return [];
  const { kind, productCode, serialNumber, locationCode } = decision.consumption;
  const effect = effectOnPiece(kind, original?.outcome === 'accepted' ? original.consumption.kind : null);
  return [
    { productCode, serialNumber, locationCode: effect === 'TAKES' ? null : locationCode, at: envelope.receivedAt },
  ];
}

function receiptsOf({ envelope, decision }: Settled): BusinessEvent[] {
  const receipts =
    decision.outcome === 'accepted' ? accepted(envelope, decision.consumption) : [refused(envelope, decision)];
  return causedBy(envelope, receipts);
}
