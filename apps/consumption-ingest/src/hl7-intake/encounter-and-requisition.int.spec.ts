import type { Decimal } from '@wardline/event-contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { header, openHl7Stand, segment, type Hl7Stand } from '../../test/hl7-stand.js';

let stand: Hl7Stand;
beforeAll(async () => void (stand = await openHl7Stand()));
afterAll(() => stand.close());

describe('an administration that names no place', () => {
  const movement = (id: string, event: string, ward: string, occurred: string, recorded = occurred): string =>
    header('PAS', `ADT^${event}`, id) +
    segment('EVN', { 2: `202611210${recorded}`, 6: `202611210${occurred}` }) +
    segment('PID', { 3: 'PT7007', 5: 'TESTCASE^ZETA' }) +
    segment('PV1', { 2: 'I', 3: `${ward}^214^1`, 19: 'V7700^^^NORTH^VN' });
  const given = (id: string, at: string, visit = 'V7700'): string =>
    header('EMAR', 'RAS^O17', id) +
    segment('PV1', { 2: 'I', 19: visit }) +
    segment('ORC', { 1: 'RE', 3: `ORD-${id}` }) +
    segment('RXA', { 2: '1', 3: `202611210${at}`, 5: 'GLOVE-M^^L', 6: '1', 7: 'TAB', 20: 'CP' });
  const placed = async (): Promise<unknown[]> =>
    (await stand.events('clinical.consumption')).map(({ data }) => (data['location'] as { value: string }).value);

  it('is refused while nobody has told where its encounter is, and taken when it is sent again after that', async () => {
    expect(await stand.send(given('M1', '900'))).toMatchObject({
      code: 'AE',
      says: expect.stringContaining('nothing was heard of it before that time'),
    });
    expect((await stand.send(movement('P1', 'A01', 'ED', '700'))).code).toBe('AA');
    expect((await stand.send(given('M1', '900'))).code).toBe('AA');
    expect(await placed()).toEqual(['ED']);
  });

  it('belongs to the ward at the time of use, whatever order the movements came in', async () => {
    await stand.send(movement('P2', 'A03', 'ICU', '959'));
    await stand.send(movement('P3', 'A02', 'ICU', '930'));
    expect((await stand.send(given('M2', '929'))).code).toBe('AA');
    expect((await stand.send(given('M3', '945'))).code).toBe('AA');
    expect((await placed()).slice(1)).toEqual(['ED', 'ICU']);
    expect(await stand.send(given('M4', '959'))).toMatchObject({
      code: 'AE',
      says: expect.stringContaining('discharged'),
    });
  });

  it('is repeated without a second effect, also when a transfer was cancelled meanwhile', async () => {
    await stand.send(movement('P4', 'A12', 'ED', '930', '958'));
    expect((await stand.send(given('M3', '945'))).code).toBe('AA');
    expect((await stand.send(given('M5', '946'))).code).toBe('AA');
    expect((await placed()).slice(3)).toEqual(['ED']);
  });

  it('shows in the preview which movement gives it its ward', async () => {
    const shown = await stand.hl7.preview({ profile: 'example-medication-record', text: given('M6', '800') });
    expect(shown).toMatchObject({
      reading: {
        records: [
          {
            location: { scheme: 'CODE', value: 'ED' },
            origins: {
              location:
                'ward of the encounter by ADT^A01 of 2026-11-21T06:00:00.000Z from example-patient-administration',
            },
          },
        ],
      },
    });
    const unknown = await stand.hl7.preview({ profile: 'example-medication-record', text: given('M6', '800', 'V1') });
    expect(unknown).toMatchObject({ reading: { records: [], findings: [{ code: 101, item: 'RXA[1]' }] } });
  });

  it('leaves nothing of a patient behind: encounters by pseudonym only', async () => {
    const rows = await stand.database.query<{ row: string }>('SELECT t::text AS row FROM encounter_movement t');
    expect(rows).toHaveLength(4);
    for (const person of ['PT7007', 'TESTCASE', 'V7700']) expect(JSON.stringify(rows)).not.toContain(person);
  });

  it('is forgotten ninety days after it left, and not while it is there', async () => {
    const old = (id: string, event: string, visit: string, day: string): string =>
      header('PAS', `ADT^${event}`, id) +
      segment('EVN', { 2: `${day}1000` }) +
      segment('PV1', { 2: 'I', 3: 'ED', 19: visit });
    const kept = async (): Promise<unknown[]> =>
      (await stand.database.query('SELECT event FROM encounter_movement ORDER BY id OFFSET 4')).map(
        ({ event }) => event,
      );
    await stand.send(old('LEFT-1', 'A01', 'LEFT', '20260701'));
    await stand.send(old('LEFT-2', 'A08', 'LEFT', '20260801'));
    await stand.send(old('STAYS-1', 'A01', 'STAYS', '20260701'));
    await stand.send(old('STAYS-2', 'A08', 'STAYS', '20260703'));
    expect(await kept()).toHaveLength(4);
    await stand.send(old('LEFT-3', 'A03', 'LEFT', '20260703'));
    await stand.send(old('P10', 'A01', 'NEW', '20261121'));
    expect(await kept()).toEqual(['A01', 'A08', 'A01']);
  });

  it('counts a movement once, under however many control ids it comes', async () => {
    expect((await stand.send(movement('P9', 'A01', 'ED', '700'))).code).toBe('AA');
    expect(
      await stand.database.query(`SELECT 1 FROM encounter_movement WHERE ward = 'ED' AND event = 'A01'`),
    ).toHaveLength(3);
  });
});

