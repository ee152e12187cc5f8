import { Decimal, StockMoved, type EventId } from '@wardline/event-contracts';
import { newEventId, type Envelope } from '@wardline/event-handling';
import { Outbox, Parking } from '@wardline/outbox';
import { envelopeOf, testCodec, testDatabase, testMorning, type TestData, type TestDatabase } from '@wardline/testing';
import type { AdapterConfig } from '../src/config.js';
import { takeLease, type Lease } from '../src/lease.store.js';
import { migrations } from '../src/migrations.js';
import { PostMovement } from '../src/post-movement/post-movement.handler.js';
import { odooDocuments } from '../src/posting/odoo-documents.js';
import { PostingLane } from '../src/posting/posting-lane.js';
import { SettlePostings, type Settlement } from '../src/posting/settle-postings.js';
import { FailingOdoo, hospitalSql } from './failing-odoo.js';

const lane = '1/ward-consumption';

/** Settings that tests vary. */
export type Settings = Pick<AdapterConfig, 'POSTING_POLICY' | 'POSTING_LINGER_MS' | 'POSTING_MAX_PENDING'>;

/** The adapter's posting on a real database with an Odoo that fails as told. */
export class PostingBench {
  odoo = new FailingOdoo();
  handler: PostMovement;
  now = new Date(testMorning.getTime() + 1_000);
  #lease!: Lease;

  private constructor(
    readonly database: TestDatabase,
    private readonly outbox: Outbox,
    private readonly settings: Partial<Settings>,
  ) {
    this.handler = this.#newHandler();
  }

  static async open(settings: Partial<Settings> = {}): Promise<PostingBench> {
    const database = await testDatabase(migrations);
    const outbox = new Outbox(await testCodec(), { now: () => new Date() }, 'odoo-adapter');
    return new PostingBench(database, outbox, settings);
  }

  /** Begins a test: an empty queue, an Odoo without transfers, the hospital's master data. */
  async reset(): Promise<void> {
    await this.database.query(
      'TRUNCATE checkpoint, posting, lease, provisioned, poll_cursor, opening_balances, master_record, delivery.outbox, delivery.parked CASCADE',
    );
    await this.database.query(hospitalSql);
    this.handler = this.#newHandler();
    this.odoo = new FailingOdoo();
    this.now = new Date(testMorning.getTime() + 1_000);
    this.#lease = await this.lease('first');
  }

  #newHandler(): PostMovement {
    const settings = { POSTING_POLICY: [], POSTING_LINGER_MS: 0, POSTING_MAX_PENDING: 1_000, ...this.settings };
    return new PostMovement(settings as unknown as AdapterConfig);
  }

  async lease(owner: string): Promise<Lease> {
    await this.database.query(`UPDATE lease SET lease_until = now() - interval '1 second'`);
    return (await takeLease(this.database, lane, owner, 60_000))!;
  }

  /** Hands a movement to the handler as the pipeline would; answers its envelope. */
  async move(change: Partial<TestData<StockMoved>> = {}): Promise<Envelope<StockMoved>> {
    const data: TestData<StockMoved> = {
      ...({
        movementType: 'CONSUMPTION',
        productCode: 'GLOVE-M',
        fromLocation: 'NORTH-ICU',
        toLocation: 'Consumption',
      } as const),
      ...{
        lotNumber: null,
        serialNumber: null,
        expiryDate: null,
        quantity: new Decimal(1),
        unit: 'Units',
        reverses: null,
      },
      ...{ ledgerPosition: 1n, actor: 'cabinet-7', interface: 'clinical.consumption', reason: null },
      ...{ transferReference: null, documentReference: null },
      ...change,
    };
    const envelope = envelopeOf(StockMoved, data, {
      eventId: newEventId(this.now),
      key: `${data.fromLocation}/${data.productCode}`,
    });
    await this.take(envelope);
    return envelope;
  }

  async take(envelope: Envelope<StockMoved>): Promise<void> {
    await this.database.transaction((tx) => this.handler.handleBatch([envelope], tx));
  }

  round(lease = this.#lease): Promise<Settlement | null> {
    const clock = { now: () => this.now };
    const settle = new SettlePostings(
      this.database,
      this.outbox,
      new Parking('odoo-adapter', this.outbox, clock),
      clock,
    );
    const pace = { batchSize: 200, clock, settled: () => undefined };
    const odoo = odooDocuments(this.odoo, this.database);
    return new PostingLane(this.database, odoo, settle, pace).round(lane, lease);
  }

  /** States of events, in the order given. */
  async states(...envelopes: readonly Envelope<StockMoved>[]): Promise<string[]> {
    const rows = await this.database.query<{ event_id: EventId; state: string }>('SELECT event_id, state FROM posting');
    const byId = new Map(rows.map(({ event_id: id, state }) => [id, state]));
    return envelopes.map(({ eventId }) => byId.get(eventId) ?? 'none');
  }
}

/** The external id of an event's own document. */
export function documentOf({ eventId }: Envelope<StockMoved>): string {
  return `stock_moved_${eventId}`;
}
