import { describe, expect, it } from 'vitest';
import { correlationOf, timeline } from '../trace/timeline.js';
import { placeInTime, sinceOfId } from './place-in-time.js';
import { fieldsText, type ShownRecord } from './shown-record.js';

const now = new Date('2026-11-21T12:00:00.000Z');

describe('a place in time', () => {
  it.each([
    ['15m', '2026-11-21T11:45:00.000Z'],
    ['2h', '2026-11-21T10:00:00.000Z'],
    ['3d', '2026-11-18T12:00:00.000Z'],
    ['2026-11-20T08:15:00Z', '2026-11-20T08:15:00.000Z'],
    ['2026-11-20T08:15+02:00', '2026-11-20T06:15:00.000Z'],
  ])('%s', (text, time) => {
    expect(placeInTime('--from', text, now)).toEqual(new Date(time));
  });

  it('may be a local day', () => {
    expect(placeInTime('--from', '2026-11-20', now)).toEqual(new Date(2026, 10, 20));
  });

  it.each(['yesterday', '15', '5w', '', '2026-13-40'])('is not %j', (text) => {
    expect(() => placeInTime('--from', text, now)).toThrow(`--from ${text}`);
  });

  it('is told by an id of version 7, less some minutes; by any other it is a day ago', () => {
    const id = '019aa6a1-0000-7d11-8a55-0d2f6a1b9c01';
    expect(sinceOfId(id, now).getTime()).toBe(0x019aa6a10000 - 600_000);
    expect(sinceOfId('0193f1a2-7c3e-4d11-8a55-0d2f6a1b9c01', now)).toEqual(new Date('2026-11-20T12:00:00.000Z'));
    expect(sinceOfId('ffffffff-0000-7d11-8a55-0d2f6a1b9c01', now)).toEqual(new Date('2026-11-20T12:00:00.000Z'));
  });
});

describe('the timeline of a business fact', () => {
  const used = record('use', 0, { correlationId: 'use' });
  const accepted = record('accepted', 30, { correlationId: 'use', causationId: 'use', recordEventId: 'use' });
  const moved = record('moved', 50, { correlationId: 'use', causationId: 'accepted' });
  const posted = record('posted', 900, { correlationId: 'use', causationId: 'moved', sourceEventId: 'moved' });
  const other = record('other', 10, { correlationId: 'elsewhere', reverses: 'use' });

  it('stands in the order of time, each with its delay after the first and after its cause', () => {
    const steps = timeline('use', [posted, moved, other, accepted, used]);
    expect(
      steps.map(({ record: { data }, sinceFirstMs, sinceCauseMs, depth }) => [
        data?.['eventId'],
        sinceFirstMs,
        sinceCauseMs,
        depth,
      ]),
    ).toEqual([
      ['use', 0, null, 0],
      ['accepted', 30, 30, 1],
      ['moved', 50, 20, 2],
      ['posted', 900, 850, 3],
    ]);
  });

  it('is found from any of its ids', () => {
    expect(correlationOf('use', [used, accepted, other])).toBe('use');
    expect(correlationOf('moved', [posted, moved])).toBe('use');
    expect(correlationOf('not-an-event', [record('x', 0, { correlationId: 'use', exceptionId: 'not-an-event' })])).toBe(
      'use',
    );
    expect(correlationOf('nothing', [])).toBeNull();
  });

  it('ends also where two records name each other as their cause', () => {
    const [one, two] = [
      record('1', 0, { causationId: '2', correlationId: 'c' }),
      record('2', 1, { causationId: '1', correlationId: 'c' }),
    ];
    expect(timeline('c', [one, two])).toHaveLength(2);
  });
});

describe('the fields of a record on one line', () => {
  it('leave out who sent it and what is empty, and name inner ones by their path', () => {
    const data = {
      source: 's',
      quantity: '2',
      product: { value: 'GAUZE 10', supplierCode: null },
      packs: [{ size: 6 }],
      lot: null,
    };
    expect(fieldsText({ ...record('e', 0, {}), data })).toBe('quantity=2 product.value="GAUZE 10" packs[0].size=6');
  });
});

function record(eventId: string, atMs: number, data: Record<string, string>): ShownRecord {
  const timestamp = new Date(now.getTime() + atMs).toISOString();
  const place = { topic: 't', partition: 0, offset: '0', timestamp, key: 'k', recordType: 'org.R' };
  return { ...place, data: { eventId, ...data }, unreadable: null };
}
