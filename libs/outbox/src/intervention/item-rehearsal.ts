import type { Log } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import type { DeliveryMetrics } from '../delivery-metrics.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { countReleases, readWritten, serviceTables, writtenSince, type ServiceTable } from './effect.store.js';
import { ItemWork, type WorkEnd } from './item-work.js';
import type { PlannedItem, RunningOperation } from './operation-item.store.js';

const unheard = (): void => undefined;
const noLog: Log = { debug: unheard, info: unheard, warn: unheard, error: unheard };
const noMetrics: DeliveryMetrics = {
  ...{ handled: unheard, duplicates: unheard, skipped: unheard },
  ...{ parked: unheard, retried: unheard, published: unheard },
};

/**
 * Does to parked messages what an operation asks for and rolls it back: the same work as the real one, so that it says
 * what the real one would do. Nothing leaves: no row, no event, no wake-up, no line in the log.
 */
export class ItemRehearsal {
  readonly #work: ItemWork;
  #tables: readonly ServiceTable[] | undefined;

  constructor(
    private readonly options: PipelineOptions,
    loopLimit: number,
  ) {
    this.#work = new ItemWork({ ...options, log: noLog, metrics: noMetrics }, loopLimit);
  }

  /** Rehearses items of one key in their order, each upon what those before it would have left; ends with one that is paused. */
  run(operation: RunningOperation, items: readonly PlannedItem[]): Promise<WorkEnd[]> {
    return this.options.database.rehearse(async (tx) => {
      const ends: WorkEnd[] = [];
      for (const item of items) {
        const end = await this.#rehearse(tx, operation, item);
        ends.push(end);
        if (end.outcome === 'paused') break;
      }
      return ends;
    });
  }

  async #rehearse(tx: PgTransaction, operation: RunningOperation, item: PlannedItem): Promise<WorkEnd> {
    const tables = (this.#tables ??= await serviceTables(tx));
    const [releases, before] = await Promise.all([countReleases(tx, item.parkedId), readWritten(tx, tables)]);
    const end = await this.#work.run(tx, operation, item);
    if (end.outcome !== 'done') return end;
    const effect = { ...(await writtenSince(tx, this.options.codec, tables, before)), releases };
    return { outcome: 'done', effect };
  }
}
