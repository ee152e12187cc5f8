import type { Database } from '@wardline/outbox';
import { Gauge, type Registry } from 'prom-client';
import { summary } from './cases/case-view.store.js';

/** Figures of the comparison, read at scrape time; while Postgres does not answer they keep their last value. */
export function registerMetrics(registry: Registry, database: Database): void {
  const registers = [registry];
  new Gauge({
    name: 'wardline_reconciliation_cases',
    help: 'Differences that are open, by kind',
    labelNames: ['difference'],
    registers,
    async collect() {
      const figures = await summary(database).catch(() => null);
      if (figures === null) return;
      this.reset();
      for (const [difference, cases] of Object.entries(figures.differences)) this.set({ difference }, cases);
    },
  });
  const figure = (name: string, help: string, read: (figures: Awaited<ReturnType<typeof summary>>) => number) =>
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        const figures = await summary(database).catch(() => null);
        if (figures !== null) this.set(read(figures));
      },
    });
  figure('wardline_reconciliation_balances', 'Balances that Odoo holds', ({ balances }) => balances);
  figure('wardline_reconciliation_in_flight', 'Movements that no report of Odoo contains yet', (now) => now.IN_FLIGHT);
  figure(
    'wardline_reconciliation_report_time',
    "When Odoo's last report was read, in Unix seconds; 0 before the first",
    (now) => (now.report === null ? 0 : now.report.readAt.getTime() / 1000),
  );
}
