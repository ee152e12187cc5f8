import { ConflictException, NotFoundException } from '@nestjs/common';
import { PostingSwitched, Topic } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { keepCheckpoint, keepSwitch, locationPaths, lockCheckpoint } from './checkpoint.store.js';
import { leastNoticeMs, objection, type Checkpoint, type Mode, type Switch } from './checkpoint.js';
import { agreesSince } from './checkpoint-view.store.js';
import { release, settledEvent } from './settle-withheld.js';
import { lockAlone } from './withheld.store.js';

/** A person's wish to switch; without a moment, as soon as it can be. */
export interface Wish {
  readonly by: string;
  readonly reason: string;
  readonly at?: Date | undefined;
  readonly despite?: boolean | undefined;
}

/** What people decide about who posts; each decision is one transaction with its event. */
export class CheckpointDecisions {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Begins shadow mode for a flow at a site; answers the checkpoint's id. */
  async begin(wanted: Omit<Checkpoint, 'checkpointId' | 'switches'>, wish: Wish): Promise<string> {
    const now = this.clock.now();
    const checkpoint: Checkpoint = { ...wanted, checkpointId: newEventId(now), switches: [] };
    const { site, flow } = wanted;
    await this.database.transaction(async (tx) => {
      if (!(await locationPaths(tx, [site])).has(site))
        throw new NotFoundException(
          `Odoo has no location ${site}: a site is the code of a location, such as a warehouse's`,
        );
      if (!(await keepCheckpoint(tx, checkpoint)))
        throw new ConflictException(`${flow} at ${site} has a checkpoint; see GET /checkpoints and switch that one`);
      await this.#switch(tx, checkpoint, 'SHADOW', wish, now);
    });
    return checkpoint.checkpointId;
  }

  /** Hands a flow over to Wardline, or back to the old interface. */
  async switch(id: string, mode: Mode, wish: Wish): Promise<void> {
    await this.database.transaction(async (tx) => {
      const checkpoint = await lockCheckpoint(tx, id);
      if (checkpoint === null) throw new NotFoundException(`there is no checkpoint ${id}`);
      await this.#switch(tx, checkpoint, mode, wish, this.clock.now());
    });
  }

  /** Has Wardline post a movement that only it has. */
  async post(eventId: string, { by, reason }: Wish): Promise<void> {
    await this.database.transaction(async (tx) => {
      const movement = await lockAlone(tx, eventId);
      if (movement === null)
        throw new ConflictException(`${eventId} is no movement that only Wardline has; see GET /postings/${eventId}`);
      const now = this.clock.now();
      await release(tx, [movement], `${by}: ${reason}`, now);
      await this.outbox.add(tx, [settledEvent(movement, 'POSTED_HERE', `${by} had it posted: ${reason}`, now)]);
    });
  }

  async #switch(tx: Transaction, checkpoint: Checkpoint, mode: Mode, wish: Wish, now: Date): Promise<void> {
    const { by, reason, despite = false, at = new Date(now.getTime() + leastNoticeMs) } = wish;
    const since = mode === 'LIVE' ? await agreesSince(tx, checkpoint.checkpointId) : null;
    const no = objection(checkpoint, { at, mode }, { now, agreesSince: since, despite });
    if (no !== null) throw new ConflictException(no);
    const made: Switch = { at, mode, by, reason };
    await keepSwitch(tx, checkpoint.checkpointId, made, { despite, decidedAt: now });
    await this.outbox.add(tx, [switchedEvent(checkpoint, made, now)]);
  }
}

function switchedEvent(checkpoint: Checkpoint, { at, mode, reason }: Switch, now: Date): BusinessEvent {
  const { checkpointId, flow, site, oldUserIds, toleranceMs } = checkpoint;
  return businessEvent(Topic.ErpChange, checkpointId, PostingSwitched, {
    ...{ occurredAt: now, checkpointId, flow, site, mode, reason, from: at },
    oldUserIds: oldUserIds.map(BigInt),
    toleranceMs: BigInt(toleranceMs),
  });
}
