import { Inject, Injectable } from '@nestjs/common';
import { ConsumptionRecorded } from '@wardline/event-contracts';
import {
  Handles,
  type Abandonment,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { checkConsumption } from './check-consumption.js';
import type { ConsumptionFacts, TimeLimits } from './facts.js';
import { independentRuns } from './independent-runs.js';
import { FactLoader } from './load-facts.js';
import { heldBy, waiting, type Ahead } from './receipts.js';
import { Settlement, type Settled } from './settlement.js';

/** Token of the {@link TimeLimits} that records are checked by. */
export const TIME_LIMITS = Symbol('TIME_LIMITS');

/** Every record of consumption is answered: accepted in canonical form, refused for what is wrong with it, or held. */
@Handles(ConsumptionRecorded)
@Injectable()
export class CheckConsumption implements BatchHandler<ConsumptionRecorded> {
  constructor(
    private readonly facts: FactLoader,
    private readonly settlement: Settlement,
    @Inject(TIME_LIMITS) private readonly limits: TimeLimits,
  ) {}

  async handleBatch(envelopes: readonly Envelope<ConsumptionRecorded>[], tx: Transaction): Promise<BusinessEvent[]> {
    const events: BusinessEvent[] = [];
    for (const run of independentRuns(envelopes, ({ data }) => data)) events.push(...(await this.#settleRun(run, tx)));
    return events;
  }

  async #settleRun(run: readonly Envelope<ConsumptionRecorded>[], tx: Transaction): Promise<BusinessEvent[]> {
    const records = run.map(({ data }) => data);
    const [done, facts] = await Promise.all([this.settlement.done(tx, records), this.facts.load(tx, records)]);
    const settled = run.flatMap((envelope, index) => {
      const isDone = done.has(envelope.data.eventId);
      return isDone ? [] : [this.#decide(envelope, facts[index]!)];
    });
    return this.settlement.settle(tx, settled);
  }

  /** Throws the `Reject` of a record that is held. */
  #decide(envelope: Envelope<ConsumptionRecorded>, facts: ConsumptionFacts): Settled {
    const { data, receivedAt } = envelope;
    const decision = checkConsumption(data, facts, { receivedAt, limits: this.limits });
    if (decision.outcome === 'held') throw heldBy(envelope, decision);
    return { envelope, decision, original: facts.original };
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
