import { ConsumptionAccepted, StockMoved, Topic, type EventId } from '@wardline/event-contracts';
import {
  businessEvent,
  deriveEventId,
  Fenced,
  Handles,
  Paused,
  Reject,
  RetryLater,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type InboundRecord,
  type Transaction,
} from '@wardline/event-handling';
import { jsonCodec, noMetrics, quietLog, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HandlerRegistry } from './handler-registry.js';
import { InterventionRefused, Interventions } from './interventions.js';
import { Outbox } from './outbox.js';
import { ParkedDrain } from './parked-drain.js';
import { Parking } from './parking.js';
import { MessagePipeline, type PipelineOptions } from './pipeline.js';

let database: TestDatabase;
let now: Date;
let offset: bigint;
let failures: Map<string, () => Error>;

/** Books one row and tells of it, unless the test says that it fails. */
@Handles(ConsumptionAccepted)
class Book implements Handler<ConsumptionAccepted> {
  async handle({ data, key }: Envelope<ConsumptionAccepted>, tx: Transaction): Promise<BusinessEvent[]> {
    await tx.query('INSERT INTO booked (reason) VALUES ($1)', [data.reason]);
    const failure = failures.get(data.reason ?? '');
    if (failure !== undefined) throw failure();
    return [told(key!, data.reason!)];
  }
  onWaiting({ data, key }: Envelope<ConsumptionAccepted>, ahead: { code: string }): BusinessEvent[] {
    return [told(key!, `${data.reason} waits behind ${ahead.code}`)];
  }
  onAbandoned(
    { data, key }: Envelope<ConsumptionAccepted>,
    _tx: Transaction,
    { by, reason }: Abandonment,
  ): Promise<BusinessEvent[]> {
    return Promise.resolve([told(key!, `${data.reason} abandoned by ${by}: ${reason}`)]);
  }
}

function told(key: string, reason: string): BusinessEvent {
  return businessEvent(Topic.InventoryStock, key, StockMoved, { occurredAt: now, reason } as never);
}

beforeEach(async () => {
  database = await testDatabase();
  await database.query('CREATE TABLE booked (id bigint GENERATED ALWAYS AS IDENTITY, reason text NOT NULL)');
  now = new Date('2026-11-21T08:00:00Z');
  offset = 0n;
  failures = new Map();
});
afterEach(() => database.close());

function service(
  handlers: object[] = [new Book()],
): PipelineOptions & { pipeline: MessagePipeline; drain: ParkedDrain; interventions: Interventions; parking: Parking } {
  const clock = { now: () => now };
  const outbox = new Outbox(jsonCodec, clock, 'test');
  const options = {
    consumer: 'test',
    database,
    outbox,
    codec: jsonCodec,
    registry: new HandlerRegistry(handlers),
    clock,
    log: quietLog,
    metrics: noMetrics,
  };
  return {
    ...options,
    pipeline: new MessagePipeline(options),
    drain: new ParkedDrain(options),
    interventions: new Interventions(options, () => undefined),
    parking: new Parking('test', outbox, clock),
  };
}

function record(
  key: string | null,
  reason: string,
  overrides: Partial<InboundRecord> & { eventId?: EventId } = {},
): InboundRecord {
  const eventId = overrides.eventId ?? deriveEventId(`${key}/${reason}`, 'test', now);
  const data = { eventId, correlationId: eventId, occurredAt: now, reason };
  const value = jsonCodec.encode({
    topic: Topic.InventoryConsumption,
    key: key ?? '-',
    type: ConsumptionAccepted as never,
    data,
  });
  return {
    topic: Topic.InventoryConsumption,
    partition: 0,
    offset: offset++,
    key: key === null ? null : Buffer.from(key),
    value,
    headers: {},
    timestamp: now,
    ...overrides,
  };
}

async function deliver(pipeline: MessagePipeline, ...records: InboundRecord[]): Promise<bigint> {
  return pipeline.process(records, await pipeline.claim(Topic.InventoryConsumption, 0));
}

async function booked(): Promise<string[]> {
  return (await database.query<{ reason: string }>('SELECT reason FROM booked ORDER BY id')).map((row) => row.reason);
}

async function published(topic: string): Promise<Record<string, unknown>[]> {
  const rows = await database.query<{ payload: Buffer }>(
    'SELECT payload FROM delivery.outbox WHERE topic = $1 ORDER BY id',
    [topic],
  );
  return rows.map((row) => (JSON.parse(row.payload.toString()) as { data: Record<string, unknown> }).data);
}

