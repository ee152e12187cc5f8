import { Decimal, OpeningBalanceReported } from '@wardline/event-contracts';
import type { BusinessEvent, Envelope } from '@wardline/event-handling';
import { envelopeOf, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { StockLedger } from '../stock-ledger.store.js';
import { TakeOpeningBalance } from './take-opening-balance.handler.js';

const takeOpeningBalance = new TakeOpeningBalance(new StockLedger());
let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase(migrations);
});
afterEach(() => database.close());

function reported(quantity: number, lotNumber: string | null = null): Envelope<OpeningBalanceReported> {
  return envelopeOf(OpeningBalanceReported, {
    ...{ productCode: 'GLOVE-M', locationCode: 'NORTH-ICU', lotNumber, serialNumber: null, expiryDate: null },
    ...{ quantity: new Decimal(quantity), unit: 'Units', source: 'odoo-adapter' },
  });
}

async function take(...reports: Envelope<OpeningBalanceReported>[]): Promise<BusinessEvent[]> {
  return database.transaction((tx) => takeOpeningBalance.handleBatch(reports, tx));
}

async function balances(): Promise<unknown[]> {
  expect(await database.query('SELECT * FROM stock_balance_difference')).toEqual([]);
  const rows = await database.query(
    'SELECT location, lot_number, quantity FROM stock_balance ORDER BY lot_number, location',
  );
  return rows.map((row) => Object.values(row));
}

it('brings the ledger to what Odoo held, above or below zero', async () => {
  const events = await take(reported(240), reported(-3, 'L1'), reported(0, 'L2'));

  expect(await balances()).toEqual([
    ['Inventory adjustment', '', '-240.000000'],
    ['NORTH-ICU', '', '240.000000'],
    ['Inventory adjustment', 'L1', '3.000000'],
    ['NORTH-ICU', 'L1', '-3.000000'],
  ]);
  expect(events).toMatchObject([
    {
      ...{ topic: 'inventory.stock', key: 'NORTH-ICU/GLOVE-M' },
      data: {
        movementType: 'ADJUSTMENT',
        interface: 'odoo',
        reason: 'opening balance',
        actor: 'odoo-adapter',
        ledgerPosition: 1n,
      },
    },
    {
      key: 'NORTH-ICU/GLOVE-M',
      data: { lotNumber: 'L1', quantity: new Decimal(3), toLocation: 'Inventory adjustment' },
    },
  ]);
});

it('opens each balance once, even one that was reported as zero', async () => {
  const first = reported(240);
  await take(first, reported(0, 'L2'));

  expect(await take(first, reported(238), reported(7, 'L2'))).toEqual([]);
  expect(await balances()).toEqual([
    ['Inventory adjustment', '', '-240.000000'],
    ['NORTH-ICU', '', '240.000000'],
  ]);
});
