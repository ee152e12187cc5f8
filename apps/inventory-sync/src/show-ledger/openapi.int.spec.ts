import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Decimal, localDate } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { Outbox, Parking } from '@wardline/outbox';
import { ServiceModule, ServiceStatus } from '@wardline/service-defaults';
import { eventually, jsonCodec, silentLog, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContinuousCheck } from '../continuous-check/continuous-check.js';
import { migrations } from '../migrations.js';
import type { Movement } from '../movement.js';
import { StockLedger } from '../stock-ledger.store.js';
import { LedgerReadingModule } from './ledger-reading.module.js';

interface Operation {
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
  readonly parameters?: { readonly name: string; readonly in: string; readonly required: boolean }[];
}
interface Document {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: object;
}

const clock = { now: () => testMorning };
const ajv = new Ajv2020({ strict: false, validateFormats: false });
let database: TestDatabase;
let app: INestApplication;
let address: string;
let document: Document;

const day = (text: string) => localDate(text);
const receipt = { movementType: 'RECEIPT', fromLocation: 'Inventory adjustment', toLocation: 'NORTH/ICU' } as const;
const use = moved({ lotNumber: 'L1', expiryDate: day('2027-03-31'), quantity: new Decimal(3) });
const ledger: Movement[] = [
  moved({ ...receipt, lotNumber: 'L1', expiryDate: day('2027-03-31'), quantity: new Decimal(10) }),
  moved({ ...receipt, lotNumber: 'L2', expiryDate: day('2027-01-31'), quantity: new Decimal(4) }),
  moved({ ...receipt, lotNumber: 'L0', expiryDate: day('2026-01-31'), quantity: new Decimal(6) }),
  moved({
    ...receipt,
    toLocation: 'NORTH/OR',
    lotNumber: 'L1',
    expiryDate: day('2027-03-31'),
    quantity: new Decimal(7),
  }),
  moved({
    ...receipt,
    toLocation: 'SOUTH/OR',
    lotNumber: 'L2',
    expiryDate: day('2027-01-31'),
    quantity: new Decimal(9),
  }),
  use,
  moved({
    ...{ movementType: 'REVERSAL', fromLocation: 'Consumption', toLocation: 'NORTH/ICU', reverses: use.eventId },
    ...{ lotNumber: 'L1', quantity: new Decimal(3) },
  }),
  moved({ lotNumber: 'L1', quantity: new Decimal(2), actor: 'ward-terminal', reason: 'operation' }),
  moved({ ...receipt, productCode: 'PUMP', serialNumber: 'SN-1', quantity: new Decimal(1) }),
];

function moved(change: Partial<Movement>): Movement {
  const eventId = newEventId(testMorning);
  return {
    ...{ eventId, sourceEventId: newEventId(testMorning), correlationId: eventId, causationId: eventId },
    ...{ reverses: null, movementType: 'CONSUMPTION', productCode: 'GLOVE-M', unit: 'Units', reason: null },
    ...{ fromLocation: 'NORTH/ICU', toLocation: 'Consumption', lotNumber: null, serialNumber: null, expiryDate: null },
    ...{ transferReference: null, documentReference: null, quantity: new Decimal(1), occurredAt: testMorning },
    ...{ recordedAt: testMorning, actor: 'cabinet-7', interface: 'clinical.consumption' },
    ...change,
  };
}

beforeAll(async () => {
  database = await testDatabase(migrations);
  const outbox = new Outbox(jsonCodec, clock, 'inventory-sync');
  const status = new ServiceStatus('inventory-sync', database);
  const parking = new Parking('inventory-sync', outbox, clock);
  const platform = { database, outbox, parking, clock, log: silentLog, metrics: new Registry(), status };
  app = await NestFactory.create(ServiceModule.of(platform, LedgerReadingModule), { logger: false });
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
  await database.transaction((tx) => new StockLedger().append(tx, ledger));
  document = (await (await fetch(`${address}/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await app.close();
  await database.close();
});

async function get(path: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${address}${path}`);
  const body = (await response.json()) as Record<string, unknown>;
  const { responses } = document.paths[path.split('?')[0]!]!['get']!;
  const schema = responses[response.status]?.content?.['application/json']?.schema;
  expect(schema, `an answer ${response.status} of ${path} in the document`).toBeDefined();
  const conforms = ajv.compile({ ...schema, components: document.components });
  expect({ path, body, wrong: conforms(body) ? [] : conforms.errors }).toMatchObject({ wrong: [] });
  return { status: response.status, body };
}

describe('the OpenAPI document', () => {
  it('names every route that the service serves, and no other', () => {
    const { router } = app.getHttpAdapter().getInstance() as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    const served = router.stack.flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    );
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.toSorted()).toEqual(served.toSorted());
    expect(described).toContain('get /balances/as-of');
    expect(document).toMatchObject({ openapi: '3.1.1', info: { title: 'inventory-sync' } });
  });

  it('says of every route what it is for and what it answers', () => {
    const bare = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => !('summary' in operation) || !Object.values(operation.responses)[0]?.content)
        .map(([method]) => `${method} ${path}`),
    );
    expect(bare).toEqual([]);
  });

  it('has the parameters of the schemas that check requests', () => {
    const { parameters } = document.paths['/availability']!['get']!;
    expect(parameters!.map(({ name, required }) => [name, required])).toEqual([
      ['product', true],
      ['location', true],
      ['quantity', true],
    ]);
  });
});

