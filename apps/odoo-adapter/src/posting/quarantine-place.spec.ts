import { expect, it } from 'vitest';
import { besideQuarantine } from './quarantine-place.js';

it.each([
  ['NORTH-ICU/Quarantine', 'NORTH-ICU'],
  ['WH/Stock/Fridge/Quarantine', 'WH/Stock/Fridge'],
  ['NORTH-ICU', null],
  ['Quarantine', null],
  ['/Quarantine', null],
  ['NORTH-ICU/Quarantine/Quarantine', null],
])('the quarantine %s stands beside %s', (code, beside) => {
  expect(besideQuarantine(code)).toBe(beside);
});
