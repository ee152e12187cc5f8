import { Decimal } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord, location, product, sent, unit } from '../../test/builders.js';
import { ServiceUnderTest } from '../../test/service-under-test.js';

const gloveBox = '19521101530008';
const scanned = { product: { scheme: 'GTIN', value: gloveBox, supplierCode: null }, unit: '{scanned}' } as const;
let service: ServiceUnderTest;

beforeEach(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(unit('Units', '1'), unit('Pack of 6', '6', 'Units'), location());
});
afterEach(() => service.database.close());

const quantities = async (): Promise<string[]> =>
  (await service.published('inventory.consumption')).map(({ data }) => (data['quantity'] as Decimal).toFixed());

describe('a record that counts what carries the code scanned', () => {
  it('waits for the product and then counts its packaging in the stock unit', async () => {
    await service.deliver([sent(aRecord({ ...scanned, quantity: new Decimal(2) }))]);
    expect(await quantities()).toEqual([]);
    await service.know(product({ gtin: '09521101530001', packagings: [{ unit: 'Pack of 6', gtin: gloveBox }] }));
    await service.drain();
    expect(await quantities()).toEqual(['12']);
  });

  it('counts pieces where the code is that of the piece', async () => {
    await service.know(product({ gtin: gloveBox, packagings: [{ unit: 'Pack of 6', gtin: '29521101530005' }] }));
    await service.deliver([sent(aRecord({ ...scanned, quantity: new Decimal(2) }))]);
    expect(await quantities()).toEqual(['2']);
  });
});
