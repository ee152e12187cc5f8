import { testDatabase, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import type { MasterRow } from './master-model.js';
import { applyDeletions, applyRows } from './master-record.store.js';

const model = 'product.product';
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(migrations);
});
beforeEach(() => database.query('TRUNCATE master_record, master_published'));
afterAll(() => database.close());

function row(odooId: number, code: string, change: Partial<MasterRow> = {}): MasterRow {
  return {
    odooId,
    code,
    active: true,
    data: { name: `Product ${odooId}`, packagings: [{ unit: 'Pack of 6', gtin: null }] },
    ...change,
  };
}

const store = (...rows: MasterRow[]) => database.transaction((tx) => applyRows(tx, model, rows));
const remove = (...ids: number[]) => database.transaction((tx) => applyDeletions(tx, model, ids));
const told = (changes: readonly MasterRow[]) => changes.map(({ code, odooId, active }) => [code, odooId, active]);

it('a page is published once, however often the overlap reads it again', async () => {
  expect(told((await store(row(1, 'GLOVE-M'), row(2, 'TAPE'))).changes)).toEqual([
    ['GLOVE-M', 1, true],
    ['TAPE', 2, true],
  ]);
  expect(await store(row(1, 'GLOVE-M'), row(2, 'TAPE'))).toEqual({ changes: [], renamed: false });
  const { changes } = await store(row(1, 'GLOVE-M', { data: { name: 'Glove' } }), row(2, 'TAPE'));
  expect(changes).toEqual([row(1, 'GLOVE-M', { data: { name: 'Glove' } })]);
});

it('a record under a new code leaves the old one inactive', async () => {
  await store(row(1, 'GLOVE-M'));
  const { changes, renamed } = await store(row(1, 'GLOVE-MEDIUM'));
  expect(told(changes)).toEqual([
    ['GLOVE-M', 1, false],
    ['GLOVE-MEDIUM', 1, true],
  ]);
  expect(renamed).toBe(true);
});

it('of two records with one code the active and older one counts; the other takes over when it goes', async () => {
  await store(row(1, 'GLOVE-M', { active: false }), row(2, 'GLOVE-M'));
  expect(told((await store(row(3, 'GLOVE-M'))).changes)).toEqual([]);
  expect(told(await remove(2))).toEqual([['GLOVE-M', 3, true]]);
});

it('a deleted record is published as inactive once, and as active again if it comes back', async () => {
  await store(row(1, 'GLOVE-M'));
  expect(told(await remove(1))).toEqual([['GLOVE-M', 1, false]]);
  expect(await remove(1)).toEqual([]);
  expect(told((await store(row(1, 'GLOVE-M'))).changes)).toEqual([['GLOVE-M', 1, true]]);
});
