import {
  ConsumptionAccepted,
  Decimal,
  LocationChanged,
  LotChanged,
  ProductChanged,
  StockOperationRecorded,
  UnitChanged,
  type EventId,
} from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent } from '@wardline/event-handling';
import { HandlerRegistry, Interventions, MessagePipeline, Outbox, ParkedDrain, Parking } from '@wardline/outbox';
import { noMetrics, outboxOf, silentLog, testCodec, testDatabase, testMorning } from '@wardline/testing';
import type { PublishedEvent, TestDatabase } from '@wardline/testing';
import { PeriodClosingStore } from '../src/closed-periods/period-closing.store.js';
import { IssueConsumedStock } from '../src/issue-consumed-stock/issue-consumed-stock.handler.js';
import { MasterDataStore } from '../src/master-data.store.js';
import { migrations } from '../src/migrations.js';
import { StockLedger } from '../src/stock-ledger.store.js';
import { StockOperationStore } from '../src/stock-operation.store.js';
import { StockPictureStore } from '../src/stock-picture.store.js';
import { TakeLocation } from '../src/take-master-data/take-location.handler.js';
import { TakeLot } from '../src/take-master-data/take-lot.handler.js';
import { TakeProduct } from '../src/take-master-data/take-product.handler.js';
import { TakeUnit } from '../src/take-master-data/take-unit.handler.js';
import { FactLoader } from '../src/take-stock-operation/load-facts.js';
import { Settlement } from '../src/take-stock-operation/settlement.js';
import { TakeStockOperation } from '../src/take-stock-operation/take-stock-operation.handler.js';

const rules = { countApprovalLimit: new Decimal(100), overrideRoles: ['pharmacist'], maxClockSkew: 300_000 };

type Change = Partial<Omit<StockOperationRecorded, 'product' | 'location' | 'toLocation' | 'quantity'>>;

/** What a test says of an operation: codes and numbers; everything else is as usual. */
export interface Told extends Change {
  readonly product?: string;
  readonly at?: string;
  readonly to?: string;
  readonly quantity?: number | string;
  readonly expected?: number;
}

/** A record as a scanner sends it: ten gloves received at the dock, unless the test says otherwise. */
export function recorded(told: Told = {}): StockOperationRecorded {
  const { product = 'GLOVE-M', at = 'DOCK', to, quantity = 10, expected, ...change } = told;
  const eventId = change.eventId ?? newEventId(testMorning);
  return {
    ...{ eventId, occurredAt: testMorning, recordedAt: null, source: 'scanner-3', correlationId: eventId },
    ...{ causationId: null, sequence: null, operation: 'RECEIVED', reverses: null },
    product: { scheme: /^\d{8,14}$/.test(product) ? 'GTIN' : 'INTERNAL', value: product, supplierCode: null },
    location: { scheme: 'CODE', value: at },
    toLocation: to === undefined ? null : { scheme: 'CODE', value: to },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(quantity), unit: 'EA' },
    expectedQuantity: expected === undefined ? null : new Decimal(expected),
    ...{ condition: null, temperatureLogReference: null },
    ...{ transferReference: null, documentReference: null, performerRef: 'staff-1', approverRef: null, reason: null },
    ...change,
  };
}

/** The record that undoes another one, with what that one says. */
export function undoing(original: StockOperationRecorded, change: Change = {}): StockOperationRecorded {
  const eventId = newEventId(testMorning);
  const { product, location, lotNumber, serialNumber, quantity, unit } = original;
  const same = { product, location, lotNumber, serialNumber, quantity, unit };
  return { ...recorded({ eventId, operation: 'REVERSED' }), ...same, reverses: original.eventId, ...change };
}

/** The stock operations of the service on a real database with the real pipeline and Avro; a test plays the broker. */
export class StockDesk {
  #offset = 0n;
  readonly interventions: Interventions;
  readonly #pipeline: MessagePipeline;
  readonly #drain: ParkedDrain;