async function drainAll(drain: ParkedDrain): Promise<void> {
  while (await drain.drainOne());
}

function pass(ms: number): void {
  now = new Date(now.getTime() + ms);
}

const missing = (): Reject =>
  new Reject('UNKNOWN_PRODUCT', 'no such product', {
    class: 'DATA',
    awaits: ['product:A'],
    publish: [told('ICU/A', 'held')],
  });

describe('the consumer pipeline', () => {
  it('commits inbox, state, events and position together, and answers the next offset', async () => {
    const { pipeline } = service();
    expect(await deliver(pipeline, record('ICU/A', '1'), record('ICU/B', '2'))).toBe(2n);
    expect(await booked()).toEqual(['1', '2']);
    expect((await published(Topic.InventoryStock)).map((event) => event['reason'])).toEqual(['1', '2']);
    expect(await pipeline.claim(Topic.InventoryConsumption, 0)).toEqual({ generation: 2, nextOffset: 2n });
  });

  it('applies a redelivered batch, and a repeat under another offset, once', async () => {
    const { pipeline } = service();
    const batch = [record('ICU/A', '1'), record('ICU/A', '2')];
    await deliver(pipeline, ...batch);
    await deliver(pipeline, ...batch);
    await deliver(
      pipeline,
      { ...batch[0]!, offset: offset++ },
      { ...batch[0]!, offset: offset++ },
      record('ICU/A', '3'),
    );
    expect(await booked()).toEqual(['1', '2', '3']);
  });

  it('keeps nothing of a batch when the database refuses the commit, and says so to the transport', async () => {
    const { pipeline } = service();
    failures.set('2', () => Object.assign(new Error('terminating connection'), { code: '57P01' }));
    await expect(deliver(pipeline, record('ICU/A', '1'), record('ICU/A', '2'))).rejects.toThrow(
      'terminating connection',
    );
    expect(await booked()).toEqual([]);
    expect((await pipeline.claim(Topic.InventoryConsumption, 0)).nextOffset).toBeNull();
  });

  it('refuses the batch of an instance whose partition was taken over', async () => {
    const { pipeline } = service();
    const stale = await pipeline.claim(Topic.InventoryConsumption, 0);
    await pipeline.claim(Topic.InventoryConsumption, 0);
    await expect(pipeline.process([record('ICU/A', '1')], stale)).rejects.toThrow(Fenced);
    expect(await booked()).toEqual([]);
  });

  it('pauses for a dependency that is away and parks nothing for it', async () => {
    const { pipeline } = service();
    failures.set('2', () => new RetryLater('Odoo is away', { class: 'DEPENDENCY', after: 700 }));
    const away = deliver(pipeline, record('ICU/A', '1'), record('ICU/A', '2'));
    await expect(away).rejects.toThrow(Paused);
    expect(await booked()).toEqual([]);
    expect(await database.query('SELECT 1 FROM delivery.parked')).toEqual([]);
  });

  it('undoes what a failing handler wrote, parks its message and goes on with the rest of the batch', async () => {
    const { pipeline } = service();
    failures.set('bad', missing);
    await deliver(pipeline, record('ICU/A', 'bad'), record('ICU/B', '1'), record('ICU/C', '2'));
    expect(await booked()).toEqual(['1', '2']);
    expect((await published(Topic.InventoryStock)).map((event) => event['reason']).sort()).toEqual(['1', '2', 'held']);
    const raised = await published(Topic.OperationsException);
    expect(raised).toMatchObject([
      { code: 'UNKNOWN_PRODUCT', exceptionClass: 'DATA', owner: 'master-data', messageKey: 'ICU/A', attempts: 1 },
    ]);
  });

  it('skips a known record type without handler and parks one that the catalogue does not know', async () => {
    const { pipeline } = service();
    const other = jsonCodec.encode({
      topic: Topic.InventoryStock,
      key: 'k',
      type: StockMoved as never,
      data: { eventId: deriveEventId('x', 'y', now) },
    });
    const unknown = Buffer.from(JSON.stringify({ type: 'org.wardline.inventory.Teleported', data: {} }));
    await deliver(
      pipeline,
      { ...record('ICU/A', '-'), value: other },
      { ...record('ICU/A', '-'), value: unknown },
      record('ICU/A', '1'),
    );
    expect(await booked()).toEqual(['1']);
    expect(await database.query('SELECT code, state FROM delivery.parked')).toEqual([
      { code: 'UNKNOWN_TYPE', state: 'parked' },
    ]);
  });

  it('parks what cannot be read without holding its key: garbage cannot stop a ward', async () => {
    const { pipeline } = service();
    await deliver(
      pipeline,
      { ...record('ICU/A', '-'), value: Buffer.from('!') },
      { ...record('ICU/A', '-'), value: null },
      record('ICU/A', '1'),
    );
    expect(await booked()).toEqual(['1']);
    const parked = await database.query('SELECT code, holds_key, owner FROM delivery.parked ORDER BY id');
    expect(parked).toEqual([
      { code: 'UNDECODABLE', holds_key: false, owner: 'source-system' },
      { code: 'EMPTY_VALUE', holds_key: false, owner: 'source-system' },
    ]);
  });

  it('finds the one bad message in a batch of 300 and applies all others in order', async () => {
    const { pipeline } = service();
    failures.set('137', missing);
    await deliver(pipeline, ...Array.from({ length: 300 }, (_, index) => record(`ICU/${index % 7}`, String(index))));
    const behind = Array.from({ length: 300 }, (_, index) => index).filter(
      (index) => index % 7 === 137 % 7 && index >= 137,
    );
    expect(await booked()).toEqual(
      Array.from({ length: 300 }, (_, index) => index)
        .filter((index) => !behind.includes(index))
        .map(String),
    );
    expect((await database.query(`SELECT 1 FROM delivery.parked WHERE state = 'waiting'`)).length).toBe(
      behind.length - 1,
    );
  });
});

