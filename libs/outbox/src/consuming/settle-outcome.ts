import type { PgTransaction } from '../database/database.js';
import { insertParked } from '../parking/parked.store.js';
import type { BatchOutcome } from './batch-run.js';
import { exceptionIdOf, exceptionRaised } from './exception-events.js';
import type { PipelineOptions } from './pipeline.js';

/** Parks what failed and adds every event of a batch, in the transaction of its handlers. */
export async function settleOutcome(
  tx: PgTransaction,
  { consumer, outbox }: Pick<PipelineOptions, 'consumer' | 'outbox'>,
  outcome: BatchOutcome,
  now: Date,
): Promise<void> {
  const rows = outcome.parked.map(({ message, failure }) => ({
    message,
    failure,
    exceptionId: exceptionIdOf(consumer, message, now),
    receivedAt: now,
    now,
  }));
  await insertParked(tx, rows);
  const raised = rows.flatMap(({ message, failure, exceptionId }) =>
    failure?.raises ? [exceptionRaised(consumer, exceptionId, message, failure, 1, now)] : [],
  );
  await outbox.add(tx, [...outcome.events, ...raised]);
}

/** Counts and logs what a batch came to, once it is committed. */
export function reportOutcome(
  { metrics, log, onParked }: Pick<PipelineOptions, 'metrics' | 'log' | 'onParked'>,
  outcome: BatchOutcome,
): void {
  for (const { recordType, count, seconds } of outcome.handled) metrics.handled(recordType, count, seconds);
  metrics.skipped(outcome.skipped);
  for (const { message, failure } of outcome.parked) {
    const { eventId, correlationId, record } = message;
    const fields = {
      eventId,
      correlationId,
      topic: record.topic,
      partition: record.partition,
      offset: String(record.offset),
    };
    if (failure === null) log.info('waits behind an earlier message of its key', fields);
    else {
      metrics.parked(failure.class, failure.code);
      log.warn(`${failure.state}: ${failure.code}: ${failure.message}`, {
        ...fields,
        class: failure.class,
        owner: failure.owner,
      });
    }
  }
  if (outcome.parked.length > 0) onParked?.();
}
