import { describeValidity } from './validity.js';

const given = 'r4-wasted.json';

describeValidity('R4', [
  { file: given, what: 'an administration without a time', with: { effectiveDateTime: undefined } },
  { file: given, what: 'an amount as text', with: { dosage: { dose: { value: '1', unit: 'Vial' } } } },
  { file: given, what: 'a time in another form', with: { effectiveDateTime: '21.11.2026 08:15' } },
  {
    file: given,
    what: 'two contexts',
    with: { context: [{ reference: 'Encounter/1' }, { reference: 'Encounter/2' }] },
  },
  { file: given, what: 'the way R5 names a drug', with: { medicationCodeableConcept: undefined, medication: {} } },
  {
    file: 'r4-procedure-stopped.json',
    what: 'a device that is no list',
    with: { usedReference: { reference: 'Device/1' } },
  },
  { file: 'r4-arrived.json', what: 'two items in one delivery', with: { suppliedItem: [{}, {}] } },
]);
