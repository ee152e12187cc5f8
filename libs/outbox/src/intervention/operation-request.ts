import type { OperationRequest } from './operation.js';

/** Everything that is wrong with a request in itself, in words; empty when it can be planned. */
export function faultsOf({ action, snapshot, exceptionIds, groups, reason }: OperationRequest): string[] {
  const faults: string[] = [];
  if ((snapshot === null) === (exceptionIds === null))
    faults.push('give either the snapshot of what you saw or exceptionIds, not both and not neither');
  if (exceptionIds?.length === 0) faults.push('exceptionIds: names no message');
  if (groups !== null && snapshot === null) faults.push('groups: they narrow a snapshot, and none is given');
  if (groups?.length === 0) faults.push('groups: names no group; leave it out for all of the snapshot');
  if (action === 'abandon' && (reason ?? '').trim() === '')
    faults.push('reason: whoever abandons a message says why, for everybody who asks later');
  return faults;
}
