import type { EventId } from '@wardline/event-contracts';
import type { FileProblem } from './problem.js';
import { meaningOf, type ProposedRow, type RowReading } from './read-row.js';

/** What a row that was taken is known by, whatever file it comes in: its id, and whether it took another one back. */
export interface RowIdentity {
  readonly rowId: string;
  readonly undoes: boolean;
}

/** A row that was taken, now or before. */
export interface TakenRow extends RowIdentity {
  /** SHA-256 of what it told. */
  readonly meaning: Buffer;
  readonly eventId: EventId;
}

/** What became of a row: the answer that stands in the receipt. */
export interface RowOutcome {
  readonly row: number;
  readonly line: number;
  readonly rowId: string | null;
  readonly outcome: 'taken' | 'repeated' | 'refused';
  readonly eventId: EventId | null;
  readonly problem: FileProblem | null;
}

/** What is settled with some rows of a file. */
export interface Settled {
  readonly outcomes: readonly RowOutcome[];
  readonly taken: readonly (TakenRow & { readonly record: ProposedRow; readonly reversesEvent: EventId | null })[];
}

/** The name of a row that is taken, or was. */
export function nameOf({ rowId, undoes }: RowIdentity): string {
  return `${undoes ? '-' : '+'}${rowId}`;
}

/** The identities that {@link settleRows} has to know of: of the rows, and of the rows that they take back. */
export function identitiesOf(readings: readonly RowReading[], idOf: (reading: RowReading) => string): RowIdentity[] {
  return readings.flatMap((reading) => {
    const { record } = reading;
    if (record === null) return [];
    const own = { rowId: idOf(reading), undoes: record.kind === 'REVERSED' };
    return record.reverses === null ? [own] : [own, { rowId: record.reverses, undoes: false }];
  });
}

/** How rows without an id are named, and where the ids of new records come from. */
export interface Identities {
  readonly idOf: (reading: RowReading) => string;
  readonly newId: () => EventId;
}

/**
 * Settles rows in their order. `known` holds what was taken before; a row that was taken is repeated when it tells the
 * same and refused when it tells something else.
 */
export function settleRows(
  readings: readonly RowReading[],
  known: ReadonlyMap<string, TakenRow>,
  identities: Identities,
): Settled {
  const all = new Map(known);
  const taken: Settled['taken'][number][] = [];
  const outcomes = readings.map((reading): RowOutcome => {
    const { row, line, rowId } = reading;
    const settled = settle(reading, all, identities);
    if ('problem' in settled) return { row, line, rowId, outcome: 'refused', eventId: null, problem: settled.problem };
    const isNew = 'now' in settled;
    const { eventId } = isNew ? settled.now : settled.before;
    if (isNew) {
      all.set(nameOf(settled.now), settled.now);
      taken.push(settled.now);
    }
    return { row, line, rowId, outcome: isNew ? 'taken' : 'repeated', eventId, problem: null };
  });
  return { outcomes, taken };
}

type RowSettled =
  { readonly problem: FileProblem } | { readonly before: TakenRow } | { readonly now: Settled['taken'][number] };

function settle(reading: RowReading, known: ReadonlyMap<string, TakenRow>, { idOf, newId }: Identities): RowSettled {
  const { record } = reading;
  if (record === null) return { problem: joined(reading.problems) };
  const identity = { rowId: idOf(reading), undoes: record.kind === 'REVERSED' };
  const meaning = meaningOf(record);
  const before = known.get(nameOf(identity));
  if (before !== undefined)
    return before.meaning.equals(meaning) ? { before } : { problem: changed(identity.rowId, before.eventId) };
  const original = record.reverses === null ? undefined : known.get(nameOf({ rowId: record.reverses, undoes: false }));
  if (identity.undoes && original === undefined) return { problem: reversalOfNothing(record.reverses) };
  return { now: { ...identity, meaning, eventId: newId(), record, reversesEvent: original?.eventId ?? null } };
}

/** All that is wrong with a row, as one: the first code, every message. */
function joined(problems: readonly FileProblem[]): FileProblem {
  const [first, ...others] = problems;
  return { ...first!, message: [first!, ...others].map(({ message }) => message).join(' ') };
}

function changed(rowId: string, eventId: EventId): FileProblem {
  return {
    code: 'ROW_CHANGED',
    message: `The row ${rowId} was taken before and said something else; it is record ${eventId}.`,
    remedy: 'Take that row back with a reversal, and send the right one under an id of its own.',
    owner: 'source-system',
  };
}

function reversalOfNothing(reverses: string | null): FileProblem {
  const message =
    reverses === null
      ? 'The row takes something back and does not say which row.'
      : `The row takes back the row ${reverses}, which has not been taken.`;
  return {
    code: 'REVERSAL_OF_NOTHING',
    message,
    remedy: 'Name in it the id of a row that was taken; send that row first, then this one again.',
    owner: 'source-system',
  };
}
