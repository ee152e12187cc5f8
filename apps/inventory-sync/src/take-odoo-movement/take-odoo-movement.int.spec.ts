import { Decimal, OdooStockMoveReported } from '@wardline/event-contracts';
import type { BusinessEvent, Envelope } from '@wardline/event-handling';
import { envelopeOf, testDatabase, type TestData, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { StockLedger } from '../stock-ledger.store.js';
import { TakeOdooMovement } from './take-odoo-movement.handler.js';

const takeOdooMovement = new TakeOdooMovement(new StockLedger());
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrations);
});
let product: string;
let tests = 0;
// the ledger forgets nothing: each test has a product of its own
beforeEach(() => {
  product = `SUTURE-${(tests += 1)}`;
});
afterAll(() => database.close());

function reported(change: Partial<TestData<OdooStockMoveReported>> = {}): Envelope<OdooStockMoveReported> {
  return envelopeOf(OdooStockMoveReported, {
    ...{ moveLineId: 48211n, revision: 0, reference: 'WH/IN/00042', userId: 7n, reason: 'P00012' },
    ...{ productCode: product, lotNumber: 'L1', serialNumber: null, expiryDate: null },
    ...{ fromLocation: 'Vendors', fromUsage: 'supplier', toLocation: 'NORTH-ICU', toUsage: 'internal' },
    ...{ quantity: new Decimal(6), unit: 'Units', source: 'odoo-adapter' },
    ...change,
  });
}

async function take(...reports: Envelope<OdooStockMoveReported>[]): Promise<BusinessEvent[]> {
  return database.transaction((tx) => takeOdooMovement.handleBatch(reports, tx));
}

async function onHand(location: string): Promise<unknown> {
  const rows = await database.query<{ quantity: string }>(
    'SELECT quantity FROM stock_balance WHERE location = $1 AND product_code = $2',
    [location, product],
  );
  return rows[0]?.quantity;
}

it('a receipt validated in Odoo is a receipt of the ledger, with its user and document', async () => {
  const [event] = await take(reported());
  expect(event).toMatchObject({ topic: 'inventory.stock', key: `NORTH-ICU/${product}` });
  expect(event?.data).toMatchObject({
    ...{ movementType: 'RECEIPT', fromLocation: 'Vendors', toLocation: 'NORTH-ICU', lotNumber: 'L1' },
    ...{ interface: 'odoo', actor: 'odoo-user-7', reason: 'P00012', documentReference: 'WH/IN/00042' },
  });
  expect(await onHand('NORTH-ICU')).toBe('6.000000');
});

it('the same report again changes nothing', async () => {
  const report = reported();
  await take(report);
  expect(await take(report)).toEqual([]);
  expect(await onHand('NORTH-ICU')).toBe('6.000000');
});

it('a line that was changed in Odoo afterwards is taken back and done anew', async () => {
  await take(reported());
  const back = { fromLocation: 'NORTH-ICU', fromUsage: 'internal', toLocation: 'Vendors', toUsage: 'supplier' };
  const events = await take(reported({ ...back, revision: 1 }), reported({ quantity: new Decimal(4), revision: 1 }));
  expect(events.map(({ data }) => data['reason'])).toEqual(Array(2).fill('changed in Odoo after it was done (1)'));
  expect(await onHand('NORTH-ICU')).toBe('4.000000');
});

it.each([
  ['NORTH-ICU', 'NORTH-OR1', 'TRANSFER'],
  ['NORTH-ICU', 'In transit', 'TRANSFER'],
  ['Inventory adjustment', 'NORTH-ICU', 'ADJUSTMENT'],
  ['NORTH-ICU', 'Inventory adjustment', 'ADJUSTMENT'],
  ['NORTH-ICU', 'Scrap', 'WASTE'],
  ['NORTH-ICU', 'Vendors', 'RETURN'],
  ['NORTH-ICU', 'Consumption', 'CONSUMPTION'],
  ['Consumption', 'NORTH-ICU', 'RETURN'],
])('from %s to %s is a movement of type %s', async (fromLocation, toLocation, movementType) => {
  const [event] = await take(reported({ fromLocation, toLocation }));
  expect(event?.data).toMatchObject({ movementType, fromLocation, toLocation, interface: 'odoo' });
});
