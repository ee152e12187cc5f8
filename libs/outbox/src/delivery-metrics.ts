import type { ExceptionClass } from '@wardline/event-handling';

/** What the delivery path counts; `service-defaults` turns it into Prometheus metrics. */
export interface DeliveryMetrics {
  /** Messages of one record type went through their handler in `seconds` together. */
  handled(recordType: string, count: number, seconds: number): void;
  /** Messages that the inbox or the position recognised as repeats. */
  duplicates(count: number): void;
  /** Messages of a known record type that this service has no handler for. */
  skipped(count: number): void;
  /** A message was parked (or parked again after a retry). */
  parked(exceptionClass: ExceptionClass, code: string): void;
  /** A parked message was tried again. */
  retried(outcome: 'done' | 'parked' | 'retrying'): void;
  /** Outbox rows acknowledged by the broker. */
  published(count: number): void;
}
