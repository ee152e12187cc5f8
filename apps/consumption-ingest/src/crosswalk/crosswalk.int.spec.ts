import type { ConsumptionRecorded } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord, location, product, sent, unit } from '../../test/builders.js';
import { ServiceUnderTest } from '../../test/service-under-test.js';

let service: ServiceUnderTest;

beforeEach(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(
    unit('Units', '1'),
    unit('Pack of 6', '6', 'Units'),
    unit('Dozens', '12', 'Units'),
    location(),
    product(),
  );
});
afterEach(() => service.database.close());

const heldFirst: readonly (readonly [string, string, string, Partial<ConsumptionRecorded>, string])[] = [
  [
    'an NDC',
    'NDC/0002-1433-80',
    'GLOVE-M',
    { product: { scheme: 'NDC', value: '00002143380', supplierCode: null } },
    'UNKNOWN_PRODUCT',
  ],
  [
    'a GLN',
    'GLN/4012345000009',
    'NORTH-ICU',
    { location: { scheme: 'GLN', value: '4012345000009' } },
    'UNKNOWN_LOCATION',
  ],
  ['a unit', 'UNIT/BX', 'Pack of 6', { unit: 'BX' }, 'UNKNOWN_UNIT'],
];

describe('the crosswalk', () => {
  it.each(heldFirst)('lets %s that was held go on once it is entered', async (_, entry, target, overrides, code) => {
    const record = aRecord(overrides);
    await service.deliver([sent(record)]);
    const [kind, name] = entry.split('/') as [string, string];
    expect(await service.crosswalk.put(kind, name, { target, by: 'M. Weber' })).toMatchObject({
      released: 1,
      entry: { target },
    });
    await service.drain();
    expect(await service.receiptLines()).toEqual([
      `ConsumptionHeld ${code} ${record.eventId}`,
      `ConsumptionAccepted ${record.eventId}`,
    ]);
  });

  it('lets the unit of one product outrank that of all', async () => {
    await service.crosswalk.put('UNIT', 'BX', { target: 'Dozens', by: 'M. Weber' });
    await service.crosswalk.put('UNIT', 'BX', { target: 'Pack of 6', productCode: 'GLOVE-M', by: 'M. Weber' });
    await service.know(product({ productCode: 'GAUZE' }));
    await service.deliver([
      sent(aRecord({ unit: 'BX' })),
      sent(aRecord({ unit: 'BX', product: { scheme: 'INTERNAL', value: 'GAUZE', supplierCode: null } })),
    ]);
    const facts = await service.published('inventory.consumption');
    expect(facts.map(({ data }) => String(data['quantity']))).toEqual(['12', '24']);
  });

  it('keeps who changed what, also of what was removed', async () => {
    await service.crosswalk.put('unit', 'BX', { target: 'Dozens', by: 'M. Weber' });
    await service.crosswalk.put('unit', 'BX', { target: 'Pack of 6', by: 'A. Rossi' });
    await service.crosswalk.remove('unit', 'BX', { by: 'M. Weber' });
    const { entries, history } = await service.crosswalk.show('UNIT', 'BX');
    expect(entries).toEqual([]);
    expect(history.map(({ target, changedBy }) => [target, changedBy])).toEqual([
      [null, 'M. Weber'],
      ['Pack of 6', 'A. Rossi'],
      ['Dozens', 'M. Weber'],
    ]);
    await expect(service.crosswalk.remove('UNIT', 'BX', { by: 'M. Weber' })).rejects.toThrow(/no entry for UNIT BX/);
  });

  it.each([
    ['a kind it does not have', 'COLOUR', 'red', { target: 'x', by: 'M' }, /must be NDC, GLN, UNIT, ITEM or LOCATION/],
    ['a code that breaks its rules', 'GLN', '4012345000000', { target: 'x', by: 'M' }, /not a GLN/],
    ['a code for pieces', 'UNIT', 'EA', { target: 'x', by: 'M' }, /always means Odoo's Units/],
    ['a change by nobody', 'UNIT', 'BX', { target: 'x' }, /by: is missing/],
    [
      'a product where none belongs',
      'GLN',
      '4012345000009',
      { target: 'x', by: 'M', productCode: 'A' },
      /only an entry of kind UNIT/,
    ],
  ])('refuses %s', async (_, kind, code, body, reason) => {
    await expect(service.crosswalk.put(kind, code, body)).rejects.toThrow(reason);
  });
});
