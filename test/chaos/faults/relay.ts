import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import { Missed } from '../missed.ts';
import type { Step } from '../cast/orders.ts';
import type { PlayerName } from '../stage/stage.ts';

const relays: readonly PlayerName[] = ['relay-1', 'relay-2'];

/** Longer than a relay's lease on the stage. */
const beyondLeaseMs = 1_500;

function killedAt(name: string, step: Step, standard: number, full: number): DeliveryFaultRow {
  return {
    on: 'delivery',
    name,
    injection: `SIGKILL by the leading relay itself at the step ${step}`,
    invariant:
      'the other relay takes over; no more is repeated than two batches of 100, what goes out between two cursors',
    trials: { standard, full },
    repeatsAtMost: 200,
    mixes: true,
    strike: async ({ round, random }: Scene) => {
      await round.reaches(0.2);
      await round.at(step, 'die', random.between(1, 4), relays);
    },
  };
}

/** Faults of the relay. */
export const relayFaults: readonly DeliveryFaultRow[] = [
  killedAt('relay killed with rows claimed', 'relay:claimed', 20, 50),
  killedAt('relay killed between sending and acknowledgement', 'relay:sent', 20, 50),
  killedAt('relay killed before its cursor is saved', 'relay:acknowledged', 20, 50),
  killedAt('relay killed after its cursor is saved', 'relay:saved', 20, 50),
  {
    on: 'delivery',
    name: 'relay stopped beyond its lease',
    injection: 'SIGSTOP by the leading relay itself at a random step, SIGCONT after 1.5 s with a lease of 0.9 s',
    invariant: 'its epoch is over: it writes no cursor any more',
    trials: { standard: 20, full: 100 },
    load: { transactions: 240 },
    mixes: true,
    strike: async ({ round, random }) => {
      await round.reaches(0.1);
      const step = random.one<Step>(['relay:claimed', 'relay:sent', 'relay:acknowledged']);
      const zombie = await round.at(step, 'stop', random.between(1, 3), relays);
      await sleep(beyondLeaseMs);
      zombie.resume();
    },
  },
  {
    on: 'delivery',
    name: 'lease dated an hour ahead',
    injection:
      "the database's clock goes back an hour right after a renewal (the lease is moved on by it), the leader is killed",
    invariant: 'the other relay does not wait for an hour',
    trials: { standard: 20, full: 50 },
    mixes: true,
    strike: async ({ round, stage }) => {
      await round.reaches(0.2);
      if (!relays.every((name) => stage.player(name).isRunning)) throw new Missed('nobody would be left to take over');
      const leader = await round.at('relay:claimed', 'die', 1, relays);
      await stage.origin.evidence.query(
        "UPDATE delivery.outbox_cursor SET lease_until = clock_timestamp() + interval '1 hour'",
      );
      await round.applied();
      await leader.start();
    },
  },
  {
    on: 'delivery',
    name: 'two relays made to lead',
    injection: 'the lease of the leader ends in the database while it works, several times',
    invariant: 'each epoch has one writer of the cursor',
    trials: { standard: 20, full: 50 },
    mixes: true,
    strike: async ({ round, stage, random }) => {
      for (const share of [0.2, 0.4, 0.6, 0.8]) {
        await round.reaches(share + random.next() / 10);
        await stage.origin.evidence.query("UPDATE delivery.outbox_cursor SET lease_until = '-infinity'");
      }
    },
  },
];
