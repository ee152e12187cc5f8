import type { DeliveryMetrics } from '@wardline/outbox';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A registry with the process's own figures and a `service` label on everything. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

const latencyBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Counts what the delivery path does. */
export function deliveryMetrics(registry: Registry): DeliveryMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const handled = counter('wardline_handled_total', 'Messages that went through their handler', ['record_type']);
  const duplicates = counter('wardline_duplicates_total', 'Messages recognised as repeats and skipped');
  const skipped = counter('wardline_skipped_total', 'Messages of a known record type without a handler here');
  const parked = counter('wardline_parked_total', 'Messages parked', ['class', 'code']);
  const retried = counter('wardline_retries_total', 'Further tries of parked messages', ['outcome']);
  const published = counter('wardline_published_total', 'Outbox rows acknowledged by the broker');
  const latency = new Histogram({ ...latencyMetric, registers });
  return {
    handled: (recordType, count, seconds) => {
      handled.inc({ record_type: recordType }, count);
      latency.observe({ record_type: recordType }, seconds / count);
    },
    duplicates: (count) => duplicates.inc(count),
    skipped: (count) => skipped.inc(count),
    parked: (exceptionClass, code) => parked.inc({ class: exceptionClass, code }),
    retried: (outcome) => retried.inc({ outcome }),
    published: (count) => published.inc(count),
  };
}

const latencyMetric = {
  name: 'wardline_handler_seconds',
  help: 'Time in a handler per message',
  labelNames: ['record_type'],
  buckets: latencyBuckets,
};

/** What is read at scrape time. */
export interface Readings {
  outboxAge(): Promise<number>;
  parkedByState(): Promise<readonly { state: string; owner: string; count: number }[]>;
  lag(): Promise<readonly { topic: string; partition: number; messages: number; seconds: number }[]>;
  leading(): boolean;
}

/** Gauges read when Prometheus asks; one that cannot be read (an outage) keeps its last value rather than failing the scrape. */
export function registerGauges(registry: Registry, readings: Readings): void {
  const gauge = (name: string, help: string, labelNames: string[], read?: (gauge: Gauge) => Promise<void> | void) =>
    new Gauge({ name, help, labelNames, registers: [registry], ...(read && { collect: quietly(read) }) });
  gauge(
    'wardline_outbox_age_seconds',
    'Age of the oldest outbox row that is not published; 0 when none',
    [],
    async (age) => age.set(await readings.outboxAge()),
  );
  gauge('wardline_relay_leading', '1 where the outbox relay leads', [], (leading) =>
    leading.set(readings.leading() ? 1 : 0),
  );
  gauge('wardline_parked', 'Unsettled parked messages', ['state', 'owner'], async (parked) => {
    const rows = await readings.parkedByState();
    parked.reset();
    for (const { state, owner, count } of rows) parked.set({ state, owner }, count);
  });
  const lagLabels = ['topic', 'partition'];
  const lagSeconds = gauge('wardline_lag_seconds', 'Age of the oldest message not yet handled', lagLabels);
  gauge('wardline_lag_messages', 'Messages not yet handled', lagLabels, async (lagMessages) => {
    for (const { topic, partition, messages, seconds } of await readings.lag()) {
      const labels = { topic, partition: String(partition) };
      lagMessages.set(labels, messages);
      lagSeconds.set(labels, seconds);
    }
  });
}

function quietly(read: (gauge: Gauge) => Promise<void> | void): (this: Gauge) => Promise<void> {
  return async function (this: Gauge) {
    try {
      await read(this);
    } catch {
      // the outage shows in health and log; a scrape that fails would hide every other figure
    }
  };
}
