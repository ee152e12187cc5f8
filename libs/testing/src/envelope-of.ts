import { catalogue, type EventId, type RecordType } from '@wardline/event-contracts';
import { newEventId, type Envelope, type StampedField } from '@wardline/event-handling';

type HeaderField = StampedField | 'occurredAt';

/** An event's data as a test gives it: business fields; a header field only where the test is about it. */
export type TestData<T> = Omit<T, HeaderField> & Partial<Pick<T, Extract<HeaderField, keyof T>>>;

/** When test envelopes are received, unless a test says otherwise: one fixed morning. */
export const testMorning = new Date('2026-11-21T08:15:30.000Z');

/**
 * Builds the envelope that a handler would be given for an event: header fields filled in, the topic of the catalogue
 * that carries the record first, received (and, unless given, occurred) at {@link testMorning}. The raw record is empty.
 */
export function envelopeOf<T>(
  type: RecordType<T>,
  data: TestData<T>,
  overrides: Partial<Omit<Envelope<T>, 'type' | 'data'>> = {},
): Envelope<T> {
  const receivedAt = overrides.receivedAt ?? testMorning;
  const given = data as Readonly<Record<string, unknown>>;
  const eventId = overrides.eventId ?? (given['eventId'] as EventId | undefined) ?? newEventId(receivedAt);
  const correlationId = overrides.correlationId ?? (given['correlationId'] as EventId | undefined) ?? eventId;
  const header = { occurredAt: receivedAt, recordedAt: receivedAt, source: 'test', causationId: null };
  const place = {
    topic: overrides.topic ?? topicOf(type.fullName),
    partition: overrides.partition ?? 0,
    offset: overrides.offset ?? 0n,
  };
  const key = overrides.key === undefined ? 'test-key' : overrides.key;
  const bytes = {
    key: key === null ? null : Buffer.from(key),
    value: Buffer.alloc(0),
    headers: {},
    timestamp: receivedAt,
  };
  return {
    type,
    data: { ...header, ...given, eventId, correlationId } as T,
    eventId,
    correlationId,
    ...place,
    key,
    receivedAt,
    record: overrides.record ?? { ...place, ...bytes },
  };
}

function topicOf(fullName: string): string {
  const topic = catalogue.find(({ records }) => records.some((record) => record.fullName === fullName));
  if (topic === undefined)
    throw new Error(`No topic of schemas/catalogue.yaml carries ${fullName}; name one in the overrides`);
  return topic.name;
}
