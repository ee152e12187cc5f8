import type { ParkedMessage } from '../parking/parked.store.js';
import type { ItemEnd, PlannedItem, RunningOperation } from './operation-item.store.js';

/** What stands around a message when its turn has come. */
export interface Surroundings {
  /** Exception id of the unsettled message that stands first before it in its key; null when it is the first. */
  readonly aheadExceptionId: string | null;
  /** How often people had it tried again when it had failed as it has now. */
  readonly triesByPeople: number;
  /** From how many on it is said to come back again and again. */
  readonly loopLimit: number;
}

/**
 * Why a planned item is not acted on, decided when its turn has come; null when nothing speaks against it. What went
 * through meanwhile, as a follower of an earlier one or because its data arrived, is done.
 */
export function objectionTo(
  operation: Pick<RunningOperation, 'action' | 'force'>,
  item: Pick<PlannedItem, 'seenXid'>,
  parked: ParkedMessage,
  around: Surroundings,
): ItemEnd | null {
  const { state, code } = parked;
  if (state === 'done' && operation.action === 'retry') return { outcome: 'done' };
  if (state === 'done' || state === 'abandoned' || state === 'superseded')
    return skipped('ALREADY_SETTLED', `It is ${state} already: nothing is left to decide.`);
  if (parked.changedXid !== item.seenXid)
    return skipped(
      'CHANGED_SINCE',
      `It has changed since it was seen${code === null ? '' : `, to ${code}`}: look again.`,
    );
  if (operation.action === 'abandon') return null;
  if (around.aheadExceptionId !== null)
    return skipped(
      'WAITS_BEHIND',
      `It waits behind ${around.aheadExceptionId}, an earlier message of its key: settle that one first.`,
    );
  if (around.triesByPeople >= around.loopLimit && !operation.force)
    return skipped('LOOPS', loops(around.triesByPeople, code));
  return null;
}

function loops(tries: number, code: string | null): string {
  return `People had it tried ${tries} times and it came back with ${code ?? 'the same reason'} each time: mend the cause, or force it.`;
}

function skipped(code: string, message: string): ItemEnd {
  return { outcome: 'skipped', reason: { code, message } };
}