  private constructor(
    readonly database: TestDatabase,
    private readonly codec: Awaited<ReturnType<typeof testCodec>>,
  ) {
    const clock = { now: () => testMorning };
    const outbox = new Outbox(codec, clock, 'inventory-sync');
    const registry = new HandlerRegistry(handlersOf(new Parking('inventory-sync', outbox, clock)));
    const parts = {
      consumer: 'inventory-sync',
      database,
      outbox,
      codec,
      registry,
      clock,
      log: silentLog,
      metrics: noMetrics,
    };
    this.#pipeline = new MessagePipeline(parts);
    this.#drain = new ParkedDrain(parts);
    this.interventions = new Interventions(parts, () => undefined);
  }

  /** A desk that knows gloves (no tracking), sutures (lots), pumps (serials), and four places. */
  static async open(): Promise<StockDesk> {
    const desk = new StockDesk(await testDatabase(migrations), await testCodec());
    await desk.deliver(unit('Units', 1), unit('Pack of 6', 6, 'Units'), unit('mL', 1));
    await desk.deliver(product('GLOVE-M', 'NONE'), product('SUTURE', 'LOT'), product('PUMP', 'SERIAL'));
    await desk.deliver(...['DOCK', 'STORE', 'NORTH-ICU', 'SOUTH-ER'].map((code) => place(code)));
    return desk;
  }

  /** Forgets all that was handled and keeps the master data. */
  async reset(): Promise<void> {
    await this.database.query(`ALTER TABLE stock_movement DISABLE TRIGGER stock_movement_append_only;
      TRUNCATE stock_movement, stock_balance, stock_operation, stock_operation_sequence, lot,
        delivery.outbox, delivery.parked CASCADE;
      ALTER TABLE stock_movement ENABLE TRIGGER stock_movement_append_only`);
  }

