import { ConsumptionAccepted, Decimal, Topic } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Transaction } from '@wardline/event-handling';
import { HandlerRegistry, MessagePipeline, Outbox, ParkedDrain, Parking } from '@wardline/outbox';
import { envelopeOf, noMetrics, outboxOf, silentLog, testCodec } from '@wardline/testing';
import { testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { StockLedger } from '../stock-ledger.store.js';
import { StockPictureStore } from '../stock-picture.store.js';
import { IssueConsumedStock } from './issue-consumed-stock.handler.js';

const codec = await testCodec();
const clock = { now: () => testMorning };
let database: TestDatabase;
let issueConsumedStock: IssueConsumedStock;
let pipeline: MessagePipeline;
let drain: ParkedDrain;
let offset: bigint;

beforeEach(start);
afterEach(() => database.close());

/** The service on a database of its own, without a broker. */
async function start(): Promise<void> {
  database = await testDatabase(migrations);
  const outbox = new Outbox(codec, clock, 'inventory-sync');
  issueConsumedStock = new IssueConsumedStock(
    new StockLedger(),
    new Parking('inventory-sync', outbox, clock),
    new StockPictureStore(),
  );
  const registry = new HandlerRegistry([issueConsumedStock]);
  const delivery = { consumer: 'inventory-sync', database, outbox, codec, registry };
  const parts = { ...delivery, clock, log: silentLog, metrics: noMetrics };
  pipeline = new MessagePipeline(parts);
  drain = new ParkedDrain(parts);
  offset = 0n;
}

/** Delivers events of one topic as one batch, the way the transport does. */
async function deliver(...events: BusinessEvent[]): Promise<void> {
  const records = events.map((event) => ({
    ...{ topic: event.topic, partition: 0, offset: offset++, key: Buffer.from(event.key), value: codec.encode(event) },
    ...{ headers: {}, timestamp: testMorning },
  }));
  await pipeline.process(records, await pipeline.claim(events[0]!.topic, 0));
}

function accepted(change: Partial<ConsumptionAccepted> = {}): BusinessEvent {
  const quantity = change.quantity ?? new Decimal(2);
  const recordEventId = newEventId(testMorning);
  const { data } = envelopeOf(ConsumptionAccepted, {
    ...{ recordEventId, recordSource: 'cabinet-7', sequence: null, kind: 'USED', reverses: null, reason: null },
    ...{ productCode: 'GLOVE-M', locationCode: 'NORTH-ICU', lotNumber: null, serialNumber: null, expiryDate: null },
    ...{ quantity, unit: 'Units', recordedQuantity: quantity, recordedUnit: 'Units', warnings: [], ...change },
  });
  const key = `${data.locationCode}/${data.productCode}`;
  return businessEvent(Topic.InventoryConsumption, key, ConsumptionAccepted, data);
}

function reversing(original: BusinessEvent, change: Partial<ConsumptionAccepted> = {}): BusinessEvent {
  const data = original.data as unknown as ConsumptionAccepted;
  const { productCode, locationCode, lotNumber, quantity } = data;
  return accepted({
    productCode,
    locationCode,
    lotNumber,
    quantity,
    kind: 'REVERSED',
    reverses: data.recordEventId,
    ...change,
  });
}

async function balances(): Promise<Record<string, string>> {
  const rows = await database.query<{ place: string; quantity: string }>(
    `SELECT concat_ws('/', location, product_code, nullif(lot_number, '')) AS place, quantity FROM stock_balance ORDER BY 1`,
  );
  expect(await database.query('SELECT * FROM stock_balance_difference')).toEqual([]);
  return Object.fromEntries(rows.map(({ place, quantity }) => [place, new Decimal(quantity).toString()]));
}

async function movementTypes(): Promise<string[]> {
  const rows = await database.query<{ movement_type: string }>(
    'SELECT movement_type FROM stock_movement ORDER BY position',
  );
  return rows.map((row) => row.movement_type);
}

async function parked(): Promise<Record<string, unknown>[]> {
  return database.query('SELECT code, state, owner, awaits FROM delivery.parked ORDER BY id');
}

async function stockMoved(): Promise<Record<string, unknown>[]> {
  const published = (await outboxOf(database)).filter(({ topic }) => topic === 'inventory.stock');
  return published.map(({ key, data }) => ({ key, ...data }));
}

describe('consumption that is accepted', () => {
  it('leaves the ward, and the world is told so', async () => {
    const use = accepted({ lotNumber: 'L1', quantity: new Decimal('2.5'), reason: 'operation' });
    await deliver(use);

    expect(await balances()).toEqual({ 'Consumption/GLOVE-M/L1': '2.5', 'NORTH-ICU/GLOVE-M/L1': '-2.5' });
    const [row] = await database.query('SELECT * FROM stock_movement');
    expect(row).toMatchObject({
      ...{
        position: '1',
        source_event_id: use.data['recordEventId'],
        lot_number: 'L1',
        serial_number: '',
        actor: 'cabinet-7',
      },
      ...{ interface: 'clinical.consumption', reason: 'operation', recorded_at: testMorning, reverses: null },
    });
    expect(await stockMoved()).toMatchObject([
      {
        ...{ key: 'NORTH-ICU/GLOVE-M', eventId: row!['event_id'], ledgerPosition: 1n, movementType: 'CONSUMPTION' },
        ...{
          fromLocation: 'NORTH-ICU',
          toLocation: 'Consumption',
          quantity: new Decimal('2.5'),
          source: 'inventory-sync',
        },
        ...{ correlationId: use.data['correlationId'], causationId: use.data['eventId'] },
      },
    ]);
  });

  it('is booked once however often it comes, even when the inbox has forgotten it', async () => {
    const use = accepted();
    await deliver(use, use);
    await deliver(use);
    await database.query('TRUNCATE delivery.inbox');
    await deliver(use);

    expect(await movementTypes()).toEqual(['CONSUMPTION']);
    expect(await balances()).toEqual({ 'Consumption/GLOVE-M': '2', 'NORTH-ICU/GLOVE-M': '-2' });
    expect(await stockMoved()).toHaveLength(1);
    expect(await parked()).toEqual([]);
  });

  it('that is wasted or returned moves the same way or back', async () => {
    await deliver(accepted({ kind: 'WASTED' }), accepted({ kind: 'RETURNED', quantity: new Decimal('0.000001') }));

    expect(await movementTypes()).toEqual(['WASTE', 'RETURN']);
    expect(await balances()).toEqual({ 'Consumption/GLOVE-M': '1.999999', 'NORTH-ICU/GLOVE-M': '-1.999999' });
  });

  it('of a batch of five hundred takes four statements and adds up to the same as batches of seven', async () => {
    const wards = ['NORTH-ICU', 'NORTH-OR', 'SOUTH-ER'];
    const day = Array.from({ length: 480 }, (_, n) =>
      accepted({ locationCode: wards[n % 3]!, quantity: new Decimal(n).plus(0.5) }),
    );
    day.push(...day.slice(0, 20).map((use) => reversing(use)));
    for (let first = 0; first < day.length; first += 7) await deliver(...day.slice(first, first + 7));
    const inSevens = await balances();
    await database.close();
    await start();

    const statements: string[] = [];
    const envelopes = day.map(({ data }) => envelopeOf(ConsumptionAccepted, data as unknown as ConsumptionAccepted));
    await database.transaction((tx) => {
      const counted: Transaction = {
        query: (sql, values) => (statements.push(sql), tx.query(sql, values)),
        write: (sql, values) => (statements.push(sql), tx.write(sql, values)),
      };
      return issueConsumedStock.handleBatch(envelopes, counted);
    });

    expect(await balances()).toEqual(inSevens);
    expect(await movementTypes()).toHaveLength(500);
    expect(statements).toHaveLength(4);
  });
});

describe('a reversal', () => {
  it('brings the stock back, once', async () => {
    const use = accepted({ lotNumber: 'L1' });
    await deliver(use, reversing(use));
    await deliver(reversing(use, { reason: 'entered twice' }));

    expect(await movementTypes()).toEqual(['CONSUMPTION', 'REVERSAL']);
    expect(await balances()).toEqual({ 'Consumption/GLOVE-M/L1': '0', 'NORTH-ICU/GLOVE-M/L1': '0' });
    const [original, undone] = await stockMoved();
    expect(undone).toMatchObject({ key: 'NORTH-ICU/GLOVE-M', reverses: original!['eventId'], lotNumber: 'L1' });
    expect(await parked()).toMatchObject([{ code: 'ALREADY_REVERSED', state: 'parked', owner: 'stores' }]);
  });

  it('that comes before its record waits for it and then goes on by itself', async () => {
    const use = accepted();
    const early = { ...reversing(use), key: 'another key' };
    await deliver(early, accepted({ productCode: 'SUTURE-4-0' }));
    expect(await parked()).toMatchObject([
      {
        code: 'REVERSAL_BEFORE_ORIGINAL',
        state: 'parked',
        awaits: [`consumption:${String(use.data['recordEventId'])}`],
      },
    ]);
    expect(await movementTypes()).toEqual(['CONSUMPTION']);

    await deliver(use);
    while (await drain.drainOne());

    expect(await parked()).toMatchObject([{ state: 'done' }]);
    expect(await movementTypes()).toEqual(['CONSUMPTION', 'CONSUMPTION', 'REVERSAL']);
    expect(await balances()).toMatchObject({ 'NORTH-ICU/GLOVE-M': '0', 'NORTH-ICU/SUTURE-4-0': '-2' });
  });

  it('that is wrong parks alone: its key waits behind it, the rest of the batch is booked', async () => {
    const use = accepted();
    await deliver(
      use,
      reversing(use, { quantity: new Decimal(1) }),
      accepted(),
      accepted({ locationCode: 'NORTH-OR' }),
    );

    expect(await parked()).toMatchObject([{ code: 'REVERSAL_DIFFERS', state: 'parked' }, { state: 'waiting' }]);
    expect(await balances()).toEqual({
      'Consumption/GLOVE-M': '4',
      'NORTH-ICU/GLOVE-M': '-2',
      'NORTH-OR/GLOVE-M': '-2',
    });
  });
});
