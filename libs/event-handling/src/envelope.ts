import type { EventId, RecordType } from '@wardline/event-contracts';
import type { InboundRecord } from './ports.js';

/** One received business event, decoded, with where it came from. */
export interface Envelope<T> {
  readonly type: RecordType<T>;
  readonly data: T;
  readonly eventId: EventId;
  readonly correlationId: EventId;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The message key; null when the publisher gave none. */
  readonly key: string | null;
  /** When this consumer first took the message: the `now` of every decision about it, the same on each retry. */
  readonly receivedAt: Date;
  /** The message as it came, bytes and headers: what is kept when it has to be parked. */
  readonly record: InboundRecord;
}
