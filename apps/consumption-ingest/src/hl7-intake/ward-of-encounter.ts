/** A movement of an encounter as patient administration told it; references only, no patient. */
export interface EncounterMovement {
  /** ADT trigger event, e.g. `A02` (HL7 table 0003). */
  readonly event: string;
  /** The ward that the message names, in the words of its sender; null when it names none. */
  readonly ward: string | null;
  /** When it happened; of a cancellation: when what it cancels happened (EVN-6). */
  readonly occurredAt: Date;
  /** When it was recorded at its sender (EVN-2). */
  readonly recordedAt: Date;
}

/** Where an encounter was at a time: at a ward, by which event and since when; or at none, and why. */
export type Whereabouts =
  | { readonly ward: string; readonly by: string; readonly since: Date }
  | { readonly ward: null; readonly because: string };

/** Which events each cancellation takes back. Source: HL7 v2.5.1 chapter 3, A11 to A13. */
const cancelled: Readonly<Record<string, readonly string[]>> = { A11: ['A01', 'A04'], A12: ['A02'], A13: ['A03'] };

/**
 * Where an encounter was at a time, by business time: movements count from when they happened, in whatever order they
 * came, and what was cancelled never happened. PV1-3 of a cancellation is where the patient is after it (chapter 3, A12
 * and A13). Information (A08) moves nobody who has left, and who is only expected (A05) is not there yet. Pure.
 */
export function whereabouts(movements: readonly EncounterMovement[], at: Date): Whereabouts {
  const ordered = [...movements].sort(inOrder);
  const gone = cancellations(ordered);
  let where: Whereabouts = { ward: null, because: 'nothing was heard of it before that time' };
  let left = false;
  for (const movement of ordered) {
    if (movement.occurredAt > at) break;
    if (gone.has(movement)) continue;
    const out = leaves[movement.event];
    if (out !== undefined && !(movement.event === 'A05' && where.ward !== null)) {
      where = { ward: null, because: `${out} (ADT^${movement.event} of ${movement.occurredAt.toISOString()})` };
      left = true;
    } else if (movement.ward !== null && movement.event !== 'A05' && !(movement.event === 'A08' && left)) {
      where = { ward: movement.ward, by: movement.event, since: movement.occurredAt };
      left = false;
    }
  }
  return where;
}

const leaves: Readonly<Record<string, string>> = {
  A03: 'it had been discharged',
  A05: 'it was only expected',
  A11: 'its admission was cancelled',
};

/** By when it happened, then when it was recorded; at one time a cancellation after what it cancels, then by name. */
function inOrder(a: EncounterMovement, b: EncounterMovement): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    a.recordedAt.getTime() - b.recordedAt.getTime() ||
    a.event.localeCompare(b.event) ||
    (a.ward ?? '').localeCompare(b.ward ?? '')
  );
}

/** Each cancellation takes back the last such event that happened and was recorded no later than it was. */
function cancellations(ordered: readonly EncounterMovement[]): ReadonlySet<EncounterMovement> {
  const gone = new Set<EncounterMovement>();
  const byRecording = ordered
    .filter(({ event }) => cancelled[event] !== undefined)
    .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || inOrder(a, b));
  for (const cancellation of byRecording) {
    const meant = ordered.findLast(
      (one) =>
        cancelled[cancellation.event]!.includes(one.event) &&
        !gone.has(one) &&
        one.occurredAt <= cancellation.occurredAt &&
        one.recordedAt <= cancellation.recordedAt,
    );
    if (meant !== undefined) gone.add(meant);
  }
  return gone;
}
