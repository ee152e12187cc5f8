import type { BusinessEvent } from './business-event.js';

/** The clock; injected so that tests and models own time. */
export interface Clock {
  now(): Date;
}

/** Structured log; `fields` carry `eventId` and `correlationId` wherever a line is about a message. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A record ready for the wire. `headers` hold CloudEvents attributes and `traceparent`. */
export interface OutboundRecord {
  readonly topic: string;
  readonly key: string;
  /** The bytes; null is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the relay sends to. Resolves only when every record is acknowledged by all replicas; records of one key keep their order. */
export interface EventSink {
  publish(records: readonly OutboundRecord[]): Promise<void>;
}

/** What came of reading one message's bytes. */
export type DecodeResult =
  | { readonly ok: true; readonly typeName: string; readonly data: Record<string, unknown> }
  | {
      readonly ok: false;
      readonly code: 'EMPTY_VALUE' | 'UNDECODABLE' | 'UNKNOWN_SCHEMA' | 'UNKNOWN_TYPE';
      readonly message: string;
    };

/** Turns business events into bytes and back, by the contracts. */
export interface EventCodec {
  /** Frames the event as Confluent Avro; throws when the data does not fit its schema or the record does not belong to the topic. */
  encode(event: BusinessEvent): Buffer;
  /** Reads any version ever published; a promise only while a schema has to be fetched. Never throws for bad input. */
  decode(topic: string, value: Buffer | null): DecodeResult | Promise<DecodeResult>;
}

/** A message as it came from the broker. */
export interface InboundRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The broker's or producer's timestamp. */
  readonly timestamp: Date;
}

/** Where a consumer stands on one partition, by its database (which outranks the broker's committed offset). */
export interface PartitionClaim {
  readonly generation: number;
  /**
   * The offset to go on from; null when this consumer never read the partition. The transport moves it on with each batch:
   * a database that stands before it has lost what it had settled (it was restored).
   */
  readonly nextOffset: bigint | null;
}

/** The consumer pipeline as the transport sees it. */
export interface BatchProcessor {
  /** Takes the partition: a batch of an earlier claim is refused from here on (fences a zombie). */
  claim(topic: string, partition: number): Promise<PartitionClaim>;
  /**
   * Settles a run of records of one partition in one commit: done, parked or waiting, nothing in between.
   * Answers the next offset to commit to the broker. Throws {@link Paused} or {@link Fenced}; any other error means
   * that nothing was committed and the batch must be given again.
   */
  process(records: readonly InboundRecord[], claim: PartitionClaim): Promise<bigint>;
}

/** The pipeline cannot go on for now (an outage, not a bad message): keep the order, come again after `afterMs`. */
export class Paused extends Error {
  override readonly name = 'Paused';
  constructor(
    reason: string,
    readonly afterMs: number,
  ) {
    super(reason);
  }
}

/** Another instance has taken the partition since this claim; what was read under it must be dropped. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
