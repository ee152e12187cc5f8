import type { Decimal } from '@wardline/event-contracts';
import { connectMllp, exampleProfiles, parseMessage, textAt, type MllpClient } from '@wardline/hl7v2';
import { Outbox } from '@wardline/outbox';
import { eventually, outboxOf, silentLog, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cabinetMessage } from '../../test/dispensing-cabinet.js';
import { morning } from '../../test/builders.js';
import { migrations } from '../migrations.js';
import { EncounterMovementStore } from './encounter-movement.store.js';
import { Hl7Controller } from './hl7.controller.js';
import { Hl7Intake } from './hl7-intake.js';
import { Hl7MessageStore } from './hl7-message.store.js';
import type { Hl7Settings } from './hl7-settings.js';
import { MllpEdge } from './mllp-edge.js';
import { PlacesOfUse } from './place-of-use.js';
import { pseudonymsBy } from './pseudonym.js';
import { MessageSettlement } from './settle-message.js';

const settings: Hl7Settings = {
  ...{ host: '127.0.0.1', port: 0, profiles: exampleProfiles, tls: null },
  pseudonymKey: 'a key of the tests that is long enough',
};
let database: TestDatabase;
let edge: MllpEdge;
let cabinet: MllpClient;
let hl7: Hl7Controller;

beforeEach(async () => {
  database = await testDatabase(migrations);
  const clock = { now: () => morning };
  const outbox = new Outbox(await testCodec(), clock, 'consumption-ingest');
  const messages = new Hl7MessageStore();
  const pseudonym = pseudonymsBy(settings.pseudonymKey);
  const movements = new EncounterMovementStore();
  const settlement = new MessageSettlement({ database, outbox, messages, movements, pseudonym, clock });
  const intake = new Hl7Intake(settlement, exampleProfiles, clock);
  edge = new MllpEdge(settings, intake, silentLog);
  await edge.onApplicationBootstrap();
  cabinet = await connectMllp({ port: edge.port! });
  hl7 = new Hl7Controller(database, messages, settings, new PlacesOfUse(movements, pseudonym));
});
afterEach(async () => {
  cabinet.close();
  await edge.onApplicationShutdown();
  await database.close();
});

/** Sends a message; answers the code of its acknowledgement and what it says is wrong. */
async function send(text: string | Buffer): Promise<{ code: string; of: string; says: string }> {
  const answer = parseMessage(await cabinet.send(text));
  if (!answer.ok) throw new Error(answer.problem.message);
  const [code, of, says] = ['MSA-1', 'MSA-2', 'MSA-3'].map((path) => textAt(answer.message, path));
  return { code: code!, of: of!, says: says! };
}

async function recorded(): Promise<Record<string, unknown>[]> {
  const events = await outboxOf(database, await testCodec());
  expect(events.every(({ topic, key }) => topic === 'clinical.consumption' && key === 'NORTH-ICU/GLOVE-M')).toBe(true);
  return events.map(({ data }) => data);
}

const amounts = async (): Promise<string[]> =>
  (await recorded()).map(({ kind, quantity }) => `${kind as string} ${(quantity as Decimal).toFixed()}`);

