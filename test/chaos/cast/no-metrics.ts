import type { DeliveryMetrics } from '@wardline/outbox';

/** Metrics that count nothing. */
export const noMetrics: DeliveryMetrics = {
  handled: () => undefined,
  duplicates: () => undefined,
  skipped: () => undefined,
  parked: () => undefined,
  retried: () => undefined,
  published: () => undefined,
};
