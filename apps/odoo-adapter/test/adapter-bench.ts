import { Decimal, StockMoved } from '@wardline/event-contracts';
import { newEventId, type Envelope } from '@wardline/event-handling';
import { Outbox, Parking } from '@wardline/outbox';
import {
  envelopeOf,
  outboxOf,
  silentLog,
  testCodec,
  testDatabase,
  type PublishedEvent,
  type TestData,
  type TestDatabase,
} from '@wardline/testing';
import type { AdapterConfig } from '../src/config.js';
import { takeLease, type Lease } from '../src/lease.store.js';
import { OdooReading } from '../src/master-data/odoo-reading.js';
import { migrations } from '../src/migrations.js';
import { OdooConnection } from '../src/odoo-connection.js';
import { PostMovement } from '../src/post-movement/post-movement.handler.js';
import { odooDocuments } from '../src/posting/odoo-documents.js';
import { PostingLane } from '../src/posting/posting-lane.js';
import { busyLanes } from '../src/posting/posting.store.js';
import { SettlePostings } from '../src/posting/settle-postings.js';

const quiet = { called: () => undefined, circuit: () => undefined };
const clock = { now: () => new Date() };

/** The adapter's reading and posting on a database of its own, against an Odoo that runs. */
export class AdapterBench {
  readonly odoo: OdooConnection;
  readonly handler: PostMovement;
  readonly #reading: OdooReading;
  #polls = 0;

  private constructor(
    settings: AdapterConfig,
    readonly database: TestDatabase,
    private readonly outbox: Outbox,
    meddle: (odoo: OdooConnection) => OdooConnection,
  ) {
    const quick = { ...settings, POSTING_LINGER_MS: 0 };
    this.odoo = new OdooConnection(settings, quiet);
    this.handler = new PostMovement(quick);
    const parts = { database, outbox, parking: this.#parking(), clock };
    this.#reading = new OdooReading(meddle(this.odoo), parts, settings, silentLog);
  }

  /** Opens one; `meddle` may put something between the reading and Odoo. */
  static async open(
    settings: AdapterConfig,
    meddle: (odoo: OdooConnection) => OdooConnection = (odoo) => odoo,
  ): Promise<AdapterBench> {
    const database = await testDatabase(migrations);
    return new AdapterBench(settings, database, new Outbox(await testCodec(), clock, 'odoo-adapter'), meddle);
  }

  async close(): Promise<void> {
    this.odoo.close();
    await this.database.close();
  }

  async provision(): Promise<void> {
    await this.#reading.provision(await this.#lease('master-data'));
  }

  /** One round of reading. */
  async poll(): Promise<void> {
    await this.#reading.poll(await this.#lease('master-data'), (this.#polls += 1));
  }

  /** Hands a movement to the handler and lets the lanes work until they rest; answers the movement. */
  async post(change: Partial<TestData<StockMoved>>): Promise<Envelope<StockMoved>> {
    const data: TestData<StockMoved> = {
      ...({ movementType: 'TRANSFER', productCode: '', fromLocation: '', toLocation: '' } as const),
      ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(1), unit: 'Units' },
      ...{ transferReference: null, documentReference: null },
      ...{ reverses: null, ledgerPosition: 1n, actor: 'scanner-3', interface: 'warehouse.scan', reason: null },
      ...change,
    };
    const key = `${data.fromLocation}/${data.productCode}`;
    const envelope = envelopeOf(StockMoved, data, { eventId: newEventId(clock.now()), key, receivedAt: clock.now() });
    await this.database.transaction(async (tx) => {
      await this.outbox.add(tx, await this.handler.handleBatch([envelope], tx));
    });
    await this.work();
    return envelope;
  }

  async work(): Promise<void> {
    const odoo = odooDocuments(this.odoo, this.database);
    const settle = new SettlePostings(this.database, this.outbox, this.#parking(), clock);
    const lane = new PostingLane(this.database, odoo, settle, { batchSize: 200, clock, settled: () => undefined });
    for (const name of await busyLanes(this.database)) {
      const lease = await this.#lease(name);
      for (let settled = await lane.round(name, lease); settled !== null;) {
        if (settled.outage !== null) throw new Error(settled.outage);
        settled = await lane.round(name, lease);
      }
    }
  }

  /** What was published of a product, by record type. */
  async told(type: string, productCode: string): Promise<PublishedEvent[]> {
    const events = await outboxOf(this.database);
    return events.filter((event) => event.type === type && event.data['productCode'] === productCode);
  }

  #parking(): Parking {
    return new Parking('odoo-adapter', this.outbox, clock);
  }

  async #lease(name: string): Promise<Lease> {
    return (await takeLease(this.database, name, 'bench', 60_000))!;
  }
}
