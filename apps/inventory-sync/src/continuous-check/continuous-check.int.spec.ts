import { Decimal } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { Outbox } from '@wardline/outbox';
import { eventually, outboxOf, testCodec, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import type { Movement } from '../movement.js';
import { StockLedger } from '../stock-ledger.store.js';
import { CheckGauges } from './check-gauges.js';
import { ContinuousCheck, usualCycle } from './continuous-check.js';
import { LedgerCheckStore, type LedgerMark } from './ledger-check.store.js';

const ledger = new StockLedger();
const checks = new LedgerCheckStore();
const clock = { now: () => testMorning };
let database: TestDatabase;
let check: ContinuousCheck;

beforeAll(async () => {
  database = await testDatabase(migrations);
  check = new ContinuousCheck(database, new Outbox(await testCodec(), clock, 'inventory-sync'), checks, clock);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.query('ALTER TABLE stock_movement DISABLE TRIGGER USER');
  await database.query('TRUNCATE stock_movement, stock_balance, delivery.outbox RESTART IDENTITY CASCADE');
  await database.query('ALTER TABLE stock_movement ENABLE TRIGGER USER');
  await database.query('SELECT rebuild_ledger_history()');
  await database.query(
    'UPDATE ledger_check SET position = 0, balanced_at = NULL, exception_id = NULL, swept_at = NULL',
  );
});

function moved(product: string, lotNumber: string | null = null): Movement {
  const eventId = newEventId(testMorning);
  return {
    ...{ eventId, sourceEventId: newEventId(testMorning), correlationId: eventId, causationId: eventId },
    ...{ reverses: null, movementType: 'CONSUMPTION', productCode: product, unit: 'Units', reason: null },
    ...{ fromLocation: 'NORTH-ICU', toLocation: 'Consumption', lotNumber, serialNumber: null, expiryDate: null },
    ...{ transferReference: null, documentReference: null, quantity: new Decimal(2), occurredAt: testMorning },
    ...{ recordedAt: testMorning, actor: 'cabinet-7', interface: 'clinical.consumption' },
  };
}

/** Cycles until the check stands there: transactions of anybody in this Postgres, other tests too, hold its mark back. */
async function stands(at: Partial<LedgerMark>): Promise<void> {
  await eventually(async () => {
    await check.cycle();
    expect(await checks.mark(database)).toMatchObject(at);
  });
}

async function book(...movements: Movement[]): Promise<void> {
  await database.transaction((tx) => ledger.append(tx, movements));
}

it('marks up to which ledger position all is in balance, when every transaction before it has ended', async () => {
  await book(moved('GLOVE-M'), moved('PUMP', 'L1'));
  expect(await check.cycle()).toBe('complete');
  expect(await checks.mark(database)).toMatchObject({ movements: '2', highestPosition: '2', differences: 0 });
  await stands({ position: '2', balancedAt: testMorning, exceptionId: null });
});

it('catches up with a long ledger in pieces, and compares when it has', async () => {
  await book(...Array.from({ length: 25 }, (_, n) => moved(`P${n % 7}`, `L${n % 3}`)));
  const outcomes = [];
  for (let n = 0; n < 3; n += 1) outcomes.push(await check.cycle({ movements: 10, sweep: 100 }));
  // The last piece reaches what the first one aimed at; only then does the next look at what is there now.
  expect(outcomes).toEqual(['behind', 'behind', 'behind']);
  expect(await check.cycle({ movements: 10, sweep: 100 })).toBe('complete');
  expect(await checks.mark(database)).toMatchObject({ movements: '25', differences: 0 });
});

it('a transaction held open holds the mark back, and its movement is not missed', async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let booked = (): void => undefined;
  const isBooked = new Promise<void>((resolve) => (booked = resolve));
  const held = database.transaction(async (tx) => {
    await ledger.append(tx, [moved('HELD')]);
    await tx.written();
    booked();
    await ended;
  });
  await isBooked;
  await book(moved('GLOVE-M'));
  for (let n = 0; n < 3; n += 1) await check.cycle();
  expect(await checks.mark(database)).toMatchObject({ movements: '1', highestPosition: '2', position: '0' });
  end();
  await held;
  await stands({ movements: '2', position: '2', differences: 0 });
});

