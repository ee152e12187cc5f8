import type { AddressInfo } from 'node:net';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Decimal } from '@wardline/event-contracts';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { outboxOf, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { morning } from '../../test/builders.js';
import { aDocument, anEvent, store, storeGln, supplier, ward, wardGln } from '../../test/epcis-events.js';
import { CrosswalkStore } from '../crosswalk/crosswalk.store.js';
import { MasterDataStore } from '../master-data.store.js';
import { migrations } from '../migrations.js';
import { CaptureController } from './capture.controller.js';
import { CaptureStore } from './capture.store.js';
import { EpcisIntake } from './epcis-intake.js';

let database: TestDatabase;
let app: INestApplication;
let address: string;

beforeAll(async () => {
  database = await testDatabase(migrations);
  const clock = { now: (): Date => morning };
  const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
  const [captures, crosswalk, masterData] = [new CaptureStore(), new CrosswalkStore(), new MasterDataStore()];
  const intake = new EpcisIntake({ database, outbox, captures, crosswalk, masterData, clock });
  @Module({
    controllers: [CaptureController],
    providers: [
      { provide: Database, useValue: database },
      { provide: CaptureStore, useValue: captures },
      { provide: EpcisIntake, useValue: intake },
      { provide: CLOCK, useValue: clock },
    ],
  })
  class Edge {}
  app = await NestFactory.create(Edge, { logger: false });
  await app.listen(0, '127.0.0.1');
  address = `http://127.0.0.1:${(app.getHttpServer() as { address(): AddressInfo }).address().port}`;
});
afterAll(async () => {
  await app.close();
  await database.close();
});
beforeEach(async () => {
  await database.query('TRUNCATE epcis_event, epcis_capture, crosswalk_entry, delivery.outbox');
  await database.query(
    `INSERT INTO crosswalk_entry (kind, code, target, changed_by, changed_at)
     VALUES ('GLN', $1, 'NORTH-ICU', 'M. Weber', $3), ('GLN', $2, 'CENTRAL-STORE', 'M. Weber', $3)`,
    [wardGln, storeGln, morning],
  );
});

interface Job {
  readonly success: boolean;
  readonly running: boolean;
  readonly captureErrorBehaviour: string;
  readonly errors: readonly { readonly title: string; readonly detail: string }[];
  readonly events: readonly { readonly outcome: string; readonly records: readonly string[]; readonly note: string }[];
}

function post(document: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = typeof document === 'string' ? document : JSON.stringify(document);
  const type = { 'content-type': 'application/ld+json' };
  return fetch(`${address}/epcis/capture`, { method: 'POST', body, headers: { ...type, ...headers } });
}

/** Captures a document; answers its job. */
async function capture(document: unknown, headers?: Readonly<Record<string, string>>): Promise<Job> {
  const answer = await post(document, headers);
  expect(answer.status).toBe(202);
  const job = await fetch(`${address}${answer.headers.get('location')!}`);
  return (await job.json()) as Job;
}

const outcomes = ({ events }: Job): string[] => events.map(({ outcome }) => outcome);

async function published(): Promise<string[]> {
  const events = await outboxOf(database, await testCodec());
  return events.map(({ topic, key, data }) => {
    const what = (data['kind'] ?? data['operation']) as string;
    const to = (data['toLocation'] as { value: string } | null | undefined)?.value;
    return [topic, key, what, (data['quantity'] as Decimal).toFixed(), ...(to === undefined ? [] : [to])].join(' ');
  });
}

describe('a system that captures EPCIS events', () => {
  it('has what it dispensed recorded as used, and is told of its job', async () => {
    const answer = await post(aDocument(anEvent()));
    expect(answer.status).toBe(202);
    expect(answer.headers.get('gs1-epcis-version')).toBe('2.0.0');
    const [event] = await outboxOf(database, await testCodec());
    expect(event!.data).toMatchObject({
      ...{ source: 'pharmacy-epcis', kind: 'USED', unit: 'C62', lotNumber: 'L7', reverses: null },
      ...{ product: { scheme: 'GTIN', value: '09521101530001' }, location: { scheme: 'GLN', value: wardGln } },
      occurredAt: new Date('2026-11-21T07:10:00Z'),
    });
    const job = (await (await fetch(`${address}${answer.headers.get('location')!}`)).json()) as Job;
    expect(job).toMatchObject({ running: false, success: true, captureErrorBehaviour: 'rollback', errors: [] });
    expect(job.events[0]!.records).toEqual([event!.data['eventId']]);
  });

  it('has each step of the store recorded as what was done where', async () => {
    const quantityList = [{ epcClass: 'https://id.gs1.org/01/09521101530001/10/L7', quantity: 12, uom: 'H87' }];
    const event = (number: number, bizStep: string, overrides: object): unknown =>
      anEvent({
        eventID: `urn:event:${number}`,
        bizStep,
        disposition: undefined,
        readPoint: undefined,
        quantityList,
        ...overrides,
      });
    const desadv = {
      bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:9521321000018:TR-7' }],
    };
    const between = {
      sourceList: [{ type: 'location', source: store }],
      destinationList: [{ type: 'location', destination: ward }],
    };
    const job = await capture(
      aDocument(
        event(1, 'shipping', {
          readPoint: { id: supplier },
          destinationList: [{ type: 'location', destination: store }],
        }),
        event(2, 'receiving', { bizLocation: { id: store }, sourceList: [{ type: 'location', source: supplier }] }),
        event(3, 'shipping', { readPoint: { id: store }, ...between, ...desadv }),
        event(4, 'arriving', { bizLocation: { id: ward }, ...between, ...desadv }),
        event(5, 'storing', { readPoint: { id: store }, bizLocation: { id: ward } }),
        event(6, 'holding', { bizLocation: { id: store } }),
        event(7, 'inspecting', { bizLocation: { id: store }, disposition: 'conformant' }),
        event(8, 'destroying', { readPoint: { id: store }, disposition: 'destroyed' }),
        event(9, 'shipping', { readPoint: { id: store }, disposition: 'returned' }),
        event(10, 'stock_taking', { bizLocation: { id: store }, quantityList: [{ ...quantityList[0]!, quantity: 0 }] }),
        event(11, 'receiving', { bizLocation: { id: ward }, disposition: 'returned' }),
        event(12, 'packing', { bizLocation: { id: store } }),
      ),
    );
    expect(job.errors).toEqual([]);
    const at = (code: string): string => `warehouse.scan ${code}/09521101530001`;
    expect(await published()).toEqual([
      `${at('CENTRAL-STORE')} RECEIVED 12`,
      `${at('CENTRAL-STORE')} SHIPPED 12 NORTH-ICU`,
      `${at('NORTH-ICU')} ARRIVED 12`,
      `${at('CENTRAL-STORE')} PUT_AWAY 12 NORTH-ICU`,
      `${at('CENTRAL-STORE')} QUARANTINED 12`,
      `${at('CENTRAL-STORE')} RELEASED 12`,
      `${at('CENTRAL-STORE')} WRITTEN_OFF 12`,
      `${at('CENTRAL-STORE')} RETURNED_TO_SUPPLIER 12`,
      `${at('CENTRAL-STORE')} COUNTED 0`,
      `clinical.consumption ${wardGln}/09521101530001 RETURNED 12`,
    ]);
    expect(job.events[0]!.note).toContain('no place of the house');
    expect(job.events[11]!.note).toBe('the step packing changes no stock');
  });

  it('may send an event as often as it likes, with an eventID and without: it counts once', async () => {
    const nameless = anEvent({ eventID: undefined });
    for (let time = 0; time < 3; time += 1)
      await capture(aDocument(anEvent(), { ...nameless, recordTime: `2026-11-21T09:0${time}:00Z` }));
    expect(outcomes(await capture(aDocument(anEvent(), nameless)))).toEqual(['repeated', 'repeated']);
    expect(await published()).toHaveLength(2);
  });

  it('takes an event back by declaring it an error, once, and is told when it never came or was another', async () => {
    const error = { errorDeclaration: { declarationTime: '2026-11-21T09:00:00+01:00', reason: 'did_not_occur' } };
    expect((await capture(aDocument(anEvent(error)))).errors[0]!.title).toBe('REVERSAL_OF_NOTHING');
    const { events } = await capture(aDocument(anEvent()));
    const other = anEvent({ ...error, disposition: 'partially_dispensed' });
    expect((await capture(aDocument(other))).errors[0]!.title).toBe('ERROR_DIFFERS');
    expect(outcomes(await capture(aDocument(anEvent(error))))).toEqual(['reversed']);
    expect(outcomes(await capture(aDocument(anEvent(error), anEvent())))).toEqual(['repeated', 'repeated']);
    const all = await outboxOf(database, await testCodec());
    expect(all.map(({ data }) => data['kind'])).toEqual(['USED', 'REVERSED']);
    expect(all[1]!.data).toMatchObject({ reverses: events[0]!.records[0], reason: 'did_not_occur', lotNumber: 'L7' });
  });

  it('has a document taken whole or not at all, or what can be taken when it says so', async () => {
    const wrong = anEvent({ eventID: 'urn:event:wrong', bizStep: 'consuming' });
    const document = aDocument(anEvent(), wrong);
    const whole = await capture(document);
    expect([whole.success, outcomes(whole), await published()]).toEqual([false, ['refused', 'refused'], []]);
    expect(whole.errors).toMatchObject([{ title: 'STEP_UNKNOWN', detail: expect.stringContaining('consuming') }]);
    const part = await capture(document, { 'GS1-Capture-Error-Behaviour': 'proceed' });
    expect([part.success, outcomes(part)]).toEqual([false, ['captured', 'refused']]);
    expect(await published()).toHaveLength(1);
  });

  it('is told which place is missing, and captures the same event once the crosswalk has it', async () => {
    const elsewhere = 'urn:epc:id:sgln:9521321.00003.0';
    const event = anEvent({
      bizStep: 'holding',
      disposition: undefined,
      readPoint: undefined,
      bizLocation: { id: elsewhere },
    });
    const refused = await capture(aDocument(event));
    expect(refused.errors[0]!.detail).toMatch(/No location of the house is 952132100003\d\./);
    const gln = /is (\d{13})/.exec(refused.errors[0]!.detail)![1];
    await database.query(
      `INSERT INTO crosswalk_entry (kind, code, target, changed_by, changed_at) VALUES ('GLN', $1, 'SOUTH', 'M. Weber', $2)`,
      [gln, morning],
    );
    expect(outcomes(await capture(aDocument(event)))).toEqual(['captured']);
    expect(await published()).toEqual(['warehouse.scan SOUTH/09521101530001 QUARANTINED 2']);
  });

  it('keeps nothing of a capture that the database did not commit', async () => {
    await database.query('ALTER TABLE epcis_event RENAME TO away');
    expect((await post(aDocument(anEvent()))).status).toBe(500);
    await database.query('ALTER TABLE away RENAME TO epcis_event');
    expect([await published(), await database.query('SELECT 1 FROM epcis_capture')]).toEqual([[], []]);
    expect(outcomes(await capture(aDocument(anEvent())))).toEqual(['captured']);
    expect(await published()).toHaveLength(1);
  });

  it('is answered with a problem document for what is no EPCIS, and told the limits', async () => {
    const wrong = await post({ type: 'Invoice' });
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await wrong.json()).toMatchObject({ type: 'epcisException:ValidationException', status: 400 });
    expect((await post('{"type":')).status).toBe(400);
    expect((await post('a,b', { 'content-type': 'text/csv' })).status).toBe(415);
    expect((await post(aDocument(...Array.from({ length: 1_001 }, () => anEvent())))).status).toBe(413);
    const missing = await fetch(`${address}/epcis/capture/nothing`);
    expect([missing.status, await missing.json()]).toMatchObject([
      404,
      { type: 'epcisException:NoSuchResourceException' },
    ]);
    const options = await fetch(`${address}/epcis/capture`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('gs1-epcis-capture-limit')]).toEqual([204, '1000']);
  });
});
