import type { CallOutcome, CircuitState } from '@wardline/odoo-client';
import type { Database } from '@wardline/outbox';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { backlog, type Backlog } from './posting/backlog.store.js';
import type { Settlement } from './posting/settle-postings.js';

const circuitStates: Readonly<Record<CircuitState, number>> = { closed: 0, halfOpen: 1, open: 2 };

/** The adapter's own figures. */
export class PostingMetrics {
  readonly #posted: Counter;
  readonly #refused: Counter;
  readonly #calls: Histogram;
  readonly #circuit: Gauge;

  constructor(registry: Registry, database: Database) {
    const registers = [registry];
    this.#posted = new Counter({
      name: 'wardline_postings_posted_total',
      help: 'Movements posted in Odoo and read back',
      registers,
    });
    this.#refused = new Counter({
      name: 'wardline_postings_refused_total',
      help: 'Movements that Odoo refused',
      registers,
    });
    this.#circuit = new Gauge({
      name: 'wardline_odoo_circuit_state',
      help: 'Circuit to Odoo: 0 closed, 1 half open, 2 open',
      registers,
    });
    this.#calls = new Histogram({
      name: 'wardline_odoo_call_seconds',
      help: 'Time of calls to Odoo',
      labelNames: ['operation', 'outcome'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
      registers,
    });
    registerBacklog(registry, database);
  }

  readonly called = ({ operation, milliseconds, outcome }: CallOutcome): void => {
    this.#calls.observe({ operation, outcome }, milliseconds / 1000);
  };

  readonly circuit = (state: CircuitState): void => this.#circuit.set(circuitStates[state]);

  settled({ posted, refused }: Settlement): void {
    this.#posted.inc(posted);
    this.#refused.inc(refused);
  }
}

/** Gauges that are read at scrape time; while Postgres does not answer they keep their last value. */
function registerBacklog(registry: Registry, database: Database): void {
  const gauge = (name: string, help: string, figure: keyof Backlog) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const figures = await backlog(database).catch(() => null);
        if (figures !== null) this.set(figures[figure]);
      },
    });
  gauge('wardline_postings_pending', 'Movements that wait for Odoo, those behind a refused one included', 'pending');
  gauge(
    'wardline_posting_oldest_seconds',
    'Age of the oldest movement that waits for Odoo; 0 when none',
    'oldestSeconds',
  );
}
