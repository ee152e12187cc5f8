import { Inject, Injectable } from '@nestjs/common';
import { ConsumptionRecorded } from '@wardline/event-contracts';
import {
  Handles,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type Transaction,
} from '@wardline/event-handling';
import { checkConsumption } from './check-consumption.js';
import type { TimeLimits } from './facts.js';
import { FactLoader } from './load-facts.js';
import { heldBy, waiting, type Ahead } from './receipts.js';
import { Settlement } from './settlement.js';

/** Token of the {@link TimeLimits} that records are checked by. */
export const TIME_LIMITS = Symbol('TIME_LIMITS');

/** Every record of consumption is answered: accepted in canonical form, refused for what is wrong with it, or held. */
@Handles(ConsumptionRecorded)
@Injectable()
export class CheckConsumption implements Handler<ConsumptionRecorded> {
  constructor(
    private readonly facts: FactLoader,
    private readonly settlement: Settlement,
    @Inject(TIME_LIMITS) private readonly limits: TimeLimits,
  ) {}

  async handle(envelope: Envelope<ConsumptionRecorded>, tx: Transaction): Promise<readonly BusinessEvent[]> {
    const { data: record, receivedAt } = envelope;
    const [isDone, facts] = await Promise.all([this.settlement.isDone(tx, record), this.facts.load(tx, record)]);
    if (isDone) return [];
    const decision = checkConsumption(record, facts, { receivedAt, limits: this.limits });
    if (decision.outcome === 'held') throw heldBy(envelope, decision);
    if (decision.outcome === 'refused') return this.settlement.refuse(tx, envelope, decision);
    return this.settlement.accept(tx, envelope, decision.consumption, facts.original);
  }

  onWaiting(envelope: Envelope<ConsumptionRecorded>, ahead: Ahead): readonly BusinessEvent[] {
    return [waiting(envelope, ahead)];
  }

  async onAbandoned(
    envelope: Envelope<ConsumptionRecorded>,
    tx: Transaction,
    decision: Abandonment,
  ): Promise<readonly BusinessEvent[]> {
    return this.settlement.abandon(tx, envelope, decision);
  }
}
