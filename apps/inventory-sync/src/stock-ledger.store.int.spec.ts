import { Decimal, type EventId } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from './migrations.js';
import type { Movement } from './movement.js';
import { LedgerReadings } from './show-ledger/ledger-readings.store.js';
import { StockLedger } from './stock-ledger.store.js';

const ledger = new StockLedger();
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrations);
});
afterAll(() => database.close());

function moved(change: Partial<Movement> = {}): Movement {
  const eventId = newEventId(testMorning);
  return {
    ...{
      eventId,
      sourceEventId: newEventId(testMorning),
      correlationId: eventId,
      causationId: eventId,
      reverses: null,
    },
    ...{ movementType: 'CONSUMPTION', productCode: 'GLOVE-M', fromLocation: 'NORTH-ICU', toLocation: 'Consumption' },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(1), unit: 'Units', reason: null },
    ...{ transferReference: null, documentReference: null },
    ...{ occurredAt: testMorning, recordedAt: testMorning, actor: 'cabinet-7', interface: 'clinical.consumption' },
    ...change,
  };
}

async function book(...movements: Movement[]): Promise<void> {
  await database.transaction((tx) => ledger.append(tx, movements));
}

it.each([
  ['UPDATE stock_movement SET quantity = 5', 'UPDATE'],
  ['DELETE FROM stock_movement', 'DELETE'],
  ['TRUNCATE stock_movement CASCADE', 'TRUNCATE'],
])('the database refuses %s and says what to do instead', async (statement, operation) => {
  await book(moved());
  await expect(database.query(statement)).rejects.toThrow(
    `stock_movement is append-only: ${operation} is refused; book a movement of type REVERSAL instead`,
  );
});

it('the database refuses to reverse a movement twice, to book a record twice, and to move nothing', async () => {
  const use = moved();
  const undo = { movementType: 'REVERSAL', fromLocation: 'Consumption', toLocation: 'NORTH-ICU' } as const;
  await book(use, moved({ ...undo, reverses: use.eventId }));
  await expect(book(moved({ ...undo, reverses: use.eventId }))).rejects.toThrow(/stock_movement_reverses_key/);
  await expect(book(moved({ sourceEventId: use.sourceEventId }))).rejects.toThrow(/stock_movement_source/);
  await expect(book(moved({ quantity: new Decimal(0) }))).rejects.toThrow(/stock_movement_quantity_check/);
});

it('a balance is kept in one unit', async () => {
  await book(moved({ productCode: 'TAPE' }));
  const inRolls = book(moved({ productCode: 'TAPE', unit: 'Roll' }));
  await expect(inRolls).rejects.toMatchObject({ code: 'UNIT_DIFFERS', class: 'DATA', owner: 'master-data' });
  await expect(inRolls).rejects.toThrow(
    'The balance of TAPE at Consumption is kept in Units; a movement in Roll cannot be added',
  );
});

it('writers of the same balances in opposite order wait for each other and lose nothing', async () => {
  const lots = Array.from({ length: 20 }, (_, n) => `L${n}`);
  const writer = (order: readonly string[]) =>
    book(...order.map((lotNumber) => moved({ productCode: 'SUTURE', lotNumber })));
  await Promise.all(Array.from({ length: 16 }, (_, n) => writer(n % 2 === 0 ? lots : [...lots].reverse())));

  const rows = await database.query(
    `SELECT DISTINCT location, quantity FROM stock_balance WHERE product_code = 'SUTURE' ORDER BY location`,
  );
  expect(rows).toEqual([
    { location: 'Consumption', quantity: '16.000000' },
    { location: 'NORTH-ICU', quantity: '-16.000000' },
  ]);
});

it('the check finds a balance that somebody has changed, and a product that does not add up', async () => {
  const readings = new LedgerReadings(database);
  const before = await readings.check();
  expect(before).toMatchObject({
    consistent: true,
    differences: [],
    unbalanced: [],
    postings: { posted: 0, refused: 0 },
  });
  expect(before.postings.pending).toBe(before.movements);

  await book(moved({ productCode: 'MASK' }));
  await database.query(`UPDATE stock_balance SET quantity = 7 WHERE product_code = 'MASK' AND location = 'NORTH-ICU'`);

  expect(await readings.check()).toMatchObject({
    consistent: false,
    differences: [{ location: 'NORTH-ICU', product_code: 'MASK', balance: '7.000000', movements: '-1.000000' }],
    unbalanced: [{ productCode: 'MASK', total: '8.000000' }],
  });
});

it('the movements of records are found with what has undone them', async () => {
  const [use, other] = [moved({ lotNumber: 'L1' }), moved()];
  const undo = {
    movementType: 'REVERSAL',
    fromLocation: 'Consumption',
    toLocation: 'NORTH-ICU',
    lotNumber: 'L1',
  } as const;
  const undoing = moved({ ...undo, reverses: use.eventId });
  await book(use, other, undoing);

  const unknown: EventId = newEventId(testMorning);
  const found = await database.transaction((tx) =>
    ledger.originals(tx, [use.sourceEventId, other.sourceEventId, unknown]),
  );
  expect(found).toEqual([
    { movement: use, reversedBy: undoing.eventId },
    { movement: other, reversedBy: null },
  ]);
});
