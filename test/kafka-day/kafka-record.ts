import type { ConsumptionRecorded } from '@wardline/event-contracts';

/** What is to become of a record. */
export type Expectation =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: string }
  /** Held at first; `settled` once somebody mends our data in the course of the day. */
  | { readonly outcome: 'held'; readonly settled: boolean }
  /** A repeat of an eventId: no receipt of its own. */
  | { readonly outcome: 'repeat' }
  /** Bytes that are no record: parked for the sender. */
  | { readonly outcome: 'unreadable' };

/** One message of the day. */
export interface KafkaRecord {
  /** `<location value>/<product value>`. */
  readonly key: string;
  readonly expect: Expectation;
  /** The record, or bytes that are none. */
  readonly content: ConsumptionRecorded | Buffer | null;
}
