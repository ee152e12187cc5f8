import type { CommittedEvent, History, PublishedEvent, Tenure } from './history.ts';

/** What can be wrong with a history. Those of `lateKinds` may only be late: they heal when it is looked at again. */
export type ViolationKind =
  | 'lost'
  | 'phantom'
  | 'out of order'
  | 'effect missing'
  | 'effect doubled'
  | 'effect of nothing'
  | 'effect out of order'
  | 'follow-up missing'
  | 'follow-up doubled'
  | 'follow-up of nothing'
  | 'follow-up out of order'
  | 'written by two'
  | 'too many repeats'
  | 'stalled'
  /** All of it came in the end, but not within its minute: too slow, and nothing lost. */
  | 'late'
  | 'unclean end'
  | 'broken off'
  | 'posting missing'
  | 'posted twice'
  | 'posting of nothing'
  | 'posting out of order'
  | 'books differ';

/** One broken promise, with the event or right it concerns. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

/** What is not there yet. */
export const lateKinds: ReadonlySet<ViolationKind> = new Set(['lost', 'effect missing', 'follow-up missing']);

/**
 * Holds a history to the promises (DESIGN part 5): nothing committed is missing, nothing rolled back appears, first
 * occurrences are in commit order of their key, every event has one effect, in order, and one further event; no right was
 * used by two. Pure.
 */
export function check(history: History): Violation[] {
  const committed = new Map(history.committed.map((event) => [event.eventId, event]));
  const known = (eventId: string): boolean => committed.has(eventId) || history.forgotten.has(eventId);
  return [
    ...publication(history, committed, known),
    ...effects(history, committed, known),
    ...followUps(history, committed, known),
    ...history.tenures.flatMap(writtenByTwo),
  ];
}

/** Messages beyond the first of each event. */
export function repeatsIn(published: readonly PublishedEvent[]): number {
  return published.length - new Set(published.map(({ eventId }) => eventId)).size;
}

type Known = (eventId: string) => boolean;

function publication(history: History, committed: ReadonlyMap<string, CommittedEvent>, known: Known): Violation[] {
  const ids = firstOccurrences(history.published.map(({ eventId }) => eventId));
  const there = new Set(ids);
  return [
    ...all('lost', [...committed.keys()], (id) => !there.has(id)),
    ...all('phantom', ids, (id) => !known(id)),
    ...disorder('out of order', ids, committed),
  ];
}

function effects(history: History, committed: ReadonlyMap<string, CommittedEvent>, known: Known): Violation[] {
  const ids = history.effects.map(({ eventId }) => eventId);
  const first = firstOccurrences(ids);
  const there = new Set(first);
  return [
    ...all('effect missing', [...committed.keys()], (id) => !there.has(id)),
    ...repeated(ids).map((what) => ({ kind: 'effect doubled' as const, what })),
    ...all('effect of nothing', first, (id) => !known(id)),
    ...disorder('effect out of order', first, committed),
  ];
}

function followUps(history: History, committed: ReadonlyMap<string, CommittedEvent>, known: Known): Violation[] {
  const distinct = new Map(history.followUps.map(({ eventId, causeId }) => [eventId, causeId ?? 'nothing']));
  const causes = [...distinct.values()];
  const there = new Set(causes);
  return [
    ...all('follow-up missing', [...committed.keys()], (id) => !there.has(id)),
    ...repeated(causes).map((what) => ({ kind: 'follow-up doubled' as const, what })),
    ...all('follow-up of nothing', firstOccurrences(causes), (id) => !known(id)),
    ...disorder('follow-up out of order', firstOccurrences(causes), committed),
  ];
}

function all(kind: ViolationKind, ids: readonly string[], isWrong: (id: string) => boolean): Violation[] {
  return ids.filter(isWrong).map((what) => ({ kind, what }));
}

function firstOccurrences(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return firstOccurrences(ids.filter((id) => seen.size === seen.add(id).size));
}

/** Committed events that come after a later one of their key. */
function disorder(
  kind: ViolationKind,
  ids: readonly string[],
  committed: ReadonlyMap<string, CommittedEvent>,
): Violation[] {
  const furthest = new Map<string, number>();
  return ids.flatMap((id) => {
    const event = committed.get(id);
    if (event === undefined) return [];
    const before = furthest.get(event.key) ?? 0;
    furthest.set(event.key, Math.max(before, event.place));
    return event.place < before ? [{ kind, what: `${id} (${event.key}, ${event.place} after ${before})` }] : [];
  });
}

function writtenByTwo({ of, number, writers }: Tenure): Violation[] {
  return writers.length > 1 ? [{ kind: 'written by two', what: `${of}, ${number}: ${writers.join(', ')}` }] : [];
}
