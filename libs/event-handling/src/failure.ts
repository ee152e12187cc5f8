import type { BusinessEvent } from './business-event.js';

/** What kind of failure it is; decides who owns it (DESIGN part 9). */
export type ExceptionClass = 'TECHNICAL' | 'DEPENDENCY' | 'DATA' | 'BUSINESS' | 'AUTHORISATION';

/** Whose job a parked message is, unless the handler names somebody closer. */
export const ownerOf: Readonly<Record<ExceptionClass, string>> = {
  TECHNICAL: 'platform',
  DEPENDENCY: 'platform',
  DATA: 'master-data',
  BUSINESS: 'stores',
  AUTHORISATION: 'approver',
};

/** How a {@link RetryLater} is to be treated. */
export interface RetryOptions {
  /** Earliest time of the next try, in milliseconds from now; the pipeline backs off by itself when absent. */
  readonly after?: number;
  /**
   * DEPENDENCY pauses the whole consumer, keeps its order and parks nothing (an outage concerns every message);
   * TECHNICAL, the default, retries this one message a bounded number of times while its key waits.
   */
  readonly class?: 'TECHNICAL' | 'DEPENDENCY';
}

/** A handler's first way to fail: nothing is wrong with the message, try it again. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly after: number | undefined;
  readonly class: 'TECHNICAL' | 'DEPENDENCY';

  constructor(reason: string, options: RetryOptions = {}) {
    super(reason);
    this.after = options.after;
    this.class = options.class ?? 'TECHNICAL';
  }
}

/** What a {@link Reject} carries beside its code and message. */
export interface RejectOptions {
  readonly class: ExceptionClass;
  /** Whose job it is; {@link ownerOf} the class when absent. */
  readonly owner?: string;
  /**
   * Names of what the message waits for, such as `product:GTIN:04012345678901`. When one of them is announced with
   * `Parking.release`, the message is tried again at once; until then it is tried with growing pauses.
   */
  readonly awaits?: readonly string[];
  /** Events that tell the world that the message is parked; published in the transaction that parks it, once per code. */
  readonly publish?: readonly BusinessEvent[];
  /**
   * The service itself tells everyone what is missing, once for all messages that wait for it: no `ExceptionRaised` goes out
   * for this one. See `Parking.awaited`.
   */
  readonly isToldTogether?: boolean;
}

/** A handler's second way to fail: the message cannot be applied as things are; it is parked and its key waits behind it. */
export class Reject extends Error {
  override readonly name = 'Reject';
  readonly code: string;
  readonly class: ExceptionClass;
  readonly owner: string;
  readonly awaits: readonly string[];
  readonly publish: readonly BusinessEvent[];
  readonly isToldTogether: boolean;

  constructor(code: string, message: string, options: RejectOptions) {
    super(message);
    this.code = code;
    this.class = options.class;
    this.owner = options.owner ?? ownerOf[options.class];
    this.awaits = options.awaits ?? [];
    this.publish = options.publish ?? [];
    this.isToldTogether = options.isToldTogether ?? false;
  }
}