describe('the ledger over HTTP', () => {
  it.each([
    ['/openapi.json', 200],
    ['/diagnosis', 200],
    ['/balances?location=NORTH/ICU', 200],
    ['/movements?limit=3', 200],
    ['/ledger/check', 200],
    ['/ledger/check?full=false', 200],
    ['/balances?limit=0', 400],
    ['/balances/as-of?product=GLOVE-M', 400],
    ['/trace?lot=L1&serial=SN-1', 400],
    ['/trace?lot=NONE', 404],
    ['/availability?product=GLOVE-M&location=NORTH/ICU&quantity=-1', 400],
  ])('%s answers %i as the document says', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it('gives a balance as of a time, of one lot or of all', async () => {
    const at = '/balances/as-of?product=GLOVE-M&location=NORTH/ICU';
    expect((await get(at)).body).toMatchObject({ quantity: '18.000000', unit: 'Units', lot: null });
    expect((await get(`${at}&lot=L1`)).body).toMatchObject({ quantity: '8.000000', lot: 'L1' });
    const before = new Date(testMorning.getTime() - 1).toISOString();
    expect((await get(`${at}&occurredAt=${before}`)).body).toMatchObject({ quantity: '0.000000', occurredAt: before });
    expect((await get(`${at}&knownAt=${before}`)).body).toMatchObject({ quantity: '0.000000', knownAt: before });
  });

  it('traces a lot from where it came from to where it is and was used, with who, when and why', async () => {
    const { body } = await get('/trace?lot=L1&product=GLOVE-M');
    expect(body).toMatchObject({
      ...{ products: ['GLOVE-M'], expiryDate: '2027-03-31', between: [], next: null },
      upstream: [
        { movementType: 'RECEIPT', toLocation: 'NORTH/ICU', quantity: '10.000000' },
        { movementType: 'RECEIPT', toLocation: 'NORTH/OR', quantity: '7.000000' },
        { movementType: 'REVERSAL', fromLocation: 'Consumption', quantity: '3.000000' },
      ],
      downstream: [{ movementType: 'CONSUMPTION', fromLocation: 'NORTH/ICU', quantity: '5.000000', movements: 2 }],
      consumed: [{ location: 'NORTH/ICU', quantity: '2.000000', unit: 'Units' }],
      now: [
        { location: 'NORTH/ICU', quantity: '8.000000' },
        { location: 'NORTH/OR', quantity: '7.000000' },
      ],
      reversed: [{ eventId: use.eventId, reversedBy: ledger[6]!.eventId }],
    });
    const movements = body['movements'] as { eventId: string }[];
    expect(movements.map(({ eventId }) => eventId)).toEqual([0, 3, 5, 6, 7].map((index) => ledger[index]!.eventId));
    expect(movements.at(-1)).toMatchObject({
      actor: 'ward-terminal',
      reason: 'operation',
      posting: { state: 'PENDING' },
    });
  });

  it('traces a long story page by page, and a serial by itself', async () => {
    const first = await get('/trace?lot=L1&limit=3');
    const second = await get(`/trace?lot=L1&limit=3&after=${String(first.body['next'])}`);
    expect([first, second].map(({ body }) => (body['movements'] as unknown[]).length)).toEqual([3, 2]);
    expect((await get('/trace?serial=SN-1')).body).toMatchObject({
      ...{ serial: 'SN-1', products: ['PUMP'] },
      now: [{ location: 'NORTH/ICU', serialNumber: 'SN-1', quantity: '1.000000' }],
    });
  });

  it('proposes the lots that expire first, names the expired, and the nearest other places', async () => {
    const at = '/availability?product=GLOVE-M&location=NORTH/ICU&quantity=';
    expect((await get(`${at}5`)).body).toMatchObject({
      ...{ available: true, quantity: '12.000000', asked: '5' },
      take: [
        { lotNumber: 'L2', quantity: '4.000000' },
        { lotNumber: 'L1', quantity: '1.000000' },
      ],
      leftOut: [{ lotNumber: 'L0', reason: 'EXPIRED', expiryDate: '2026-01-31' }],
      elsewhere: [
        { location: 'NORTH/OR', quantity: '7.000000' },
        { location: 'SOUTH/OR', quantity: '9.000000' },
      ],
    });
    expect((await get(`${at}12.5`)).body).toMatchObject({ available: false, quantity: '12.000000' });
  });

  it('says up to where the ledger is in balance, added up now or as the continuous check found', async () => {
    const check = app.get(ContinuousCheck, { strict: false });
    // Any transaction of the server that is still open holds the check back, those of other tests too.
    await eventually(async () => {
      await check.cycle();
      const quick = (await get('/ledger/check?full=false')).body;
      expect(quick).toMatchObject({ consistent: true, continuous: { inBalance: true, position: '9', movements: '9' } });
      expect(quick).not.toHaveProperty('postings');
    });
    expect((await get('/ledger/check')).body).toMatchObject({
      ...{ consistent: true, movements: 9, differences: [], unbalanced: [] },
      continuous: { position: '9' },
    });
  });
});
