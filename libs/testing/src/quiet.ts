import type { Log } from '@wardline/event-handling';
import type { DeliveryMetrics } from '@wardline/outbox';

/** A log that says nothing. */
export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Metrics that count nothing. */
export const noMetrics: DeliveryMetrics = {
  handled: () => undefined,
  duplicates: () => undefined,
  skipped: () => undefined,
  parked: () => undefined,
  retried: () => undefined,
  published: () => undefined,
};
