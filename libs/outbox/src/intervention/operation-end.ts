import type { EventId } from '@wardline/event-contracts';
import type { PgTransaction } from '../database/database.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { interventionCompleted } from './intervention-events.js';
import type { Operation } from './operation.js';
import { finishOperation } from './operation-item.store.js';
import { viewOperation } from './operation-view.store.js';

type Teller = Pick<PipelineOptions, 'consumer' | 'outbox' | 'clock'>;

/** Ends an operation with nothing left to do and tells everyone; null when there is something, or it has ended already. */
export async function finishAndTell(
  tx: PgTransaction,
  operationId: EventId,
  { consumer, outbox, clock }: Teller,
): Promise<Operation | null> {
  if (!(await finishOperation(tx, operationId, clock.now()))) return null;
  const operation = (await viewOperation(tx, operationId))!;
  await outbox.add(tx, [interventionCompleted(consumer, operation, clock.now())]);
  return operation;
}
