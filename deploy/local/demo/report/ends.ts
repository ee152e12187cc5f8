import type { Answer } from '../edges/answer.ts';
import type { DayRecord, End } from '../generator/record.ts';
import type { Evidence, Receipt } from './evidence.ts';

/** How a record ended, with the words that were said to its sender. */
export interface ActualEnd {
  readonly end: End['end'] | 'unexplained';
  readonly by: 'edge' | 'receipt' | null;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
  readonly warnings: readonly string[];
  /** Whether it was held for a while first. */
  readonly waited: boolean;
  /** EventIds of the movements that it led to. */
  readonly movements: readonly string[];
}

/** A record beside what became of it; `objections` is empty when that is what had to become of it. */
export interface EndedRecord {
  readonly record: DayRecord;
  readonly actual: ActualEnd;
  readonly objections: readonly string[];
}

/** What is known of a day. */
export interface Known {
  /** What the edges said. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly evidence: Evidence;
  /** Keys of messages that are parked because they are no record. */
  readonly parked: ReadonlySet<string>;
  /** Whether the day was sent before, as far as it came then. */
  readonly isAgain: boolean;
}

const nothing = { by: null, code: '', message: '', remedy: '', owner: '', warnings: [], waited: false, movements: [] };

/** What became of every record, and where that is not what had to become of it. Pure. */
export function endsOf(records: readonly DayRecord[], known: Known): EndedRecord[] {
  const { answers, evidence, parked } = known;
  const events = new Map<string, string>();
  return records.map((record) => {
    const answer = asFirst(answers.get(record.id), known);
    const eventId = eventOf(record, answer, evidence, events);
    if (eventId !== undefined) events.set(record.id, eventId);
    const actual = endOf(record, answer, eventId === undefined ? null : seenOf(eventId, evidence), parked);
    return { record, actual, objections: objectionsTo(record, actual, evidence) };
  });
}

/** To a day that is sent again, an edge says of a record that it knows it: what became of it then counts. */
function asFirst(answer: Answer | undefined, { isAgain }: Known): Answer | undefined {
  return isAgain && answer?.outcome === 'repeated' ? { ...answer, outcome: 'taken' } : answer;
}

/** The event that a record became: as the edge answered, else as the topic shows it. */
function eventOf(
  record: DayRecord,
  answer: Answer | undefined,
  evidence: Evidence,
  events: ReadonlyMap<string, string>,
): string | undefined {
  if (answer === undefined || answer.outcome === 'refused' || answer.outcome === 'noted') return undefined;
  if (answer.eventId !== null) return answer.eventId;
  const own = evidence.recordOf(record.sender, record.at, record.what);
  if (own !== undefined || record.reverses === null) return own;
  const original = events.get(record.reverses.id);
  return original === undefined ? undefined : evidence.reversalOf(original);
}

interface Seen {
  readonly receipts: readonly Receipt[];
  readonly movements: readonly string[];
}

function seenOf(eventId: string, evidence: Evidence): Seen {
  return {
    receipts: evidence.receiptsOf(eventId),
    movements: evidence.movementsOf(eventId).map((movement) => movement.eventId),
  };
}

function endOf(
  record: DayRecord,
  answer: Answer | undefined,
  seen: Seen | null,
  parked: ReadonlySet<string>,
): ActualEnd {
  if (answer === undefined) return { ...nothing, end: 'unexplained', message: 'it was not sent, or not answered' };
  if (answer.outcome === 'refused') return { ...nothing, ...answer, end: 'refused', by: 'edge' };
  if (answer.outcome === 'noted') return { ...nothing, end: 'noted' };
  if (answer.outcome === 'repeated' || record.repeats !== null) return { ...nothing, end: 'repeated' };
  if (parked.has(`unreadable/${record.id}`)) return { ...nothing, end: 'unreadable', owner: 'source-system' };
  if (seen === null || seen.receipts.length === 0)
    return { ...nothing, end: 'unexplained', message: 'it was taken, and no receipt of it is on the topics' };
  return byReceipts(seen);
}

function byReceipts({ receipts, movements }: Seen): ActualEnd {
  const terminal = receipts.filter(({ outcome }) => outcome !== 'held');
  const waited = receipts.length > terminal.length;
  if (terminal.length > 1)
    return { ...nothing, end: 'unexplained', message: `it has ${terminal.length} terminal receipts`, movements };
  const last = terminal[0] ?? receipts.at(-1)!;
  const { code, message, remedy, owner, warnings } = last;
  const end = { held: 'waiting', accepted: 'accepted', refused: 'refused' } as const;
  return { end: end[last.outcome], by: 'receipt', code, message, remedy, owner, warnings, waited, movements };
}

function objectionsTo(record: DayRecord, actual: ActualEnd, evidence: Evidence): string[] {
  const { expect, sender, at, what, repeats } = record;
  const objections: string[] = [];
  if (evidence.isDoubled(sender, at, what)) objections.push('it became two events');
  const leadsToNothing = actual.by === 'edge' || actual.end === 'noted';
  if (leadsToNothing && repeats === null && evidence.recordOf(sender, at, what) !== undefined)
    objections.push('its edge took nothing of it, and yet it is on a topic');
  if (actual.end === 'unexplained') objections.push(actual.message);
  else if (wordsOf(expect) !== wordsOf(actual as End))
    objections.push(`expected ${wordsOf(expect)}, is ${wordsOf(actual as End)}`);
  if (actual.end === 'refused' && [actual.code, actual.message, actual.remedy, actual.owner].includes(''))
    objections.push('it is refused without code, message, remedy or owner');
  if (actual.end === 'waiting' && actual.owner === '') objections.push('it waits for nobody');
  const due = expect.end === 'accepted' ? (expect.movements ?? 1) : 0;
  if (actual.end === expect.end && actual.movements.length !== due)
    objections.push(`expected ${due} movements, has ${actual.movements.length}`);
  for (const movement of actual.movements) {
    const posting = evidence.postingOf(movement);
    if (posting?.posted !== true)
      objections.push(`its movement ${movement} is not posted: ${posting?.words ?? 'under way'}`);
  }
  return objections;
}

/** An end in a few words. */
export function wordsOf(end: End): string {
  switch (end.end) {
    case 'refused':
      return `refused by ${end.by}, ${end.code}`;
    case 'waiting':
      return `waiting for ${end.owner}, ${end.code}`;
    default:
      return end.end;
  }
}
