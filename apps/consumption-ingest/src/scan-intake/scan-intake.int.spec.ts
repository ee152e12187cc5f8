import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Decimal } from '@wardline/event-contracts';
import type { BusinessEvent } from '@wardline/event-handling';
import { Database, Outbox, Parking } from '@wardline/outbox';
import { CLOCK, LOG, METRICS } from '@wardline/service-defaults';
import { outboxOf, silentLog, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { morning, product } from '../../test/builders.js';
import { ConsumptionIngestModule } from '../consumption-ingest.module.js';
import { MasterDataStore } from '../master-data.store.js';
import { migrations } from '../migrations.js';

const glove = '09521101530001';
const gloveBox = '19521101530008';
const clock = { now: () => morning };
let database: TestDatabase;
let app: INestApplication;
let address: string;

@Module({})
class Platform {}

async function platform(): Promise<DynamicModule> {
  const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
  const providers = [
    { provide: Database, useValue: database },
    { provide: Outbox, useValue: outbox },
    { provide: Parking, useValue: new Parking('consumption-ingest', outbox, clock) },
    { provide: CLOCK, useValue: clock },
    { provide: LOG, useValue: silentLog },
    { provide: METRICS, useValue: new Registry() },
  ];
  const tokens = providers.map(({ provide }) => provide);
  return { module: Platform, global: true, imports: [ConsumptionIngestModule], providers, exports: tokens };
}

beforeAll(async () => {
  database = await testDatabase(migrations);
  const settings = {
    ...{ DATABASE_URL: database.url, KAFKA_BROKERS: 'unused:9092', SCHEMA_REGISTRY_URL: 'http://unused/' },
    ...{ PORT: '0', HL7_PSEUDONYM_KEY: 'a key of the tests that is long enough' },
  };
  Object.entries(settings).forEach(([name, value]) => vi.stubEnv(name, value));
  app = await NestFactory.create(await platform(), { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
});
beforeEach(async () => {
  await database.query('TRUNCATE scan, product, crosswalk_entry, delivery.outbox');
  const packagings = [{ unit: 'Pack of 6', gtin: gloveBox }];
  await know(product({ gtin: glove, packagings }));
});
afterAll(async () => {
  await app.close();
  await database.close();
  vi.unstubAllEnvs();
});

const know = ({ data }: BusinessEvent) =>
  database.transaction((tx) => new MasterDataStore().saveProduct(tx, data as never));

type Answer = Readonly<{ status: number; body: Record<string, unknown> }>;

async function send(body: unknown, path = '/scans', method = 'POST'): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    ...{ method, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function put(entry: string, body: object): Promise<void> {
  expect(await send({ by: 'M. Weber', ...body }, `/crosswalk/${entry}`, 'PUT')).toMatchObject({ status: 200 });
}

function aScan(overrides: object = {}): Record<string, unknown> {
  return {
    ...{ scanId: 'S-1', source: 'cabinet-7', action: 'USED', symbols: [`]d201${glove}17270331\u001d10L2411A`] },
    ...{ location: 'NORTH-ICU', scannedAt: '2026-11-21T09:15:30+01:00' },
    ...overrides,
  };
}

async function records(): Promise<Awaited<ReturnType<typeof outboxOf>>> {
  return outboxOf(database, await testCodec());
}

const amounts = async (): Promise<string[]> =>
  (await records()).map(({ data }) => `${(data['quantity'] as Decimal).toFixed()} ${data['unit'] as string}`);

describe('a scanner that sends what was scanned', () => {
  it('has its scan recorded before it is answered, persons by pseudonym only', async () => {
    const scan = aScan({ sequence: 7, performer: 'Nurse One', encounter: 'V5001' });
    const { status, body } = await send(scan);
    const [record] = await records();
    expect({ status, body }).toEqual({
      status: 200,
      body: { source: 'cabinet-7', scanId: 'S-1', outcome: 'taken', eventId: record!.data['eventId'], findings: [] },
    });
    expect(record).toMatchObject({
      ...{ topic: 'clinical.consumption', key: `NORTH-ICU/${glove}` },
      data: {
        ...{ source: 'cabinet-7', sequence: 7n, kind: 'USED', occurredAt: new Date('2026-11-21T08:15:30Z') },
        ...{ product: { scheme: 'GTIN', value: glove }, location: { scheme: 'CODE', value: 'NORTH-ICU' } },
        ...{ lotNumber: 'L2411A', expiryDate: '2027-03-31', unit: 'Units' },
        ...{ performerRef: expect.stringMatching(/^staff-/), encounterRef: expect.stringMatching(/^enc-/) },
      },
    });
    const kept = await database.query('SELECT o::text FROM delivery.outbox o UNION ALL SELECT s::text FROM scan s');
    for (const person of ['Nurse One', 'V5001']) expect(JSON.stringify(kept)).not.toContain(person);
  });

  it('counts the unit of the code: a box of six, twice, is two packs of six', async () => {
    await send([
      aScan({ scanId: 'S-1', symbols: [`(01)${gloveBox}`], count: 2 }),
      aScan({ scanId: 'S-2', symbols: [`(01)${glove}(30)4`], count: 3 }),
      aScan({ scanId: 'S-3', symbols: ['(01)99521101530004(3103)001250'] }),
    ]);
    expect(await amounts()).toEqual(['2 Pack of 6', '12 Units', '1.25 kg']);
  });

  it('has the use of what nobody knows recorded in the unit of its code, for it to wait by itself', async () => {
    await send(aScan({ symbols: ['(01)04012345678901'], count: 3 }));
    expect(await amounts()).toEqual(['3 {scanned}']);
  });

  it('has the symbols of one label read together', async () => {
    const { body } = await send(aScan({ symbols: [`]C101${glove}`, ']C11727033110L2411A'] }));
    expect(body).toMatchObject({ outcome: 'taken', findings: [] });
    expect((await records())[0]!.data).toMatchObject({ lotNumber: 'L2411A', expiryDate: '2027-03-31' });
  });

  it('is told which symbol says what where two contradict each other, and nothing is kept', async () => {
    const { status, body } = await send(aScan({ symbols: [`(01)${glove}`, `(01)${gloveBox}(10)L1`] }));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        ...{ outcome: 'refused', code: 'SYMBOLS_CONTRADICT', owner: 'stores', remedy: expect.stringMatching(/\w/) },
        message: `The symbols name more than one product: symbol 1 says GTIN ${glove}, symbol 2 says GTIN ${gloveBox}.`,
      },
    });
    expect(await records()).toEqual([]);
    expect(await database.query('SELECT 1 FROM scan')).toEqual([]);
  });

  it('may send a scan as often as it likes: it counts once, and the first event is named', async () => {
    const first = await send(aScan());
    for (let time = 0; time < 2; time += 1)
      expect((await send(aScan())).body).toMatchObject({ outcome: 'repeated', eventId: first.body['eventId'] });
    const twice = (await send([aScan({ scanId: 'S-2' }), aScan({ scanId: 'S-2' })])).body as unknown as object[];
    expect(twice).toMatchObject([{ outcome: 'taken' }, { outcome: 'repeated' }]);
    expect(await amounts()).toEqual(['1 Units', '1 Units']);
  });

  it('is told when one scanId says two things', async () => {
    const first = await send(aScan());
    expect((await send(aScan({ count: 2 }))).body).toMatchObject({
      ...{ outcome: 'refused', code: 'SCAN_ID_USED', owner: 'source-system' },
      message: expect.stringContaining(String(first.body['eventId'])),
    });
    expect(await amounts()).toEqual(['1 Units']);
  });

  it('takes back a scan by its own id of it, also in the same list, and only once it was taken', async () => {
    const undo = aScan({ scanId: 'S-2', action: 'REVERSED', reverses: 'S-1' });
    expect((await send(undo)).body).toMatchObject({ outcome: 'refused', code: 'REVERSAL_OF_NOTHING' });
    await send([aScan(), undo]);
    const [used, reversed] = await records();
    expect(reversed!.data).toMatchObject({ kind: 'REVERSED', reverses: used!.data['eventId'] });
    const more = await send(aScan({ scanId: 'S-3', action: 'REVERSED', reverses: 'S-2' }));
    expect(more.body).toMatchObject({ outcome: 'refused', code: 'REVERSAL_OF_REVERSAL' });
  });

  it('has each scan of a list answered in its place, the good ones taken', async () => {
    const wrong = { scanId: 'S-2', source: 'cabinet-7', action: 'EATEN', colour: 'red' };
    const { body } = await send([aScan(), wrong, aScan({ scanId: 'S-3', symbols: ['09521101530002'] })]);
    expect(body).toMatchObject([
      { scanId: 'S-1', outcome: 'taken' },
      {
        scanId: 'S-2',
        outcome: 'refused',
        code: 'FORM',
        message: expect.stringMatching(/action: .*symbols: .*colour/s),
      },
      { scanId: 'S-3', outcome: 'refused', code: 'CHECK_DIGIT', owner: 'stores' },
    ]);
    expect(await amounts()).toEqual(['1 Units']);
  });

  it.each([[[]], ['a text'], [Array.from({ length: 501 }, () => ({}))]])(
    'is told when it sends no list of scans',
    async (body) => {
      expect(await send(body)).toMatchObject({ status: 400 });
    },
  );

  it('has what warehouses do recorded as an operation, where it is known what was scanned', async () => {
    const label = aScan({
      ...{ action: 'TRANSFERRED', location: '(414)4012345000009(254)12', toLocation: 'SOUTH-ICU' },
      ...{ symbols: [`(01)${gloveBox}(10)L1(400)PO00042`], performer: 'Porter One' },
    });
    await send(label);
    expect((await records())[0]).toMatchObject({
      ...{ topic: 'warehouse.scan', key: `4012345000009-12/${gloveBox}` },
      data: {
        ...{ operation: 'TRANSFERRED', unit: 'Pack of 6', lotNumber: 'L1', documentReference: 'PO00042' },
        ...{ toLocation: { scheme: 'CODE', value: 'SOUTH-ICU' }, performerRef: expect.stringMatching(/^staff-/) },
      },
    });
    const unknown = await send(aScan({ scanId: 'S-2', action: 'RECEIVED', symbols: ['(01)04012345678901'] }));
    expect(unknown.body).toMatchObject({ outcome: 'refused', code: 'UNKNOWN_PRODUCT', owner: 'master-data' });
  });

  it('is told that two HIBC symbols are not of one label', async () => {
    const { body } = await send(aScan({ symbols: ['+A999123402', '+$$82409263C001LF'] }));
    expect(body).toMatchObject({ code: 'SYMBOLS_CONTRADICT', message: expect.stringContaining('not of one label') });
  });

  it('has numbers of other systems led to ours: HIBC in two symbols, and the GLN of a place', async () => {
    const symbols = ['+A999123402', '+$$82409263C0012$'];
    const scan = aScan({ action: 'RECEIVED', location: '4012345000009', symbols });
    expect((await send(scan)).body).toMatchObject({ code: 'UNKNOWN_PRODUCT', owner: 'master-data' });
    await put('ITEM/A99912340', { target: 'GLOVE-M', unit: 'Pack of 6' });
    expect((await send(scan)).body).toMatchObject({ code: 'UNKNOWN_LOCATION', owner: 'master-data' });
    await put('GLN/4012345000009', { target: 'CENTRAL' });
    expect((await send(scan)).body).toMatchObject({ outcome: 'taken' });
    expect(await amounts()).toEqual(['24 Pack of 6']);
    expect((await records())[0]).toMatchObject({
      key: 'CENTRAL/GLOVE-M',
      data: {
        ...{ product: { scheme: 'INTERNAL', value: 'GLOVE-M' }, location: { scheme: 'CODE', value: 'CENTRAL' } },
        ...{ unit: 'Pack of 6', lotNumber: '3C001', expiryDate: '2026-09-30' },
      },
    });
  });

  it('can be tried out: what a scan would become is shown and nothing is kept', async () => {
    const { status, body } = await send(aScan({ symbols: [`(01)${gloveBox}`] }), '/scans/preview');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { outcome: 'readable', topic: 'clinical.consumption', record: { quantity: '1', unit: 'Pack of 6' } },
    });
    expect(await records()).toEqual([]);
    expect(await database.query('SELECT 1 FROM scan')).toEqual([]);
  });
});
