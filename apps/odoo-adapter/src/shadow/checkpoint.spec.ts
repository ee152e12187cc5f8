import type { EventId } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { checkpointFor, decide, modeAt, objection, unpaired, type Checkpoint, type Switch } from './checkpoint.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 8, minute));
const switched = (minute: number, mode: Switch['mode']): Switch => ({
  at: at(minute),
  mode,
  by: 'M. Vogel',
  reason: '-',
});
const goLive = [switched(0, 'SHADOW'), switched(30, 'LIVE'), switched(60, 'SHADOW')];
const checkpoint: Checkpoint = {
  ...{
    checkpointId: 'c' as EventId,
    flow: 'consumption',
    site: 'NORTH',
    oldFlow: 'consumption',
    oldUserIds: [7],
    toleranceMs: 600_000,
    agreeMs: 3_600_000,
  },
  switches: goLive.slice(0, 1),
};

describe('who posts a movement', () => {
  it('is Wardline where nobody set a checkpoint, and before the first switch', () => {
    expect(decide([], at(1), at(2))).toBe('post');
    expect(modeAt(goLive, at(-1))).toBe('LIVE');
    expect(modeAt(goLive, at(0))).toBe('SHADOW');
  });

  it.each([
    [5, 6, 'shadow'],
    [30, 31, 'post'],
    [29, 30, 'evidence'],
    [10, 45, 'evidence'],
    [59, 61, 'evidence'],
    [10, 70, 'evidence'],
    [31, 29, 'evidence'],
  ])('that happened at minute %i and was taken at minute %i is a matter of %s', (occurred, taken, decision) => {
    expect(decide(goLive, at(occurred), at(taken))).toBe(decision);
  });

  it('is Wardline for what nobody posted before a switch, and a person for what the old interface left out', () => {
    expect(unpaired(goLive, at(5), at(15))).toBe('alone');
    expect(unpaired(goLive, at(25), at(35))).toBe('post');
    expect(unpaired(goLive, at(59), at(69))).toBe('post');
  });
});

describe('the checkpoint of a movement', () => {
  const paths = new Map([
    ['NORTH', 'NORTH'],
    ['NORTH-ICU', 'NORTH/Wards/ICU'],
    ['WARDS', 'NORTH/Wards'],
    ['NORTHWEST', 'NORTHWEST'],
  ]);
  const all = [checkpoint, { ...checkpoint, checkpointId: 'inner' as EventId, site: 'WARDS' }];
  const of = (fromLocation: string, toLocation: string) =>
    checkpointFor({ fromLocation, toLocation }, all, (code) => paths.get(code))?.checkpointId;

  it('is that of the innermost site around its shelf and of its flow', () => {
    expect(of('NORTH-ICU', 'Consumption')).toBe('inner');
    expect(of('NORTH', 'Consumption')).toBe('c');
    expect(of('Consumption', 'NORTH-ICU')).toBe('inner');
    expect(of('NORTHWEST', 'Consumption')).toBeUndefined();
    expect(of('Vendors', 'NORTH-ICU')).toBeUndefined();
  });
});

describe('a switch', () => {
  const standing = { now: at(100), agreesSince: at(10), despite: false };
  const ask = (
    minute: number,
    mode: Switch['mode'],
    change: { readonly agreesSince?: Date | null; readonly despite?: boolean } = {},
  ) => objection(checkpoint, { at: at(minute), mode }, { ...standing, ...change });

  it('to live waits until the two have agreed for as long as the checkpoint says', () => {
    expect(ask(101, 'LIVE')).toBeNull();
    expect(ask(101, 'LIVE', { agreesSince: at(50) })).toContain('agree since 2026-11-28T08:50:00.000Z');
    expect(ask(101, 'LIVE', { agreesSince: null })).toContain('nothing has been found to agree yet');
    expect(ask(101, 'LIVE', { agreesSince: null, despite: true })).toBeNull();
  });

  it('lies a minute ahead and after the one before, and changes something', () => {
    expect(ask(100, 'LIVE')).toContain('a minute from now at the earliest');
    expect(ask(101, 'SHADOW')).toContain('is SHADOW already');
    const planned = { ...checkpoint, switches: [...checkpoint.switches, switched(200, 'LIVE')] };
    const asked = objection(planned, { at: at(150), mode: 'SHADOW' }, standing);
    expect(asked).toContain('M. Vogel switched to LIVE from 2026-11-28T11:20:00.000Z on');
  });
});