  /** Delivers events of one topic as one batch, the way the transport does. */
  async deliver(...events: BusinessEvent[]): Promise<void> {
    const records = events.map((event) => ({
      ...{ topic: event.topic, partition: 0, offset: this.#offset++, key: Buffer.from(event.key) },
      ...{ value: this.codec.encode(event), headers: {}, timestamp: testMorning },
    }));
    await this.#pipeline.process(records, await this.#pipeline.claim(events[0]!.topic, 0));
  }

  /** Sends records of operations as one batch; answers their receipts of this delivery in order. */
  async take(...records: StockOperationRecorded[]): Promise<string[]> {
    const before = (await this.receipts()).length;
    await this.deliver(...records.map(sent));
    return (await this.receipts()).slice(before);
  }

  /** Tries everything that is due, as the running service does. */
  async drain(): Promise<void> {
    while (await this.#drain.drainOne());
  }

  /** Receipts so far: outcome, then operation and warnings, or the code. */
  async receipts(): Promise<string[]> {
    const events = await this.published('warehouse.scan-receipt');
    return events.map(({ type, data }) =>
      [
        type.replace('StockOperation', ''),
        data['operation'] ?? data['code'],
        ...((data['warnings'] ?? []) as string[]),
      ].join(' '),
    );
  }

  async published(topic: string): Promise<PublishedEvent[]> {
    return (await outboxOf(this.database)).filter((event) => event.topic === topic);
  }

  /** Balances other than zero by place, product and lot or serial; proves on the way that the ledger holds. */
  async balances(): Promise<Record<string, string>> {
    const different = await this.database.query('SELECT * FROM stock_balance_difference');
    const unequal = await this.database.query(
      'SELECT product_code FROM stock_balance GROUP BY product_code HAVING sum(quantity) <> 0',
    );
    if (different.length + unequal.length > 0)
      throw new Error(`The ledger does not hold: ${JSON.stringify([different, unequal])}`);
    const rows = await this.database.query<{ place: string; quantity: string }>(
      `SELECT concat_ws(' ', location, product_code, nullif(lot_number, ''), nullif(serial_number, '')) AS place, quantity
       FROM stock_balance WHERE quantity <> 0 ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ place: key, quantity }) => [key, new Decimal(quantity).toString()]));
  }

  async parked(): Promise<Record<string, unknown>[]> {
    return this.database.query('SELECT id, code, state, class, owner, awaits FROM delivery.parked ORDER BY id');
  }
}

function handlersOf(parking: Parking): object[] {
  const [operations, masterData, ledger] = [new StockOperationStore(), new MasterDataStore(), new StockLedger()];
  const pictures = new StockPictureStore();
  const facts = new FactLoader(operations, masterData, ledger, pictures);
  const settlement = new Settlement(operations, ledger, masterData, parking);
  return [
    new TakeStockOperation(facts, settlement, new PeriodClosingStore(), rules),
    new IssueConsumedStock(ledger, parking, pictures),
    ...[new TakeProduct(masterData, parking), new TakeLocation(masterData, parking)],
    ...[new TakeUnit(masterData, parking), new TakeLot(masterData, parking)],
  ];
}

/** What consumption-ingest accepted: one piece used at the ICU unless the test says otherwise. */
export function used(change: Partial<ConsumptionAccepted>): BusinessEvent {
  const quantity = change.quantity ?? new Decimal(1);
  const data = {
    ...{ ...header(), source: 'consumption-ingest', recordEventId: newEventId(testMorning), recordSource: 'cabinet-7' },
    ...{
      sequence: null,
      kind: 'USED',
      reverses: null,
      reason: null,
      productCode: 'GLOVE-M',
      locationCode: 'NORTH-ICU',
    },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity, unit: 'Units', warnings: [] },
    ...{ recordedQuantity: quantity, recordedUnit: 'Units', ...change },
  };
  const key = `${data.locationCode}/${data.productCode}`;
  return businessEvent('inventory.consumption', key, ConsumptionAccepted, data as never);
}

/** The record on its topic. */
export function sent(record: StockOperationRecorded): BusinessEvent {
  const key = `${record.location.value}/${record.product.value}`;
  return businessEvent('warehouse.scan', key, StockOperationRecorded, record as never);
}

function header(): { eventId: EventId } & Record<string, unknown> {
  const eventId = newEventId(testMorning);
  const times = { occurredAt: testMorning, recordedAt: testMorning };
  return { eventId, ...times, source: 'odoo-adapter', correlationId: eventId, causationId: null };
}

/** Odoo's word on a product counted in pieces. */
export function product(code: string, tracking: ProductChanged['tracking'], gtin: string | null = null): BusinessEvent {
  const data = {
    ...header(),
    ...{ productCode: code, name: code, gtin, tracking, unit: 'Units', packagings: [], supplierItems: [] },
    ...{ category: 'All', active: true, odooId: 7n },
  };
  return businessEvent('masterdata.product', code, ProductChanged, data as never);
}

/** Odoo's word on a place that holds stock. */
export function place(code: string, usage = 'internal'): BusinessEvent {
  const data = { ...header(), locationCode: code, name: `WH/${code}`, usage, company: null, active: true, odooId: 42n };
  return businessEvent('masterdata.location', code, LocationChanged, data as never);
}

/** Odoo's word on a lot or serial. */
export function lot(
  productCode: string,
  lotNumber: string,
  expiryDate: LotChanged['expiryDate'] = null,
): BusinessEvent {
  const data = { ...header(), productCode, lotNumber, expiryDate, locationCode: null, active: true, odooId: 9n };
  return businessEvent('masterdata.lot', `${productCode}/${lotNumber}`, LotChanged, data as never);
}

function unit(name: string, factor: number, rootUnit = name): BusinessEvent {
  const data = {
    ...header(),
    ...{ unit: name, factor: new Decimal(factor), rootUnit, rounding: new Decimal('0.01'), active: true, odooId: 1n },
  };
  return businessEvent('masterdata.unit', name, UnitChanged, data as never);
}
