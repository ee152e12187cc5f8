import {
  InterventionCompleted,
  InterventionPlanned,
  Topic,
  type EventId,
  type InterventionAction,
  type InterventionOutcome,
} from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { Operation, OperationAction } from './operation.js';

const actions: Readonly<Record<OperationAction, InterventionAction>> = {
  retry: 'RETRY',
  abandon: 'ABANDON',
  edit: 'EDIT',
};

/** Tells everyone that an operation was planned (topic `operations.intervention`). */
export function interventionPlanned(consumer: string, operation: Operation, now: Date): BusinessEvent {
  const { operationId, action, dryRun, by, reason, state, counts } = operation;
  const event = businessEvent(Topic.OperationsIntervention, operationId, InterventionPlanned, {
    ...{ operationId, occurredAt: now, consumer, action: actions[action], dryRun, by, reason },
    messages: counts.planned + counts.done + counts.failed + counts.skipped,
    awaitsApproval: state === 'awaiting-approval',
  });
  return followingRequest(event, operation);
}

/** Tells everyone what became of an operation that has ended. */
export function interventionCompleted(consumer: string, operation: Operation, now: Date): BusinessEvent {
  const { operationId, action, dryRun, by, approvedBy, state, counts } = operation;
  const outcome: InterventionOutcome = state === 'cancelled' ? 'CANCELLED' : 'FINISHED';
  const { done, failed, skipped } = counts;
  const event = businessEvent(Topic.OperationsIntervention, operationId, InterventionCompleted, {
    ...{ operationId, occurredAt: now, consumer, action: actions[action], outcome, dryRun, by, approvedBy },
    ...{ message: null, done, failed, skipped },
  });
  return followingRequest(event, operation);
}

/** A decision that could not be taken, with what is wrong in words. */
export interface RefusedRequest {
  readonly operationId: EventId;
  readonly action: InterventionAction;
  readonly dryRun: boolean;
  readonly by: string;
  readonly message: string;
}

/** Tells who asked by a message that nothing was done. */
export function interventionRefused(consumer: string, refused: RefusedRequest, now: Date): BusinessEvent {
  return businessEvent(Topic.OperationsIntervention, refused.operationId, InterventionCompleted, {
    ...{ ...refused, occurredAt: now, consumer, outcome: 'REFUSED' as const },
    ...{ approvedBy: null, done: 0, failed: 0, skipped: 0 },
  });
}

/** An operation that was asked for by a message has the id of that message. */
function followingRequest(event: BusinessEvent, { operationId, via }: Operation): BusinessEvent {
  return via === 'http' ? event : { ...event, cause: { eventId: operationId, correlationId: operationId } };
}
