import { describeValidity } from './validity.js';

const given = 'r5-location-extension.json';

describeValidity('R5', [
  { file: given, what: 'an administration without a time', with: { occurenceDateTime: undefined } },
  {
    file: given,
    what: 'a time by its name in R4',
    with: { occurenceDateTime: undefined, effectiveDateTime: '2026-11-21' },
  },
  {
    file: given,
    what: 'a drug by its name in R4',
    with: { medication: undefined, medicationCodeableConcept: { text: 'x' } },
  },
  { file: 'r5-counted.json', what: 'a count without the day', with: { reportedDateTime: undefined } },
  {
    file: 'r5-counted.json',
    what: 'a count of an item without its amount',
    with: { inventoryListing: [{ item: [{ item: {} }] }] },
  },
  {
    file: 'r5-delivery-of-two.json',
    what: 'an item that is no list',
    with: { suppliedItem: { quantity: { value: 1 } } },
  },
]);
