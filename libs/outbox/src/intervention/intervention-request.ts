import type { EventId, InterventionRequested } from '@wardline/event-contracts';
import { isEventId } from '@wardline/event-handling';
import { InterventionRefused, type Actor, type EditRequest, type OperationRequest } from './operation.js';

/** A decision that came as a message, in the terms of those that come over HTTP. */
export type RequestedIntervention = {
  readonly operationId: EventId;
  readonly actor: Actor;
} & (
  | { readonly kind: 'approve' | 'cancel'; readonly request: null }
  | { readonly kind: 'edit'; readonly request: EditRequest }
  | { readonly kind: 'operation'; readonly request: OperationRequest }
);

/** Reads a requested intervention; throws {@link InterventionRefused} that names everything that is wrong in itself. */
export function requestOf(data: InterventionRequested): RequestedIntervention {
  const faults = faultsOf(data);
  if (faults.length > 0) throw new InterventionRefused('WRONG', faults.join('; '));
  const actor: Actor = { by: data.by.trim(), via: 'message' };
  const { dryRun, force, reason, exceptionIds } = data;
  if (data.action === 'APPROVE' || data.action === 'CANCEL')
    return {
      kind: data.action === 'APPROVE' ? 'approve' : 'cancel',
      operationId: data.operationId!,
      actor,
      request: null,
    };
  const asked = { operationId: data.eventId, actor };
  if (data.action === 'EDIT') {
    const request = { exceptionId: exceptionIds[0]!, changes: changesOf(data)!, reason, dryRun, force };
    return { ...asked, kind: 'edit', request };
  }
  const groups = data.groups.map(({ recordType, exceptionClass, code }) => ({
    recordType,
    class: exceptionClass,
    code,
  }));
  const set = { snapshot: data.snapshot, groups: listOrNull(groups), exceptionIds: listOrNull(exceptionIds) };
  const action = data.action === 'RETRY' ? 'retry' : 'abandon';
  return { ...asked, kind: 'operation', request: { ...set, action, reason, dryRun, force } };
}

function faultsOf(data: InterventionRequested): string[] {
  const { action, by, reason, operationId, exceptionIds } = data;
  const faults: string[] = [];
  if (action === 'UNKNOWN') faults.push('action: is none that this version knows');
  if (by.trim() === '' || by.length > 200) faults.push('by: name the person who decides, in at most 200 characters');
  const strange = exceptionIds.filter((id) => !isEventId(id));
  if (strange.length > 0) faults.push(`exceptionIds: ${strange.join(', ')} is no UUID`);
  if ((action === 'APPROVE' || action === 'CANCEL') && operationId === null)
    faults.push('operationId: name the operation');
  if (action !== 'EDIT') return faults;
  if ((reason ?? '').trim() === '') faults.push('reason: whoever edits a message says why');
  if (exceptionIds.length !== 1) faults.push('exceptionIds: name the one message that is edited');
  if (changesOf(data) === null) faults.push('changes: is no JSON object');
  return faults;
}

function changesOf({ changes }: InterventionRequested): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(changes ?? 'null');
    return typeof read === 'object' && !Array.isArray(read) ? (read as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function listOrNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
