import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readDocument, readEvent } from '@wardline/epcis';
import { Outbox, Parking } from '@wardline/outbox';
import { ServiceModule, ServiceStatus } from '@wardline/service-defaults';
import { jsonCodec, silentLog, testMorning } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { product, recorded, StockDesk, undoing } from '../../test/stock-desk.js';
import { EPCIS_GLN, EpcisQueryController } from './epcis-query.controller.js';
import { ToldMovements } from './told-movements.store.js';

const gtin = '09521101530001';
const clock = { now: () => testMorning };
let desk: StockDesk;
let app: INestApplication;
let events: string;

@Module({
  controllers: [EpcisQueryController],
  providers: [ToldMovements, { provide: EPCIS_GLN, useValue: '4012345000009' }],
})
class Queries {}

beforeAll(async () => {
  desk = await StockDesk.open();
  await desk.deliver(product('SUTURE', 'LOT', gtin));
  const outbox = new Outbox(jsonCodec, clock, 'inventory-sync');
  const status = new ServiceStatus('inventory-sync', desk.database);
  const parking = new Parking('inventory-sync', outbox, clock);
  const platform = {
    ...{ database: desk.database, outbox, parking, clock, log: silentLog, metrics: new Registry(), status },
  };
  app = await NestFactory.create(ServiceModule.of(platform, Queries), { logger: false });
  await app.listen(0, '127.0.0.1');
  events = `${await app.getUrl()}/epcis/events`;
});
afterEach(() => desk.reset());
afterAll(async () => {
  await app.close();
  await desk.database.close();
});

/** What a partner reads: step, lot or serial, quantity, whether it is an error; and where the next page is. */
async function asked(query: string): Promise<{ says: string[]; next: string | null }> {
  const response = await fetch(`${events}${query}`);
  expect([response.status, response.headers.get('gs1-epcis-version')]).toEqual([200, '2.0.0']);
  const document = readDocument(await response.json());
  if (!document.ok) throw new Error(document.problem);
  const says = document.events.map((event) => {
    const read = readEvent(event);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { id, items, isError } = read.event;
    expect(id).toMatch(/^urn:uuid:/);
    const { bizStep } = event as { bizStep: string };
    return [bizStep, ...items.map((one) => `${one.lotNumber ?? one.serialNumber} ${one.quantity}`), isError && 'error']
      .filter(Boolean)
      .join(' ');
  });
  return { says, next: /<(.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null };
}

const lot = { product: 'SUTURE', lotNumber: 'L1', at: 'STORE' } as const;

it('tells a partner the way of a lot page by page, and what was taken back as an error', async () => {
  const transfer = recorded({ ...lot, operation: 'TRANSFERRED', to: 'NORTH-ICU', quantity: 4 });
  await desk.take(recorded(lot), recorded({ ...lot, lotNumber: 'L2' }), transfer);
  await desk.take(undoing(transfer));
  expect((await asked('')).says).toEqual([
    'receiving L1 10',
    'receiving L2 10',
    'stocking L1 4',
    'stocking L1 4 error',
  ]);

  const first = await asked('?perPage=3');
  expect(first.says).toHaveLength(3);
  const rest = await asked(first.next!.slice('/epcis/events'.length));
  expect(rest).toEqual({ says: ['stocking L1 4 error'], next: null });

  const link = (what: string): string => encodeURIComponent(`https://id.gs1.org/01/${gtin}${what}`);
  expect((await asked(`?MATCH_anyEPCClass=${link('/10/L2')}`)).says).toEqual(['receiving L2 10']);
  expect((await asked(`?MATCH_anyEPCClass=${link('')}&GE_eventTime=2100-01-01T00:00:00Z`)).says).toEqual([]);
  const now = testMorning.toISOString();
  expect((await asked(`?GE_recordTime=${now}&LT_eventTime=2100-01-01T00:00:00Z`)).says).toHaveLength(4);
  expect((await asked(`?LT_recordTime=${now}`)).says).toEqual([]);
});

it('refuses a question that it does not know, and says which it knows', async () => {
  for (const query of [
    '?EQ_bizStep=receiving',
    '?GE_eventTime=yesterday',
    '?MATCH_anyEPC=urn:epc:id:sgln:1',
    '?perPage=0',
  ]) {
    const response = await fetch(`${events}${query}`);
    const answer = (await response.json()) as { type: string; detail: string };
    const form = response.headers.get('content-type');
    expect([response.status, form, answer.type]).toEqual([
      ...[400, 'application/problem+json', 'epcisException:QueryParameterException'],
    ]);
    expect(answer.detail).toContain('Known are GE_recordTime');
  }
});

it('describes its questions in OpenAPI', async () => {
  const described = await fetch(events.replace('/epcis/events', '/openapi.json'));
  const { paths } = (await described.json()) as { paths: Record<string, { get: { parameters: { name: string }[] } }> };
  const names = paths['/epcis/events']!.get.parameters.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['GE_recordTime', 'MATCH_anyEPC', 'perPage', 'nextPageToken']));
});
