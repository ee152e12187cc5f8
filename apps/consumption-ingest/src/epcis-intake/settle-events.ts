import { readEvent, type EventReading } from '@wardline/epcis';
import type { EventId } from '@wardline/event-contracts';
import { placeEvent, type CaptureProblem, type CodeOf, type EpcisRecord } from './place-event.js';

/** A record that was made of an event. */
export interface MadeRecord {
  readonly eventId: EventId;
  readonly record: EpcisRecord;
}

/** An event that was captured before. */
export interface KnownEvent {
  readonly id: string;
  /** Digest of what it said. */
  readonly statement: string;
  readonly isError: boolean;
  readonly records: readonly MadeRecord[];
}

/** What became of an event of a document. */
export interface EventOutcome {
  /** Its eventID; null where it could not be read. */
  readonly eventID: string | null;
  readonly outcome: 'captured' | 'reversed' | 'repeated' | 'passed-over' | 'refused';
  /** Records that it led to, now or before. */
  readonly records: readonly EventId[];
  /** Why it led to none. */
  readonly note: string | null;
  readonly problems: readonly CaptureProblem[];
}

/** What is to be kept and published. */
export interface SettledEvents {
  readonly outcomes: readonly EventOutcome[];
  readonly captured: readonly (KnownEvent & { readonly occurredAt: Date })[];
  readonly reversals: readonly { readonly of: MadeRecord; readonly event: EventReading; readonly eventId: EventId }[];
}

/** The location code of a place of the house at a time. */
export type CodeAt = (place: Parameters<CodeOf>[0], at: Date) => string | undefined;

/** What the settlement knows and draws from. */
export interface SettlementKnowledge {
  readonly known: ReadonlyMap<string, KnownEvent>;
  readonly codeOf: CodeAt;
  readonly newId: () => EventId;
}

/** Settles the events of a document in their order. Pure but for `newId`. */
export function settleEvents(given: readonly unknown[], { known, codeOf, newId }: SettlementKnowledge): SettledEvents {
  const all = new Map(known);
  const captured = new Map<string, SettledEvents['captured'][number]>();
  const reversals: SettledEvents['reversals'][number][] = [];
  const outcomes = given.map((one): EventOutcome => {
    const read = readEvent(one);
    if (!read.ok) return refused(read.id, read.problems);
    const { event } = read;
    const { outcome, kept, undone = [] } = settle(event, { known: all, codeOf, newId });
    if (kept !== undefined) {
      const { id, statement, isError, occurredAt } = event;
      all.set(id, { id, statement, isError, records: kept });
      captured.set(id, { id, statement, isError, records: kept, occurredAt });
    }
    reversals.push(...undone);
    return outcome;
  });
  return { outcomes, captured: [...captured.values()], reversals };
}

/** What becomes of one event, with the records that it is kept with. */
interface EventSettled {
  readonly outcome: EventOutcome;
  readonly kept?: readonly MadeRecord[];
  readonly undone?: SettledEvents['reversals'];
}

function settle(event: EventReading, { known, codeOf, newId }: SettlementKnowledge): EventSettled {
  const { id } = event;
  const before = known.get(id);
  if (before !== undefined) return again(event, before, newId);
  if (event.isError) return { outcome: refused(id, [reversalOfNothing(event)]) };
  const placed = placeEvent(event, (place) => codeOf(place, event.occurredAt));
  if ('problems' in placed) return { outcome: refused(id, placed.problems) };
  if ('passedOver' in placed)
    return { outcome: { ...nothing(id), outcome: 'passed-over', note: placed.passedOver }, kept: [] };
  const kept = placed.records.map((record) => ({ eventId: newId(), record }));
  return { outcome: { ...nothing(id), outcome: 'captured', records: kept.map(({ eventId }) => eventId) }, kept };
}

/** What becomes of an event whose id is known: a repeat, something else under its id, or that it was an error. */
function again(event: EventReading, before: KnownEvent, newId: () => EventId): EventSettled {
  const { id } = event;
  const { records } = before;
  if (event.statement !== before.statement) return { outcome: refused(id, [differs(event)]) };
  if (!event.isError || before.isError)
    return { outcome: { ...nothing(id), outcome: 'repeated', records: records.map(({ eventId }) => eventId) } };
  const undone = records.map((of) => ({ of, event, eventId: newId() }));
  const outcome: EventOutcome = { ...nothing(id), outcome: 'reversed', records: undone.map(({ eventId }) => eventId) };
  return { outcome, kept: records, undone };
}

const nothing = (eventID: string): Omit<EventOutcome, 'outcome'> => ({
  eventID,
  records: [],
  note: null,
  problems: [],
});

function refused(eventID: string | null, problems: readonly CaptureProblem[]): EventOutcome {
  return { eventID, outcome: 'refused', records: [], note: null, problems };
}

function differs({ id, isError }: EventReading): CaptureProblem {
  return {
    code: isError ? 'ERROR_DIFFERS' : 'EVENT_ID_REUSED',
    message: `The event ${id} was captured before and said something else.`,
    remedy: isError
      ? 'Declare an error by sending the event as it was, with errorDeclaration (EPCIS 2.0, section 7.4.1.2).'
      : 'Give each event an eventID of its own. To correct one, declare it an error and send the right one anew.',
  };
}

function reversalOfNothing({ id, hasId }: EventReading): CaptureProblem {
  return {
    code: 'REVERSAL_OF_NOTHING',
    message: hasId
      ? `The event ${id} is declared an error and was never captured.`
      : 'An event without eventID is declared an error.',
    remedy: hasId
      ? 'Capture the event itself first.'
      : 'Only an event with an eventID can be taken back; settle this one by a count.',
  };
}
