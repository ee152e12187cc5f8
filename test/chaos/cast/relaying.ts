import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaSink } from '@wardline/kafka';
import { OutboxRelay } from '@wardline/outbox';
import type { Ending, Surroundings } from './play.ts';
import { noMetrics } from './no-metrics.ts';

/** Short, so that a trial need not wait long for a successor. */
const leaseMs = 900;

/** Less than the grace of an end: without a broker what is under way cannot be published. */
const publishWithinMs = 3_000;

/** Publishes the outbox of the part's database. */
export function relay({ part, database, outbox, log, failpoints }: Surroundings): Ending {
  const sink = new KafkaSink({ brokers: part.brokers.split(','), clientId: part.name, requestTimeoutMs: 3_000, log });
  const running = new OutboxRelay({
    pool: database.pool,
    sink: failpoints.around(sink),
    log,
    metrics: noMetrics,
    batchSize: 100,
    leaseMs,
    onStep: failpoints.pass,
  });
  outbox.onCommit(() => running.wake());
  running.start();
  return async () => {
    const relayed = running.stop();
    await Promise.race([relayed, sleep(publishWithinMs)]);
    await sink.close();
    await relayed;
  };
}
