import { Decimal } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { histories } from '../../test/config.ts';
import { migrations } from '../migrations.js';
import type { Movement } from '../movement.js';
import { StockLedger } from '../stock-ledger.store.js';
import { BalanceAsOf, type BalanceQuestion } from './balance-as-of.store.js';
import { LedgerHistoryStore } from './ledger-history.store.js';

const minute = 60_000;
const ledger = new StockLedger();
const history = new LedgerHistoryStore();
let database: TestDatabase;
let balances: BalanceAsOf;
let products = 0;

beforeAll(async () => {
  database = await testDatabase(migrations);
  balances = new BalanceAsOf(database);
});
afterAll(() => database.close());

/** One step of a history: movements of one transaction, or the background taking over a few. */
type Step =
  { readonly book: readonly Draft[] } | { readonly take: { readonly limit: number; readonly denseFrom: number } };

interface Draft {
  readonly from: number;
  readonly to: number;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly quantity: number;
  readonly occurred: number;
  readonly late: number;
}

const places = ['WARD', 'OR', 'STORE', 'Consumption'];
const draft: fc.Arbitrary<Draft> = fc.record({
  from: fc.nat({ max: 3 }),
  to: fc.integer({ min: 1, max: 3 }),
  lot: fc.constantFrom(null, 'L1', 'L2'),
  serial: fc.constantFrom(null, null, 'S1'),
  quantity: fc.integer({ min: 1, max: 1_000 }),
  // Five hours by the quarter of one, so that equal times and whole hours are usual; known up to three hours later, or before.
  occurred: fc.nat({ max: 20 }).map((quarters) => quarters * 15),
  late: fc.integer({ min: -2, max: 12 }).map((quarters) => quarters * 15),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.array(draft, { minLength: 1, maxLength: 8 }).map((book) => ({ book })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ limit: fc.integer({ min: 1, max: 12 }), denseFrom: fc.constantFrom(1, 3, 8, 1_000) })
      .map((take) => ({ take })),
  },
);
const moment = fc.option(fc.integer({ min: -5, max: 520 }));
const question = fc.record({
  location: fc.nat({ max: 3 }),
  lot: fc.constantFrom(null, null, 'L1', 'L2', 'S1', 'L9'),
  occurred: moment,
  known: moment,
});

function at(minutes: number): Date {
  return new Date(testMorning.getTime() - (testMorning.getTime() % (60 * minute)) + minutes * minute);
}

function movementOf(product: string, { from, to, lot, serial, quantity, occurred, late }: Draft): Movement {
  const eventId = newEventId(testMorning);
  return {
    ...{ eventId, sourceEventId: newEventId(testMorning), correlationId: eventId, causationId: eventId },
    ...{ reverses: null, movementType: 'TRANSFER', productCode: product, unit: 'Units', reason: null },
    ...{ fromLocation: places[from]!, toLocation: places[(from + to) % 4]!, lotNumber: lot, serialNumber: serial },
    ...{
      expiryDate: null,
      transferReference: null,
      documentReference: null,
      quantity: new Decimal(quantity).div(8),
      occurredAt: at(occurred),
    },
    ...{ recordedAt: at(occurred + late), actor: 'cabinet-7', interface: 'test' },
  };
}

async function run(product: string, one: Step): Promise<Movement[]> {
  if ('take' in one) {
    await database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await history.take(tx, one.take.limit, one.take.denseFrom);
    });
    return [];
  }
  const movements = one.book.map((each) => movementOf(product, each));
  await database.transaction((tx) => ledger.append(tx, movements));
  return movements;
}

function naiveSum(movements: readonly Movement[], asked: BalanceQuestion): string {
  return movements
    .filter(({ lotNumber, serialNumber }) => asked.lot === null || [lotNumber, serialNumber].includes(asked.lot))
    .filter(({ occurredAt }) => asked.occurredAt === null || occurredAt <= asked.occurredAt)
    .filter(({ recordedAt }) => asked.knownAt === null || recordedAt <= asked.knownAt)
    .reduce(
      (sum, { fromLocation, toLocation, quantity }) =>
        sum.plus(toLocation === asked.location ? quantity : 0).minus(fromLocation === asked.location ? quantity : 0),
      new Decimal(0),
    )
    .toFixed(6);
}

