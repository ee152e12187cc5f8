import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Log } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import type { AdapterConfig } from '../config.js';
import type { Lease } from '../lease.store.js';
import { withLease } from '../leased-job.js';
import type { Odoo } from '../odoo.js';
import { reportStock, type ReportParts } from './report-stock.js';
import { newestWrite } from './stock-reading.js';

/** Token of the {@link ReporterParts}. */
export const REPORTER = Symbol('REPORTER');

/** What the reporter works with. */
export interface ReporterParts extends ReportParts {
  readonly settings: Pick<AdapterConfig, 'STOCK_REPORT_MS' | 'STOCK_REPORT_PROBE_MS' | 'STOCK_REPORT_WHOLE_EVERY'>;
  readonly log: Log;
}

const longestPauseMs = 60_000;
const anotherHasItMs = 5_000;
/** A report may take a fifth of the time at most: after one the reporter rests four times as long. */
const restPerReport = 4;

/** Tells what Odoo holds, on one instance at a time: every so often, and soon after a quant was written. */
@Injectable()
export class StockReporter implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  #newest: string | null = null;

  constructor(@Inject(REPORTER) private readonly parts: ReporterParts) {}

  onApplicationBootstrap(): void {
    this.#running = this.#watch();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #watch(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await withLease(this.parts.database, 'stock-report', (lease, lost) => this.#lead(lease, lost));
        await this.#rest(anotherHasItMs);
      } catch (error) {
        this.#failures += 1;
        if (this.#failures === 1)
          this.parts.log.warn(`Odoo's stock could not be reported: ${(error as Error).message}`);
        await this.#rest(Math.min(longestPauseMs, 500 * 2 ** this.#failures));
      }
    }
  }

  /** A write is reported twice: `write_date` has whole seconds, and a second one of that second would not show. */
  async #lead(lease: Lease, lost: AbortSignal): Promise<void> {
    const { STOCK_REPORT_MS: everyMs, STOCK_REPORT_PROBE_MS: probeMs } = this.parts.settings;
    let reportedAt = -Infinity;
    for (let again = false; !this.#stop.signal.aborted && !lost.aborted;) {
      const isWritten = await this.#isWritten();
      let tookMs = 0;
      if (isWritten || again || performance.now() - reportedAt >= everyMs) {
        const began = performance.now();
        if (await this.#report(lease)) reportedAt = performance.now();
        tookMs = performance.now() - began;
        again = isWritten;
      }
      await this.#rest(Math.max(probeMs, tookMs * restPerReport));
    }
  }

  async #isWritten(): Promise<boolean> {
    const newest = await newestWrite(this.parts.odoo);
    const isWritten = newest !== this.#newest;
    this.#newest = newest;
    return isWritten;
  }

  async #report(lease: Lease): Promise<boolean> {
    const { settings, log } = this.parts;
    const report = await reportStock(this.parts, lease, settings.STOCK_REPORT_WHOLE_EVERY);
    this.#failures = 0;
    if (report === null) return false;
    const { sequence, lines, unsettled } = report;
    if (lines.length > 0 || unsettled.length > 0)
      log.debug("Odoo's stock reported", {
        sequence: String(sequence),
        balances: lines.length,
        unsettled: unsettled.length,
      });
    return true;
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** Puts the parts together, for the module. */
export function reporterParts(
  odoo: Odoo,
  database: Database,
  outbox: Outbox,
  ...[clock, settings, log]: readonly [Clock, AdapterConfig, Log]
): ReporterParts {
  return { odoo, database, outbox, clock, settings, log };
}
