import type { Log } from '@wardline/event-handling';
import type { Database } from '@wardline/outbox';
import type { AdapterConfig } from '../config.js';
import type { Lease } from '../lease.store.js';
import type { OdooConnection } from '../odoo-connection.js';
import { provision } from '../provisioning/provisioning.js';
import { MasterDataPoller, type PollerParts } from './master-data-poller.js';
import { masterModels } from './master-models.js';
import { reportOpeningBalances } from './opening-balances.js';
import { businessDays } from '../shadow/business-day.js';
import { settleWithheld } from '../shadow/settle-withheld.js';
import { MoveReporter } from '../report-moves/move-reporter.js';
import { readAnew } from './poll-cursor.store.js';

/** Every so many sweeps everything is read again: a deleted supplier number moves nothing that could be polled. */
const sweepsPerRereading = 20;

/** What is read of Odoo, step by step; the pace is the watch's. */
export class OdooReading {
  readonly #poller: MasterDataPoller;
  readonly #moves: MoveReporter;
  readonly #overlapMs: number;
  readonly #dayOf: (at: Date) => string;

  constructor(
    private readonly odoo: OdooConnection,
    private readonly parts: PollerParts,
    private readonly config: AdapterConfig,
    private readonly log: Log,
  ) {
    this.#overlapMs = config.MASTERDATA_OVERLAP_SECONDS * 1000;
    const settings = { pageSize: config.MASTERDATA_PAGE_SIZE, overlapMs: this.#overlapMs };
    this.#dayOf = businessDays(config.TIME_ZONE);
    this.#poller = new MasterDataPoller(odoo, parts, settings);
    this.#moves = new MoveReporter(odoo, parts, settings, log);
  }

  get database(): Database {
    return this.parts.database;
  }

  /** Checks and sets up Odoo. */
  async provision(lease: Lease): Promise<void> {
    const companies = await provision(this.odoo, this.database, lease);
    this.log.info('Odoo is set up', { companies: companies.map(({ company }) => company) });
  }

  /** One round over everything, moves last, as they name the rest; the first one tells the opening balances before them. */
  async poll(lease: Lease, polls: number): Promise<void> {
    const sweeps = polls > 0 && polls % this.config.MASTERDATA_SWEEP_POLLS === 0;
    if (sweeps && polls % (this.config.MASTERDATA_SWEEP_POLLS * sweepsPerRereading) === 0) await this.#readAnew();
    const began = this.parts.clock.now();
    let published = 0;
    for (const master of masterModels) {
      published += await this.#poller.poll(master, lease);
      if (sweeps) published += await this.#poller.sweep(master, lease);
    }
    const balances = await reportOpeningBalances(this.odoo, this.parts, lease, this.#overlapMs);
    if (balances > 0) this.log.info('opening balances reported', { balances });
    const moves = await this.#moves.poll(lease);
    // what a long transaction wrote is read by the next deep look, a sixth of the overlap later
    const readUntil = new Date(began.getTime() - 1.5 * this.#overlapMs);
    await settleWithheld(this.parts, lease, { readUntil, dayOf: this.#dayOf });
    if (published > 0) this.log.debug('master data published', { events: published });
    if (moves > 0) this.log.info('moves done in Odoo reported', { events: moves });
  }

  /** The connection, for /info. */
  connection(): Record<string, unknown> {
    return this.odoo.state();
  }

  close(): void {
    this.odoo.close();
  }

  async #readAnew(): Promise<void> {
    await this.database.transaction((tx) =>
      readAnew(
        tx,
        masterModels.map(({ model }) => model),
      ),
    );
  }
}