it('a balance as of any business time and any state of knowledge is the sum of the movements, late ones too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 10 }),
      fc.array(question, { minLength: 4, maxLength: 4 }),
      async (steps, questions) => {
        const product = `P${(products += 1)}`;
        const movements: Movement[] = [];
        for (const one of steps) movements.push(...(await run(product, one)));
        for (const { location, lot, occurred, known } of questions) {
          const asked: BalanceQuestion = {
            ...{ product, location: places[location]!, lot },
            occurredAt: occurred === null ? null : at(occurred),
            knownAt: known === null ? null : at(known),
          };
          const parts = await balances.read(asked);
          const answered = parts.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0)).toFixed(6);
          expect({ asked, answered }).toEqual({ asked, answered: naiveSum(movements, asked) });
        }
      },
    ),
    { numRuns: histories, interruptAfterTimeLimit: histories > 1_000 ? 3_600_000 : 40_000 },
  );
}, 3_700_000);

async function takeAll(): Promise<void> {
  let complete = false;
  while (!complete)
    ({ complete } = await database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return history.take(tx, 1_000);
    }));
}

it('a transaction held open while others commit after it is neither missed nor counted twice', async () => {
  const of = (quantity: number): Movement =>
    movementOf('HELD', { from: 0, to: 3, lot: null, serial: null, quantity: quantity * 8, occurred: 0, late: 0 });
  const atWard = { product: 'HELD', location: 'WARD', lot: null, occurredAt: null, knownAt: null };
  let end = (): void => undefined;
  const held = new Promise<void>((resolve) => (end = resolve));
  let booked = (): void => undefined;
  const isBooked = new Promise<void>((resolve) => (booked = resolve));
  const late = database.transaction(async (tx) => {
    // The ledger without the balance's row, which the others of this test would wait for.
    await tx.query(
      `INSERT INTO stock_movement (event_id, source_event_id, movement_type, product_code, from_location, to_location,
         quantity, unit, occurred_at, recorded_at, actor, interface, correlation_id, causation_id)
       SELECT $1, $1, 'TRANSFER', 'HELD', 'WARD', 'Consumption', 5, 'Units', $2, $2, 'x', 'held', $1, $1`,
      [newEventId(testMorning), testMorning],
    );
    booked();
    await held;
  });
  await isBooked;
  await database.transaction((tx) => ledger.append(tx, [of(1)]));
  await takeAll();
  expect(await balances.read(atWard)).toEqual([{ unit: 'Units', quantity: '-1.000000' }]);
  end();
  await late;
  const sum = async (): Promise<number> =>
    (await balances.read(atWard)).reduce((total, { quantity }) => total + Number(quantity), 0);
  expect(await sum()).toBe(-6);
  await takeAll();
  await takeAll();
  expect(await sum()).toBe(-6);
  const lines = await database.query(
    `SELECT balance_line.quantity FROM balance_line JOIN balance_track ON id = track_id
     WHERE product_code = 'HELD' AND location = 'WARD' ORDER BY 1`,
  );
  expect(lines).toEqual([{ quantity: '-5.000000' }, { quantity: '-1.000000' }]);
});

it('says what to do when the database was restored into another cluster, and answers again when that is done', async () => {
  const atStore = { product: 'RESTORED', location: 'STORE', lot: null, occurredAt: null, knownAt: null };
  const booked = { from: 2, to: 1, lot: null, serial: null, quantity: 8, occurred: 0, late: 0 };
  await database.transaction((tx) => ledger.append(tx, [movementOf('RESTORED', booked)]));
  await takeAll();
  await database.query(`UPDATE ledger_history_cursor SET seen_below = '99999999999'`);
  await expect(balances.read(atStore)).rejects.toThrow(/restored into another.*SELECT rebuild_ledger_history\(\)/);
  await database.query('SELECT rebuild_ledger_history()');
  expect(await balances.read(atStore)).toEqual([{ unit: 'Units', quantity: '-1.000000' }]);
  await takeAll();
  expect(await balances.read(atStore)).toEqual([{ unit: 'Units', quantity: '-1.000000' }]);
});
