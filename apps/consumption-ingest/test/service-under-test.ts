import type { BusinessEvent, EventCodec, Log, Transaction } from '@wardline/event-handling';
import {
  type Database,
  type DeliveryMetrics,
  HandlerRegistry,
  Interventions,
  MessagePipeline,
  Outbox,
  ParkedDrain,
  Parking,
  type MigrationClass,
} from '@wardline/outbox';
import { Settlement } from '../src/check-consumption/settlement.js';
import { CheckConsumption } from '../src/check-consumption/check-consumption.handler.js';
import { FactLoader } from '../src/check-consumption/load-facts.js';
import { ConsumptionRecordStore } from '../src/consumption-record.store.js';
import { AwaitedCodeStore } from '../src/crosswalk/awaited-code.store.js';
import { AwaitedCodeWatch } from '../src/crosswalk/awaited-code-watch.js';
import { CrosswalkController } from '../src/crosswalk/crosswalk.controller.js';
import { CrosswalkStore } from '../src/crosswalk/crosswalk.store.js';
import { LotStore } from '../src/lot.store.js';
import { MasterDataStore } from '../src/master-data.store.js';
import { migrations } from '../src/migrations.js';
import { ReceiptController } from '../src/show-receipt/receipt.controller.js';
import { ReceiptStore } from '../src/show-receipt/receipt.store.js';
import { TakeLocation } from '../src/take-master-data/take-location.handler.js';
import { TakeLot } from '../src/take-master-data/take-lot.handler.js';
import { TakeProduct } from '../src/take-master-data/take-product.handler.js';
import { TakeUnit } from '../src/take-master-data/take-unit.handler.js';
import { morning } from './builders.js';

const limits = { maxClockSkew: 300_000, maxRecordAge: 30 * 86_400_000 };
const day = 86_400_000;

interface PublishedEvent {
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** What `@wardline/testing` gives; only specs may import it. */
interface TestSupport {
  testDatabase(migrations: readonly MigrationClass[]): Promise<Database>;
  testCodec(): Promise<EventCodec>;
  outboxOf(database: Pick<Transaction, 'query'>, codec: EventCodec): Promise<PublishedEvent[]>;
  readonly silentLog: Log;
  readonly noMetrics: DeliveryMetrics;
}

/** The service on a real database with the real pipeline and Avro; a test plays the broker and owns the clock. */
export class ServiceUnderTest {
  now = morning;
  #offset = 0n;
  readonly crosswalk: CrosswalkController;
  readonly receipts: ReceiptController;
  readonly awaited: AwaitedCodeWatch;
  readonly interventions: Interventions;
  readonly clock = { now: (): Date => this.now };
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly #pipeline: MessagePipeline;
  readonly #drain: ParkedDrain;

  private constructor(
    private readonly support: TestSupport,
    readonly database: Database,
    private readonly codec: EventCodec,
  ) {
    const { clock } = this;
    const outbox = (this.outbox = new Outbox(codec, clock, 'consumption-ingest'));
    const parking = (this.parking = new Parking('consumption-ingest', outbox, clock));
    const registry = new HandlerRegistry(handlers(parking));
    const options = {
      consumer: 'consumption-ingest',
      database,
      outbox,
      codec,
      registry,
      clock,
      log: support.silentLog,
      metrics: support.noMetrics,
    };
    this.#pipeline = new MessagePipeline(options);
    this.#drain = new ParkedDrain(options);
    this.interventions = new Interventions(options, () => undefined);
    this.crosswalk = new CrosswalkController(database, new CrosswalkStore(), parking, clock);
    this.awaited = new AwaitedCodeWatch(database, outbox, new AwaitedCodeStore(parking), clock);
    this.receipts = new ReceiptController(new ReceiptStore(database));
  }

  static async start(support: TestSupport): Promise<ServiceUnderTest> {
    return new ServiceUnderTest(support, await support.testDatabase(migrations), await support.testCodec());
  }

  /** Delivers events of one topic as one batch on a partition. */
  async deliver(events: readonly BusinessEvent[], partition = 0): Promise<void> {
    const records = events.map((event) => ({
      ...{
        topic: event.topic,
        partition,
        offset: this.#offset++,
        key: Buffer.from(event.key),
        value: this.codec.encode(event),
      },
      ...{ headers: {}, timestamp: this.now },
    }));
    await this.#pipeline.process(records, await this.#pipeline.claim(events[0]!.topic, partition));
  }

  /** Delivers events one by one, whatever their topics. */
  async know(...events: readonly BusinessEvent[]): Promise<void> {
    for (const event of events) await this.deliver([event]);
  }

  /** Tries everything that is due, as the running service does. */
  async drain(): Promise<void> {
    while (await this.#drain.drainOne());
  }

  /** Receipts in the order of their publication, as `<code or outcome> <record>`. */
  async receiptLines(): Promise<string[]> {
    const events = await this.published('clinical.consumption-receipt');
    return events.map(
      ({ type, data }) =>
        `${type}${'code' in data ? ` ${data['code'] as string}` : ''} ${data['recordEventId'] as string}`,
    );
  }

  async published(topic: string): Promise<PublishedEvent[]> {
    const events = await this.support.outboxOf(this.database, this.codec);
    return events.filter((event) => event.topic === topic);
  }

  /** Lets days go by. */
  passDays(days: number): void {
    this.now = new Date(this.now.getTime() + days * day);
  }
}

function handlers(parking: Parking): object[] {
  const [records, masterData, lots] = [new ConsumptionRecordStore(), new MasterDataStore(), new LotStore()];
  const facts = new FactLoader(records, masterData, lots, new CrosswalkStore());
  const check = new CheckConsumption(facts, new Settlement(records, lots), limits);
  const takers = [
    new TakeProduct(masterData, parking),
    new TakeLocation(masterData, parking),
    new TakeUnit(masterData, parking),
  ];
  return [check, ...takers, new TakeLot(lots, parking)];
}