describe('a cabinet that sends HL7', () => {
  it('has its withdrawal recorded before it is acknowledged, without patient, stay or staff', async () => {
    expect(await send(cabinetMessage('A-1', [{ transaction: 'T-1', local: 'L2411A|20270331' }]))).toEqual({
      code: 'AA',
      of: 'A-1',
      says: '',
    });
    const [record] = await recorded();
    expect(record).toMatchObject({
      ...{ source: 'example-dispensing-cabinet', kind: 'USED', unit: 'EA', lotNumber: 'L2411A', reverses: null },
      ...{ product: { scheme: 'INTERNAL', value: 'GLOVE-M' }, location: { scheme: 'CODE', value: 'NORTH-ICU' } },
      ...{ occurredAt: new Date('2026-11-21T07:15:00Z'), expiryDate: '2027-03-31' },
      encounterRef: expect.stringMatching(/^enc-[0-9a-f]{24}$/),
      performerRef: expect.stringMatching(/^staff-[0-9a-f]{24}$/),
    });
    const tables = await Promise.all(
      ['delivery.outbox', 'hl7_message', 'hl7_item'].map((name) => database.query(`SELECT t::text FROM ${name} t`)),
    );
    for (const person of ['PT1001', 'V5001', '7711', 'TESTCASE', 'NURSE'])
      expect(JSON.stringify(tables)).not.toContain(person);
  });

  it('may send it as often as it likes, also under another control id: it counts once', async () => {
    const message = cabinetMessage('A-1', [{ transaction: 'T-1' }]);
    for (let time = 0; time < 3; time += 1) expect((await send(message)).code).toBe('AA');
    const again = cabinetMessage('A-2', [{ transaction: 'T-1' }, { transaction: 'T-2', quantity: '5' }]);
    expect((await send(again)).code).toBe('AA');
    expect(await amounts()).toEqual(['USED 2', 'USED 5']);
    expect(await hl7.list({})).toMatchObject([
      { controlId: 'A-2', outcome: 'accepted', records: 2, times: 1 },
      { controlId: 'A-1', outcome: 'accepted', records: 1, times: 3 },
    ]);
  });

  it('is told when it gives one control id to two messages', async () => {
    await send(cabinetMessage('A-1', [{ transaction: 'T-1' }]));
    const other = await send(cabinetMessage('A-1', [{ transaction: 'T-9' }]));
    expect(other).toMatchObject({ code: 'AE', of: 'A-1', says: expect.stringContaining('the control id A-1') });
    expect(await amounts()).toEqual(['USED 2']);
  });

  it('may repeat a message under another time', async () => {
    const message = cabinetMessage('A-1', [{ transaction: 'T-1' }]);
    await send(message);
    expect((await send(message.replace('20261121081600+0100', '20261121081700+0100'))).code).toBe('AA');
    expect(await amounts()).toEqual(['USED 2']);
  });

  it('is told when it says something else under the number of an item, in one message or in two', async () => {
    const otherwise = { code: 'AE', says: expect.stringContaining('has the number T-1') };
    const both = [{ transaction: 'T-1' }, { transaction: 'T-1', quantity: '3' }];
    expect(await send(cabinetMessage('A-0', both))).toMatchObject(otherwise);
    await send(cabinetMessage('A-1', [{ transaction: 'T-1' }]));
    expect(await send(cabinetMessage('A-2', [{ transaction: 'T-1', quantity: '3' }]))).toMatchObject(otherwise);
    expect(await amounts()).toEqual(['USED 2']);
  });

  it('takes back what it recorded, by its own number of it, once', async () => {
    const credit = cabinetMessage('A-2', [{ transaction: 'T-2', type: 'CD', local: '||||T-1' }]);
    expect(await send(credit)).toMatchObject({
      code: 'AE',
      says: expect.stringContaining('takes back T-1, which has not'),
    });
    await send(cabinetMessage('A-1', [{ transaction: 'T-1' }]));
    expect((await send(credit)).code).toBe('AA');
    expect((await send(credit)).code).toBe('AA');
    const [used, reversed] = await recorded();
    expect(reversed).toMatchObject({ kind: 'REVERSED', reverses: used!['eventId'] });
    expect(await amounts()).toEqual(['USED 2', 'REVERSED 2']);
  });

  it('has what was wasted of a withdrawal recorded beside what was used', async () => {
    await send(cabinetMessage('A-1', [{ transaction: 'T-1', local: 'L1||0.5|W1^dropped' }]));
    expect((await amounts()).sort()).toEqual(['USED 1.5', 'WASTED 0.5']);
  });

  it('has a message with one wrong item refused whole, is told why, and taken whole once it is mended', async () => {
    const wrong = cabinetMessage('A-1', [{ transaction: 'T-1' }, { transaction: 'T-2', quantity: 'two' }]);
    expect(await send(wrong)).toMatchObject({ code: 'AE', says: expect.stringContaining('two') });
    expect(await recorded()).toEqual([]);
    const [refused] = await hl7.list({ outcome: 'refused' });
    expect(refused).toMatchObject({
      controlId: 'A-1',
      findings: [{ item: 'FT1[2]', path: 'FT1[2]-10', value: 'two' }],
    });
    expect((await send(cabinetMessage('A-1', [{ transaction: 'T-1' }, { transaction: 'T-2' }]))).code).toBe('AA');
    expect(await amounts()).toEqual(['USED 2', 'USED 2']);
    expect(await hl7.list({ outcome: 'refused' })).toEqual([]);
  });

  it('hears who must be told when nobody knows it, and when its bytes are no message', async () => {
    const stranger = await send(cabinetMessage('A-1', [{ transaction: 'T-1' }], { sender: 'PARTY' }));
    expect(stranger).toMatchObject({ code: 'AE', of: 'A-1', says: expect.stringContaining('PARTY / NORTH') });
    expect(await send('GET / HTTP/1.1')).toMatchObject({ code: 'AR', of: '' });
    expect(await recorded()).toEqual([]);
  });

  it('gets an error and no acknowledgement while the database is away, and nothing is lost or doubled after it', async () => {
    const message = cabinetMessage('A-1', [{ transaction: 'T-1' }]);
    await database.query('ALTER TABLE hl7_item RENAME TO away');
    expect((await send(message)).code).toBe('AE');
    expect(await database.query('SELECT 1 FROM hl7_message')).toEqual([]);
    await database.query('ALTER TABLE away RENAME TO hl7_item');
    await eventually(async () => expect((await send(message)).code).toBe('AA'));
    expect(await amounts()).toEqual(['USED 2']);
  });

  it('can be tried out: what a pasted message would become is shown and nothing is kept', async () => {
    const shown = await hl7.preview({
      profile: 'example-dispensing-cabinet',
      text: cabinetMessage('A-1', [{ transaction: 'T-1' }]),
    });
    expect(shown).toMatchObject({
      readable: true,
      reading: {
        findings: [],
        records: [{ quantity: '2', origins: expect.objectContaining({ quantity: 'FT1[1]-10' }) }],
      },
    });
    await expect(hl7.preview({ profile: 'lab', text: '' })).rejects.toThrow(
      'There is no sender profile lab; there are example',
    );
    expect(await database.query('SELECT 1 FROM hl7_message')).toEqual([]);
  });
});
