import { recordTypeOf, type BatchHandler, type Envelope } from '@wardline/event-handling';
import { Outbox } from '@wardline/outbox';
import { outboxOf, testCodec, testDatabase, type PublishedEvent, type TestDatabase } from '@wardline/testing';
import { Reconciliation } from '../src/compare/reconciliation.js';
import { migrations } from '../src/migrations.js';
import { handlers } from '../src/reconciliation.module.js';
import { StockWorld } from './stock-world.js';

/** What a case says, as tests look at it. */
export interface CaseSummary {
  readonly subject: string;
  readonly kind: string;
  readonly owner: string;
  readonly state: string;
  readonly wrongEvent: string | null;
  /** Number of the first report that differs. */
  readonly firstDifferent: string | null;
  readonly explanation: string;
}

const graceMs = 10_000;

/** Reconciliation on a real database, fed from a world whose topics it reads as the test says. */
export class ReconciliationBench {
  world = new StockWorld();
  readonly #handlers = new Map<string, BatchHandler<unknown>>();
  readonly reconciliation: Reconciliation;

  private constructor(
    readonly database: TestDatabase,
    readonly outbox: Outbox,
    names: readonly (new () => object)[],
  ) {
    for (const handler of names.map((each) => new each()))
      this.#handlers.set(recordTypeOf(handler).fullName, handler as BatchHandler<unknown>);
    const settings = { RECONCILE_GRACE_MS: graceMs, RECONCILE_OVERDUE_MS: 900_000, RECONCILE_PHARMACY: ['Pharmacy'] };
    this.reconciliation = new Reconciliation(database, outbox, { now: () => this.world.now }, settings);
  }

  static async open(): Promise<ReconciliationBench> {
    const database = await testDatabase(migrations);
    const outbox = new Outbox(await testCodec(), { now: () => new Date() }, 'reconciliation');
    return new ReconciliationBench(database, outbox, handlers);
  }

  /** Begins another history. */
  async reset(): Promise<void> {
    this.world = new StockWorld();
    await this.database.query(
      `TRUNCATE accepted_record, movement, leg, posting, balance, report, report_line, awaited, ahead, location, product, unit, old_user,
         difference_case, delivery.outbox CASCADE`,
    );
  }

  /** Reads a topic, or all of them, as far as they go or up to a number of messages. */
  async read(topic?: string, most = Infinity): Promise<void> {
    for (const name of topic === undefined ? [...this.world.unread.keys()] : [topic]) {
      const messages = this.world.unread.get(name) ?? [];
      const taken = messages.splice(0, most);
      for (const run of runsOf(taken)) {
        const handler = this.#handlers.get(run[0]!.type.fullName)!;
        await this.database.transaction((tx) => handler.handleBatch(run, tx));
      }
    }
  }

  /** Reads the oldest message of some key of a topic: keys lie on partitions that are read at their own pace. */
  async readOne(topic: string, choice: number): Promise<void> {
    const messages = this.world.unread.get(topic) ?? [];
    const key = messages[choice % Math.max(1, messages.length)]?.key;
    const [message] = messages.splice(
      Math.max(
        0,
        messages.findIndex((one) => one.key === key),
      ),
      1,
    );
    if (message === undefined) return;
    const handler = this.#handlers.get(message.type.fullName)!;
    await this.database.transaction((tx) => handler.handleBatch([message], tx));
  }

  /** Compares, and again when the grace has passed. */
  async compare(): Promise<void> {
    await this.reconciliation.cycle();
    this.world.tick(graceMs);
    await this.reconciliation.cycle();
  }

  /** Cases that people see, the newest last. */
  async cases(): Promise<CaseSummary[]> {
    return this.database.query<CaseSummary & object>(
      `SELECT subject, kind, owner, state, evidence->>'wrongEvent' AS "wrongEvent", explanation,
              evidence#>>'{firstDifferentReport,report}' AS "firstDifferent" FROM difference_case
        WHERE state <> 'SEEN' ORDER BY first_seen_at, subject`,
    );
  }

  /** Differences that are watched or open. */
  async suspicions(): Promise<CaseSummary[]> {
    return this.database.query<CaseSummary & object>(
      `SELECT subject, kind, explanation FROM difference_case ORDER BY subject`,
    );
  }

  published(): Promise<PublishedEvent[]> {
    return outboxOf(this.database);
  }
}

/** Runs of one record type, as the pipeline would hand them over. */
function runsOf(messages: readonly Envelope<unknown>[]): Envelope<unknown>[][] {
  const runs: Envelope<unknown>[][] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    if (last?.[0]?.type.fullName === message.type.fullName) last.push(message);
    else runs.push([message]);
  }
  return runs;
}
