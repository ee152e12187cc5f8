import { textOf, type ShownRecord } from '../records/shown-record.js';

/** One record on the timeline of a business fact. */
export interface Step {
  readonly record: ShownRecord;
  /** Milliseconds after the first. */
  readonly sinceFirstMs: number;
  /** Milliseconds after the record that caused it; null when that one is not among those found. */
  readonly sinceCauseMs: number | null;
  /** How many causes lie between it and the first. */
  readonly depth: number;
}

/** The correlation that records found for an id belong to: that of the record itself, else the id, else of what names it. */
export function correlationOf(id: string, mentioning: readonly ShownRecord[]): string | null {
  const itself = mentioning.find((record) => textOf(record, 'eventId') === id);
  if (itself !== undefined) return textOf(itself, 'correlationId') ?? id;
  if (mentioning.some((record) => textOf(record, 'correlationId') === id)) return id;
  const naming = mentioning.find((record) => textOf(record, 'correlationId') !== null);
  return naming === undefined ? null : textOf(naming, 'correlationId');
}

/**
 * The records of one correlation in the order in which they were written, each with its distance in time from the first and
 * from its cause. A record that is its own correlation (the first one need not name it) belongs to it.
 */
export function timeline(correlationId: string, records: readonly ShownRecord[]): Step[] {
  const ofIt = records.filter(
    (record) => textOf(record, 'correlationId') === correlationId || textOf(record, 'eventId') === correlationId,
  );
  const byId = new Map<string, ShownRecord>();
  for (const record of ofIt) {
    const eventId = textOf(record, 'eventId');
    if (eventId !== null && !byId.has(eventId)) byId.set(eventId, record);
  }
  const causeOf = (record: ShownRecord) => byId.get(textOf(record, 'causationId') ?? '');
  const times = ofIt.map(timeOf);
  const first = Math.min(...times);
  return ofIt
    .map((record) => {
      const cause = causeOf(record);
      return {
        record,
        sinceFirstMs: timeOf(record) - first,
        sinceCauseMs: cause === undefined ? null : timeOf(record) - timeOf(cause),
        depth: depthOf(record, causeOf),
      };
    })
    .sort((a, b) => a.sinceFirstMs - b.sinceFirstMs || a.depth - b.depth);
}

function timeOf({ timestamp }: ShownRecord): number {
  return new Date(timestamp).getTime();
}

function depthOf(record: ShownRecord, causeOf: (record: ShownRecord) => ShownRecord | undefined): number {
  const passed = new Set<ShownRecord>();
  for (let at = causeOf(record); at !== undefined && !passed.has(at); at = causeOf(at)) passed.add(at);
  return passed.size;
}
