import { createRequire } from 'node:module';

/**
 * Corrects kafkajs 2.2.4 on Node 24 (kafkajs#1751). Its request queue schedules a check with a delay of
 * `throttledUntil - now`, which is negative whenever the broker does not throttle. Node 24 warns of each such timer and
 * runs it after a millisecond, and the check schedules the next one even with nothing to check: every connection
 * polls a thousand times a second. Here a check is scheduled only while a request is waiting, and never in the past.
 * To be dropped with a kafkajs that has the correction.
 */
export interface RequestQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: { length: number };
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

const checkIntervalMs = 10;

type RequestQueueClass = { readonly prototype: RequestQueue };

/** kafkajs' own class, corrected as soon as this module is loaded. */
export const RequestQueueClass = createRequire(import.meta.url)(
  'kafkajs/src/network/requestQueue/index.js',
) as RequestQueueClass;

RequestQueueClass.prototype.scheduleCheckPendingRequests = function scheduleOnlyWhatWaits(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledForMs = this.throttledUntil - Date.now();
  const delay = throttledForMs > 0 ? throttledForMs : checkIntervalMs;
  this.throttleCheckTimeoutId = setTimeout(() => {
    this.throttleCheckTimeoutId = null;
    this.checkPendingRequests();
  }, delay);
};