it('raises one exception that names the first balance that differs, and resolves it when all hold again', async () => {
  await book(moved('GLOVE-M'), moved('MASK', 'L1'));
  await stands({ position: '2' });
  const change = `UPDATE stock_balance SET quantity = quantity + $1 WHERE location = 'NORTH-ICU' AND product_code = $2`;
  await database.query(change, [9, 'MASK']);
  await book(moved('MASK', 'L1'));
  await check.cycle();
  await database.query(change, [1, 'GLOVE-M']);
  await book(moved('GLOVE-M'));
  await check.cycle();

  expect(await checks.mark(database)).toMatchObject({ differences: 2, position: '2' });
  const [raised, ...more] = await outboxOf(database);
  expect(more).toEqual([]);
  expect(raised).toMatchObject({
    type: 'ExceptionRaised',
    data: { code: 'LEDGER_DIFFERS', owner: 'platform', messageKey: 'NORTH-ICU/MASK', offset: 2n },
  });
  expect(raised!.data['message']).toMatch(
    /^The balance of MASK, lot L1 at NORTH-ICU is 5\.000000 Units, its movements sum to -4\.000000\. All was well up to ledger position 2\./,
  );

  await database.query(change, [-9, 'MASK']);
  await database.query(change, [-1, 'GLOVE-M']);
  await check.cycle();
  expect((await outboxOf(database)).slice(1)).toMatchObject([
    { type: 'ExceptionResolved', data: { exceptionId: raised!.data['exceptionId'], outcome: 'DONE' } },
  ]);
  await stands({ differences: 0, position: '4', exceptionId: null });
});

it('finds by going through all in turn what was changed, added or taken away by hand without a movement', async () => {
  await book(...Array.from({ length: 9 }, (_, n) => moved(`P${n}`)));
  await check.cycle({ ...usualCycle, sweep: 4 });
  await database.query(`UPDATE stock_balance SET quantity = 1 WHERE product_code = 'P7' AND location = 'NORTH-ICU'`);
  await database.query(`DELETE FROM stock_balance WHERE product_code = 'P3' AND location = 'Consumption'`);
  await database.query(`INSERT INTO stock_balance VALUES ('NORTH-OR', 'GHOST', '', '', 3, 'Units')`);
  for (let n = 0; n < 12; n += 1) await check.cycle({ ...usualCycle, sweep: 4 });
  const found = await checks.differences(database, 10);
  expect(
    found.map(({ location, productCode, balance, movements }) => [location, productCode, balance, movements]),
  ).toEqual(
    expect.arrayContaining([
      ['NORTH-ICU', 'P7', '1.000000', '-2.000000'],
      ['Consumption', 'P3', '0', '2.000000'],
      ['NORTH-OR', 'GHOST', '3.000000', '0'],
    ]),
  );
  expect(found).toHaveLength(3);
  expect((await checks.mark(database)).sweptAt).toEqual(testMorning);
});

it('costs as much as is new: an idle cycle reads no movement and no balance of the rest', async () => {
  await book(...Array.from({ length: 200 }, (_, n) => moved(`P${n}`)));
  await check.cycle();
  const reads = async (): Promise<number> => {
    await database.query('SELECT pg_stat_force_next_flush()');
    const [row] = await database.query<{ read: string }>(
      `SELECT sum(idx_tup_fetch + seq_tup_read) AS read FROM pg_stat_user_tables
       WHERE relname IN ('stock_movement', 'balance_line', 'balance_track')`,
    );
    return Number(row!.read);
  };
  const plan = await database.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT * FROM stock_movement WHERE xid >= '999999999'::xid8 ORDER BY xid, position LIMIT 10`,
  );
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('stock_movement_xid');
  const before = await reads();
  for (let n = 0; n < 5; n += 1) await check.cycle({ ...usualCycle, sweep: 1 });
  expect((await reads()) - before).toBeLessThan(100);
});

it('tells Prometheus how far the ledger is in balance', async () => {
  const registry = new Registry();
  new CheckGauges(database, checks, registry);
  await book(moved('GLOVE-M'));
  await stands({ position: '1' });
  const metrics = await registry.metrics();
  expect(metrics).toContain('wardline_ledger_differences 0');
  expect(metrics).toContain('wardline_ledger_balanced_position 1');
  expect(metrics).toContain(`wardline_ledger_balanced_timestamp_seconds ${testMorning.getTime() / 1000}`);
});
