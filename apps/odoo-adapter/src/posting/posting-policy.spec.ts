import { expect, it } from 'vitest';
import { timingOf, type PolicyRule } from './posting-policy.js';

const at = new Date('2026-11-21T08:15:30.000Z');
const rules: PolicyRule[] = [
  { category: 'All / Consumables', policy: 'coalesced', windowSeconds: 60 },
  { category: 'All / Consumables / Controlled', policy: 'immediate' },
];

it.each([
  ['SERIAL', 'All / Devices', 'immediate', '2026-11-21T08:15:30.000Z'],
  ['LOT', 'All / Sutures', 'batched', '2026-11-21T08:15:30.050Z'],
  ['NONE', 'All / Consumables / Gloves', 'coalesced', '2026-11-21T08:16:00.000Z'],
  ['NONE', 'All / Consumables / Controlled', 'immediate', '2026-11-21T08:15:30.000Z'],
  ['NONE', 'All / Consumables / Controlled / Opioids', 'immediate', '2026-11-21T08:15:30.000Z'],
  ['NONE', 'All / Consumables Old', 'batched', '2026-11-21T08:15:30.050Z'],
])('%s product of %s is %s, due at the latest %s', (tracking, category, policy, dueAt) => {
  const subject = { tracking, category, operation: 'consumption' } as const;
  expect(timingOf(subject, rules, at, 50)).toMatchObject({ policy, dueAt: new Date(dueAt) });
});

it.each(['receipt', 'delivery', 'transfer', 'adjustment'] as const)('a %s keeps a document of its own', (operation) => {
  const subject = { tracking: 'NONE', category: 'All / Consumables', operation };
  expect(timingOf(subject, rules, at, 50)).toEqual({
    policy: 'batched',
    dueAt: new Date('2026-11-21T08:15:30.050Z'),
    windowStart: null,
  });
});
