import {
  ConsumptionAccepted,
  ConsumptionHeld,
  ConsumptionRefused,
  StockOperationRecorded,
  Topic,
  type EventId,
} from '@wardline/event-contracts';
import type { WrittenEvent } from '@wardline/outbox';

/** That a source was heard: one of its records was taken. */
export interface Hearing {
  readonly recordId: EventId;
  readonly source: string;
  readonly topic: string;
  readonly heardAt: Date;
  /** The source's number of the record, and when it happened; null where the source numbers nothing or its time is not known. */
  readonly numbered: { readonly number: bigint; readonly occurredAt: Date } | null;
  /** Refused, as its number was used before. */
  readonly isDuplicate: boolean;
  /** The record waits here; a terminal receipt follows, which says nothing new of the source. */
  readonly isHeld: boolean;
}

/** What tells that a source was heard: the receipts of consumption, and stock operations that our own edges took in. */
export const heardTopics = [Topic.ClinicalConsumptionReceipt, Topic.WarehouseScan];

/** Business times of refused records, whose receipts do not tell them. */
export type RefusedTimes = ReadonlyMap<EventId, Date>;

/** What an event of the outbox tells of a source; null for nothing. */
export function hearingOf({ type, data }: WrittenEvent, refusedTimes: RefusedTimes): Hearing | null {
  const isRecord = type === StockOperationRecorded.fullName;
  if (!isRecord && !receipts.includes(type)) return null;
  const recordId = data[isRecord ? 'eventId' : 'recordEventId'] as EventId;
  const source = storableName(data[isRecord ? 'source' : 'recordSource'] as string);
  if (source === '') return null;
  const [happened, sequence] = [data['occurredAt'] as Date, data['sequence'] as bigint | number | null];
  const occurredAt = type === ConsumptionRefused.fullName ? refusedTimes.get(recordId) : happened;
  const isHeld = type === ConsumptionHeld.fullName;
  return {
    ...{ recordId, source, isHeld, heardAt: data[isHeld ? 'occurredAt' : 'recordedAt'] as Date },
    topic: isRecord ? Topic.WarehouseScan : Topic.ClinicalConsumption,
    numbered: sequence === null || occurredAt === undefined ? null : { number: BigInt(sequence), occurredAt },
    isDuplicate: data['code'] === 'DUPLICATE',
  };
}

const receipts: readonly string[] = [ConsumptionAccepted, ConsumptionHeld, ConsumptionRefused].map(
  ({ fullName }) => fullName,
);

/** The refused records among these events, by their ids. */
export function refusedRecords(events: readonly WrittenEvent[]): EventId[] {
  return events.flatMap(({ type, data }) =>
    type === ConsumptionRefused.fullName ? [data['recordEventId'] as EventId] : [],
  );
}

/** A refused record may name its source by anything: Postgres takes no NUL, and an index no long text. */
function storableName(source: string): string {
  return source.trim().replaceAll('\0', '\u2400').slice(0, 300).toWellFormed();
}
