import { Inject, Injectable } from '@nestjs/common';
import { ConsumptionRecorded } from '@wardline/event-contracts';
import {
  Handles,
  Reject,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type Transaction,
} from '@wardline/event-handling';
import { effectOnPiece, type AcceptedRecord, type CanonicalConsumption } from '../consumption-record.js';
import { ConsumptionRecordStore } from '../consumption-record.store.js';
import { LotStore } from '../lot.store.js';
import { checkConsumption } from './check-consumption.js';
import type { TimeLimits } from './facts.js';
import { refusalAdvice, waitsBehind } from './finding.js';
import { FactLoader } from './load-facts.js';
import { accepted, held, refused } from './receipts.js';

/** Token of the {@link TimeLimits} that records are checked by. */
export const TIME_LIMITS = Symbol('TIME_LIMITS');

/** Every record of consumption is answered: accepted in canonical form, refused for what is wrong with it, or held. */
@Handles(ConsumptionRecorded)
@Injectable()
export class CheckConsumption implements Handler<ConsumptionRecorded> {
  constructor(
    private readonly facts: FactLoader,
    private readonly records: ConsumptionRecordStore,
    private readonly lots: LotStore,
    @Inject(TIME_LIMITS) private readonly limits: TimeLimits,
  ) {}

  async handle(envelope: Envelope<ConsumptionRecorded>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    const { data: record, receivedAt } = envelope;
    if (await this.records.isSettled(tx, record.eventId)) return [];
    const facts = await this.facts.load(tx, record);
    const decision = checkConsumption(record, facts, { receivedAt, limits: this.limits });
    if (decision.outcome === 'held') {
      const { code, message, owner, awaits } = decision;
      throw new Reject(code, message, { class: 'DATA', owner, awaits, publish: [held(envelope, decision)] });
    }
    if (decision.outcome === 'refused') {
      await this.records.refuse(tx, record, decision);
      return [refused(envelope, decision)];
    }
    await this.records.accept(tx, record, decision.consumption);
    await this.#movePiece(tx, decision.consumption, facts.original as AcceptedRecord | null, receivedAt);
    return accepted(envelope, decision.consumption);
  }

  onWaiting(
    envelope: Envelope<ConsumptionRecorded>,
    ahead: Pick<Reject, 'code' | 'message' | 'owner'>,
  ): readonly BusinessEvent[] {
    const message = `An earlier record of the same location and product waits (${ahead.code}): ${ahead.message}`;
    const remedy = `Nothing to do for this record: it follows by itself once ${ahead.owner} has settled the earlier one.`;
    return [held(envelope, { code: waitsBehind, message, remedy, owner: ahead.owner })];
  }

  async onAbandoned(
    envelope: Envelope<ConsumptionRecorded>,
    tx: Transaction,
    { by, reason }: Abandonment,
  ): Promise<readonly BusinessEvent[]> {
    const record = envelope.data;
    if (await this.records.isSettled(tx, record.eventId)) return [];
    await this.records.claimSequence(tx, record);
    const refusal = { code: 'ABANDONED', message: `${by} gave the record up: ${reason}`, ...refusalAdvice.ABANDONED };
    await this.records.refuse(tx, record, refusal);
    return [refused(envelope, refusal)];
  }

  /** The serial's place follows the record at once: Odoo will say so only after it has booked it. */
  async #movePiece(
    tx: Transaction,
    consumption: CanonicalConsumption,
    original: AcceptedRecord | null,
    at: Date,
  ): Promise<void> {
    const { kind, productCode, serialNumber, locationCode } = consumption;
    if (serialNumber === null) return;
    const effect = effectOnPiece(kind, original?.consumption.kind ?? null);
    await this.lots.movePiece(tx, {
      productCode,
      serialNumber,
      locationCode: effect === 'TAKES' ? null : locationCode,
      at,
    });
  }
}
