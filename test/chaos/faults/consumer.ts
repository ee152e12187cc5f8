import { setTimeout as sleep } from 'node:timers/promises';
import type { Violation } from '../checker.ts';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import type { Step } from '../cast/orders.ts';
import type { PlayerName } from '../stage/stage.ts';

const consumers: readonly PlayerName[] = ['consumer-1', 'consumer-2'];
const rolling: readonly PlayerName[] = ['relay-1', 'relay-2', 'consumer-1', 'consumer-2'];

/** Longer than a consumer's session on the stage. */
const beyondSessionMs = 3_500;

function killedAt(name: string, step: Step): DeliveryFaultRow {
  return {
    on: 'delivery',
    name,
    injection: `SIGKILL by a consumer itself at the step ${step}`,
    invariant: 'the other consumer takes its partitions over',
    trials: { standard: 30, full: 200 },
    mixes: true,
    strike: async ({ round, random }: Scene) => {
      await round.reaches(0.2);
      await round.at(step, 'die', random.between(1, 8), consumers);
    },
  };
}

function stoppedAt(name: string, step: Step, invariant: string): DeliveryFaultRow {
  return {
    on: 'delivery',
    name,
    injection: `SIGSTOP by a consumer itself at the step ${step}, SIGCONT after 3.5 s with a session of 2 s`,
    invariant,
    trials: { standard: 20, full: 100 },
    load: { transactions: 500 },
    mixes: true,
    strike: async ({ round, random }) => {
      await round.reaches(0.1);
      const zombie = await round.at(step, 'stop', random.between(1, 4), consumers);
      await sleep(beyondSessionMs);
      zombie.resume();
    },
  };
}

/** Faults of consumers and writers. */
export const consumerFaults: readonly DeliveryFaultRow[] = [
  killedAt('consumer killed before its commit', 'consumer:handled'),
  killedAt('consumer killed after its commit', 'consumer:committed'),
  stoppedAt('consumer stopped beyond its session', 'consumer:committed', 'each claim of a partition has one writer'),
  stoppedAt(
    'consumer stopped with its transaction open',
    'consumer:handled',
    'each claim of a partition has one writer',
  ),
  {
    on: 'delivery',
    name: 'storm of rebalances',
    injection: 'one consumer after the other is killed or ended and started again, six times in a row',
    invariant: '',
    trials: { standard: 20, full: 50 },
    load: { transactions: 400 },
    mixes: false,
    strike: async ({ round, stage, random }) => {
      for (let turn = 0; turn < 6; turn += 1) {
        await round.reaches(turn / 10);
        const player = stage.player(random.one(consumers));
        await (random.chance(0.5) ? player.kill() : player.stop());
        await player.start();
      }
    },
  },
  {
    on: 'delivery',
    name: 'event loop blocked',
    injection: 'a consumer and the relays compute for 3 s without a break: longer than session and lease',
    invariant: '',
    trials: { standard: 20, full: 20 },
    mixes: true,
    strike: async ({ round, stage, random }) => {
      await round.reaches(0.2);
      for (const name of [random.one(consumers), 'relay-1', 'relay-2'] as const)
        stage.player(name).send({ do: 'block', ms: 3_000 });
      await sleep(3_000);
    },
  },
  {
    on: 'delivery',
    name: 'ended under load',
    injection: 'SIGTERM to every relay and consumer in turn, each started again',
    invariant: 'each ends by itself within 12 s with exit code 0',
    trials: { standard: 20, full: 50 },
    load: { transactions: 400 },
    mixes: true,
    strike: async ({ round, stage }) => {
      const found: Violation[] = [];
      for (const [turn, name] of rolling.entries()) {
        await round.reaches(0.1 + turn / 10);
        const player = stage.player(name);
        // In a schedule an earlier fault may have killed it: there is nothing to end, and how it died is no end of this row's.
        const how = player.isRunning ? await player.stop() : 'exit code 0';
        if (how !== 'exit code 0') found.push({ kind: 'unclean end', what: `${name}: ${how}` });
        await player.start();
      }
      return found;
    },
  },
  {
    ...{ on: 'delivery', name: 'little memory and a backlog', mixes: false },
    injection:
      'nobody relays while the load is written; then one relay and one consumer with 40 MB of heap clear it alone',
    invariant: 'neither runs out of memory',
    trials: { standard: 20, full: 20 },
    load: { transactions: 1_200, pauseMs: 0 },
    strike: async ({ round, stage }) => {
      await Promise.all(rolling.map((name) => stage.player(name).kill()));
      await round.reaches(1);
      const alone = [stage.player('relay-1'), stage.player('consumer-1')];
      for (const player of alone) await player.start({ heapMegabytes: 40 });
      await round.applied();
      const found = alone.filter((player) => !player.isRunning);
      await Promise.all(alone.map((player) => player.kill()));
      return found.map(({ part }) => ({ kind: 'unclean end', what: `${part.name} ran out of memory` }));
    },
  },
  {
    on: 'delivery',
    name: 'writer killed',
    injection: 'SIGKILL of the business process at a random moment, three times',
    invariant: '',
    trials: { standard: 30, full: 200 },
    mixes: true,
    strike: async ({ round, stage, random }) => {
      for (const share of [0.1, 0.4, 0.7]) {
        await round.reaches(share + random.next() / 5);
        await stage.player('writer').kill();
      }
    },
  },
  {
    on: 'delivery',
    name: 'clock a day off',
    injection: 'a consumer whose clock is 24 h ahead or behind does its part of the load',
    invariant: '',
    trials: { standard: 20, full: 30 },
    mixes: false,
    strike: async ({ round, stage, random }) => {
      const player = stage.player(random.one(consumers));
      await player.kill();
      await player.start({ part: { clockOffMs: random.one([-1, 1]) * 86_400_000 } });
      await round.applied();
      await player.stop();
    },
  },
];