describe('a ward that asks for stock', () => {
  const wish = (id: string, control: string, number: string, quantity = '100'): string =>
    header('ORSUPPLY', 'OMS^O05', id, 'ORSYS') +
    segment('ORC', { 1: control, 2: number, 9: '20261121081500' }) +
    segment('RQD', { 1: '1', 2: 'SYR10ML^^L', 5: quantity, 6: 'EA', 7: 'CC-4400', 9: 'ED', 10: '20261205' });
  const wishes = async (): Promise<string[]> =>
    (await stand.events('clinical.requisition')).map(
      ({ data }) =>
        `${data['action'] as string} ${data['requisitionNumber'] as string} ${(data['quantity'] as Decimal).toFixed()}`,
    );

  it('has its requisition recorded once, for replenishment to weigh', async () => {
    for (const id of ['R1', 'R1', 'R2']) expect((await stand.send(wish(id, 'NW', 'REQ-1'))).code).toBe('AA');
    const [asked, ...more] = await stand.events('clinical.requisition');
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      key: 'ED/SYR10ML',
      data: {
        ...{ action: 'REQUESTED', cancels: null, requisitionNumber: 'REQ-1', lineNumber: '1', unit: 'EA' },
        ...{ product: { scheme: 'INTERNAL', value: 'SYR10ML' }, location: { scheme: 'CODE', value: 'ED' } },
        ...{ neededBy: '2026-12-05', costCentre: 'CC-4400', occurredAt: new Date('2026-11-21T13:15:00Z') },
      },
    });
  });

  it('may cancel it, once, by its number; what never came cannot be cancelled', async () => {
    expect(await stand.send(wish('R3', 'CA', 'REQ-9'))).toMatchObject({
      code: 'AE',
      says: expect.stringContaining('takes back REQ-9/1, which has not come'),
    });
    for (const id of ['R4', 'R5']) expect((await stand.send(wish(id, 'CA', 'REQ-1'))).code).toBe('AA');
    const [asked, cancelled] = await stand.events('clinical.requisition');
    expect(cancelled!.data).toMatchObject({ action: 'CANCELLED', cancels: asked!.data['eventId'] });
    expect(await wishes()).toEqual(['REQUESTED REQ-1 100', 'CANCELLED REQ-1 100']);
  });

  it('is told that a change is a cancellation and a new request', async () => {
    const changed = await stand.send(wish('R6', 'XO', 'REQ-1', '90'));
    expect(changed).toMatchObject({ code: 'AE', says: expect.stringContaining('cancellation of the old request') });
    const sameNumber = await stand.send(wish('R7', 'NW', 'REQ-1', '90'));
    expect(sameNumber).toMatchObject({ code: 'AE', says: expect.stringContaining('said otherwise') });
    expect(await wishes()).toHaveLength(2);
  });
});