describe('a parked message', () => {
  it('holds back the later ones of its key and no other; after the cause is mended they apply in order', async () => {
    const { pipeline, drain, parking } = service();
    failures.set('a1', missing);
    await deliver(pipeline, record('ICU/A', 'a1'), record('ICU/A', 'a2'), record('ICU/B', 'b1'));
    await deliver(pipeline, record('ICU/A', 'a3'), record('ICU/B', 'b2'));
    expect(await booked()).toEqual(['b1', 'b2']);
    await drainAll(drain);
    expect(await booked()).toEqual(['b1', 'b2']);
    failures.clear();
    expect(await database.transaction((tx) => parking.release(tx, ['product:A', 'product:B']))).toBe(1);
    await drainAll(drain);
    await deliver(pipeline, record('ICU/A', 'a4'));
    expect(await booked()).toEqual(['b1', 'b2', 'a1', 'a2', 'a3', 'a4']);
    const stock = (await published(Topic.InventoryStock)).map((event) => event['reason']);
    expect(stock).toContain('a2 waits behind UNKNOWN_PRODUCT');
    expect(await published(Topic.OperationsException)).toMatchObject([
      { code: 'UNKNOWN_PRODUCT' },
      { outcome: 'DONE' },
    ]);
  });

  it('comes back by itself when its data arrived without a signal', async () => {
    const { pipeline, drain } = service();
    failures.set('a1', missing);
    await deliver(pipeline, record('ICU/A', 'a1'));
    failures.clear();
    await drainAll(drain);
    expect(await booked()).toEqual([]);
    pass(5_000);
    await drainAll(drain);
    expect(await booked()).toEqual(['a1']);
  });

  it('is told to the world again only when it waits for something else', async () => {
    const { pipeline, drain } = service();
    failures.set('a1', missing);
    await deliver(pipeline, record('ICU/A', 'a1'));
    pass(5_000);
    await drainAll(drain);
    failures.set(
      'a1',
      () => new Reject('UNKNOWN_LOT', 'no such lot', { class: 'DATA', publish: [told('ICU/A', 'held for a lot')] }),
    );
    pass(30_000);
    await drainAll(drain);
    expect((await published(Topic.InventoryStock)).map((event) => event['reason'])).toEqual(['held', 'held for a lot']);
    expect(await published(Topic.OperationsException)).toHaveLength(1);
  });

  it('with a technical fault is tried five times with growing pauses, then waits for the platform team', async () => {
    const { pipeline, drain } = service();
    failures.set('a1', () => new TypeError('x is undefined'));
    await deliver(pipeline, record('ICU/A', 'a1'));
    expect(await published(Topic.OperationsException)).toEqual([]);
    for (const pause of [1_000, 5_000, 30_000, 120_000]) {
      pass(pause);
      await drainAll(drain);
    }
    expect(await database.query('SELECT state, attempts, owner, next_attempt_at FROM delivery.parked')).toEqual([
      { state: 'parked', attempts: 5, owner: 'platform', next_attempt_at: null },
    ]);
    expect(await published(Topic.OperationsException)).toMatchObject([{ code: 'TECHNICAL_FAULT', attempts: 5 }]);
    expect(await database.query('SELECT attempt FROM delivery.parked_attempt')).toHaveLength(5);
  });

  it('is retried on a person’s word, and a second decision about a settled one is refused', async () => {
    const { pipeline, drain, interventions } = service();
    failures.set('a1', () => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' }));
    await deliver(pipeline, record('ICU/A', 'a1'), record('ICU/A', 'a2'));
    const [first, second] = (await interventions.list({})).items;
    await expect(interventions.retry(second!.exceptionId, 'a.meyer')).rejects.toThrow(InterventionRefused);
    failures.clear();
    await interventions.retry(first!.exceptionId, 'a.meyer');
    await drainAll(drain);
    expect(await booked()).toEqual(['a1', 'a2']);
    expect(await interventions.show(first!.exceptionId)).toMatchObject({
      state: 'done',
      settledBy: 'a.meyer',
      history: [{ code: 'LOT_RECALLED' }],
    });
    await expect(interventions.abandon(first!.exceptionId, { by: 'a.meyer', reason: 'too late' })).rejects.toThrow(
      'is done already',
    );
    await expect(interventions.retry('00000000-0000-7000-8000-000000000000', 'a.meyer')).rejects.toThrow(
      'no parked message',
    );
  });

  it('is abandoned only by a named person with a reason; then the key goes on', async () => {
    const { pipeline, drain, interventions } = service();
    failures.set('a1', () => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' }));
    await deliver(pipeline, record('ICU/A', 'a1'), record('ICU/A', 'a2'));
    const [first] = (await interventions.list({ state: ['parked'] })).items;
    await interventions.abandon(first!.exceptionId, { by: 'a.meyer', reason: 'counted by hand' });
    await drainAll(drain);
    expect(await booked()).toEqual(['a2']);
    expect((await published(Topic.InventoryStock)).map((event) => event['reason'])).toContain(
      'a1 abandoned by a.meyer: counted by hand',
    );
    expect(await published(Topic.OperationsException)).toMatchObject([
      {},
      { outcome: 'ABANDONED', by: 'a.meyer', reason: 'counted by hand' },
    ]);
  });

  it('may be parked after the fact by the service itself, and holds its key from then on', async () => {
    const { pipeline, drain, parking, interventions } = service();
    const taken = record('ICU/A', 'a1');
    await deliver(pipeline, taken);
    const eventId = deriveEventId('ICU/A/a1', 'test', now);
    const reject = new Reject('ODOO_VALIDATION', 'lot missing', { class: 'BUSINESS' });
    await database.transaction((tx) =>
      parking.park(
        tx,
        { record: taken, eventId, correlationId: eventId, typeName: ConsumptionAccepted.fullName },
        reject,
      ),
    );
    await deliver(pipeline, record('ICU/A', 'a2'));
    expect(await booked()).toEqual(['a1']);
    const [parked] = (await interventions.list({ code: 'ODOO_VALIDATION' })).items;
    await interventions.retry(parked!.exceptionId, 'a.meyer');
    await drainAll(drain);
    expect(await booked()).toEqual(['a1', 'a1', 'a2']);
  });

  it('is drained by several instances at once without breaking the order of its key', async () => {
    const { pipeline, drain, parking } = service();
    const other = service();
    for (const key of ['A', 'B', 'C']) failures.set(`${key}0`, missing);
    const records = ['A', 'B', 'C'].flatMap((key) =>
      Array.from({ length: 8 }, (_, index) => record(`ICU/${key}`, `${key}${index}`)),
    );
    await deliver(pipeline, ...records);
    failures.clear();
    await database.transaction((tx) => parking.release(tx, ['product:A']));
    const work = async (instance: ParkedDrain): Promise<void> => {
      for (let idle = 0; idle < 5;) idle = (await instance.drainOne()) ? 0 : idle + 1;
    };
    await Promise.all([work(drain), work(other.drain), work(drain)]);
    const order = await booked();
    for (const key of ['A', 'B', 'C'])
      expect(order.filter((reason) => reason.startsWith(key))).toEqual(
        Array.from({ length: 8 }, (_, index) => `${key}${index}`),
      );
  });
});

describe('listing handlers', () => {
  it('refuses a class without @Handles and two handlers of one record type', () => {
    expect(() => new HandlerRegistry([{}])).toThrow('no @Handles');
    expect(() => new HandlerRegistry([new Book(), new Book()])).toThrow(
      'both handle org.wardline.clinical.ConsumptionAccepted',
    );
  });
});
