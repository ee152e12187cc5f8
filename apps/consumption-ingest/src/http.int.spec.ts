import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database, Outbox, Parking } from '@wardline/outbox';
import { CLOCK, LOG, METRICS } from '@wardline/service-defaults';
import { jsonCodec, silentLog, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { anEventId } from '../test/builders.js';
import { ConsumptionIngestModule, handlers } from './consumption-ingest.module.js';
import { migrations } from './migrations.js';

const clock = { now: () => testMorning };
let database: TestDatabase;
let app: INestApplication;
let address: string;

@Module({})
class Platform {}

function platform(): DynamicModule {
  const outbox = new Outbox(jsonCodec, clock, 'consumption-ingest');
  const providers = [
    { provide: Database, useValue: database },
    { provide: Outbox, useValue: outbox },
    { provide: Parking, useValue: new Parking('consumption-ingest', outbox, clock) },
    { provide: CLOCK, useValue: clock },
    { provide: LOG, useValue: silentLog },
    { provide: METRICS, useValue: new Registry() },
  ];
  return {
    module: Platform,
    global: true,
    imports: [ConsumptionIngestModule],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
}

beforeAll(async () => {
  database = await testDatabase(migrations);
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('KAFKA_BROKERS', 'unused:9092');
  vi.stubEnv('SCHEMA_REGISTRY_URL', 'http://unused/');
  vi.stubEnv('PORT', '0');
  app = await NestFactory.create(platform(), { logger: false });
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await database.close();
  vi.unstubAllEnvs();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe('the HTTP interface', () => {
  it('is wired: the module provides every handler', () => {
    for (const handler of handlers) expect(app.get<object>(handler, { strict: false })).toBeInstanceOf(handler);
  });

  it('says that no HL7 sender is known while none is set up', async () => {
    expect(await call('GET', '/hl7/messages?outcome=refused')).toEqual({ status: 200, body: [] });
    expect(await call('GET', '/hl7/profiles')).toEqual({ status: 200, body: [] });
    expect(await call('POST', '/hl7/preview', { profile: 'lab', text: '' })).toMatchObject({ status: 404 });
    expect(await call('GET', '/hl7/messages?outcome=lost&limit=0')).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/outcome: .*; limit: /) },
    });
  });

  it('writes, shows and removes an entry of the crosswalk, also of a code with signs in it', async () => {
    const path = `/crosswalk/UNIT/${encodeURIComponent('{box}/6')}`;
    expect(await call('PUT', path, { target: 'Pack of 6', by: 'M. Weber' })).toMatchObject({
      status: 200,
      body: { released: 0 },
    });
    expect(await call('GET', path)).toMatchObject({
      status: 200,
      body: { code: '{box}/6', entries: [{ target: 'Pack of 6', changedBy: 'M. Weber' }] },
    });
    expect(await call('DELETE', `${path}?by=A.%20Rossi`)).toMatchObject({
      status: 200,
      body: { target: null, changedBy: 'A. Rossi' },
    });
    expect(await call('DELETE', `${path}?by=A.%20Rossi`)).toMatchObject({ status: 404 });
  });

  it('writes an entry for one source and a time, and suggests codes of ours without writing any', async () => {
    await database.query(`INSERT INTO product (product_code, name, tracking, unit, gtins, supplier_items, active, recorded_at)
      VALUES ('GLOVE-M', 'Nitrile glove M', 'NONE', 'Units', '{}', '[]', true, now()),
             ('MASK-FFP2', 'Mask FFP2', 'NONE', 'Units', '{}', '[]', true, now())`);
    const asked = '/crosswalk/suggestions?kind=item&code=GLV-M&text=gloves%20nitrile%20medium';
    const { status, body } = await call('GET', asked);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: [{ target: 'GLOVE-M', name: 'Nitrile glove M', similarity: expect.any(Number) }],
    });
    expect(await call('GET', '/crosswalk/ITEM/GLV-M')).toMatchObject({ status: 404 });
    const entry = { target: 'GLOVE-M', source: 'cabinet-7', validFrom: '2026-01-01T00:00:00+01:00', unit: 'Pack of 6' };
    expect(await call('PUT', '/crosswalk/ITEM/GLV-M', { ...entry, by: 'M. Weber' })).toMatchObject({
      status: 200,
      body: { released: 0, entry: { ...entry, validFrom: '2025-12-31T23:00:00.000Z', validUntil: null } },
    });
    expect(await call('GET', '/crosswalk/ITEM/GLV-M')).toMatchObject({ body: { entries: [{ source: 'cabinet-7' }] } });
    expect(await call('GET', '/crosswalk/awaited')).toEqual({ status: 200, body: [] });
  });

  it.each([
    ['GET', '/crosswalk/suggestions?kind=COLOUR', undefined, 400],
    ['PUT', '/crosswalk/LOCATION/ICU', { target: 'A', unit: 'Units', by: 'M' }, 400],
    ['PUT', '/crosswalk/ITEM/A', { target: 'A', validFrom: '2026-02-01', by: 'M' }, 400],
    ['PUT', '/crosswalk/NDC/12', { target: 'A', by: 'M' }, 400],
    ['PUT', '/crosswalk/UNIT/BX', { target: 'A' }, 400],
    ['DELETE', '/crosswalk/UNIT/BX', undefined, 400],
    ['GET', '/crosswalk/UNIT/BX', undefined, 404],
    ['GET', '/receipts/not-a-uuid', undefined, 400],
    ['GET', `/receipts/${anEventId()}`, undefined, 404],
  ])('answers %s %s with what is wrong', async (method, path, body, status) => {
    expect(await call(method, path, body)).toMatchObject({ status, body: { message: expect.stringMatching(/\w/) } });
  });
});
