import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryFaultRow } from '../fault.ts';

/** Faults of one broker among three; a record is acknowledged when two have it. */
export const clusterFaults: readonly DeliveryFaultRow[] = [
  {
    ...{ on: 'delivery', brokers: 3, name: 'one of three brokers killed', mixes: false, invariant: '' },
    injection:
      'SIGKILL of one node after the other, each started again before the next; its partitions get other leaders',
    trials: { standard: 20, full: 50 },
    load: { transactions: 400, pauseMs: 30 },
    strike: async ({ stage, round, random }) => {
      for (const broker of random.some(stage.brokers, 2)) {
        await round.reaches(0.2);
        await broker.server.kill();
        await sleep(random.between(500, 5_000));
        await broker.server.restart();
      }
    },
  },
  {
    ...{ on: 'delivery', brokers: 3, name: 'one of three brokers stopped', mixes: false, invariant: '' },
    injection: 'SIGSTOP of one node for 7 s: longer than its session, so that it comes back believing that it leads',
    trials: { standard: 20, full: 50 },
    load: { transactions: 400, pauseMs: 30 },
    strike: async ({ stage, round, random }) => {
      await round.reaches(0.2);
      const { server } = random.one(stage.brokers);
      process.kill(server.pid, 'SIGSTOP');
      await sleep(7_000);
      process.kill(server.pid, 'SIGCONT');
    },
  },
];
