import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { METRICS } from '@wardline/service-defaults';
import { Gauge, type Registry } from 'prom-client';
import { LedgerCheckStore, type LedgerMark } from './ledger-check.store.js';

const gauges: readonly (readonly [name: string, help: string, value: (mark: LedgerMark) => number])[] = [
  [
    'wardline_ledger_differences',
    'Balances that differ from the sum of their movements',
    ({ differences }) => differences,
  ],
  [
    'wardline_ledger_balanced_position',
    'Ledger position up to which all is in balance',
    ({ position }) => Number(position),
  ],
  [
    'wardline_ledger_balanced_timestamp_seconds',
    'When the ledger was last found in balance; 0 for never',
    ({ balancedAt }) => (balancedAt?.getTime() ?? 0) / 1000,
  ],
];

/** What Prometheus is told of the check, read from the table when it asks: the same from every replica. */
@Injectable()
export class CheckGauges {
  constructor(database: Database, checks: LedgerCheckStore, @Inject(METRICS) registry: Registry) {
    for (const [name, help, value] of gauges)
      new Gauge({
        ...{ name, help, registers: [registry] },
        async collect() {
          // An outage shows in health and log; a scrape that fails would hide every other figure.
          const mark = await checks.mark(database).catch(() => undefined);
          if (mark) this.set(value(mark));
        },
      });
  }
}
