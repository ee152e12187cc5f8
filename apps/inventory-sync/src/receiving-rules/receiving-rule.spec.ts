import { expect, it } from 'vitest';
import { requirements, ruleFor, type ReceivingRule } from './receiving-rule.js';

const rule = (scope: ReceivingRule['scope'], subject: string): ReceivingRule => ({
  scope,
  subject,
  requirements: requirements.parse({ lot: true }),
});
const rules = [
  rule('CLASS', 'All'),
  rule('CLASS', 'All / Drugs'),
  rule('CLASS', 'All / Drugs / Cold'),
  rule('PRODUCT', 'INSULIN'),
];

it.each([
  ['INSULIN', 'All / Drugs / Cold', 'INSULIN'],
  ['VACCINE', 'All / Drugs / Cold', 'All / Drugs / Cold'],
  ['SALINE', 'All / Drugs / Fluids', 'All / Drugs'],
  ['DRUGSTORE-BAG', 'All / Drugstore', 'All'],
  ['GLOVE-M', '', undefined],
])('%s of class "%s" is received by the rule of %s', (code, category, subject) => {
  expect(ruleFor({ code, category }, rules)?.subject).toBe(subject);
});
