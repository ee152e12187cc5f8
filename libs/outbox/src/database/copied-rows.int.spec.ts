import { testDatabase, type TestDatabase } from '@wardline/testing';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { byteaArray, textArray } from './array-parameter.js';
import { copyRows, type CopiedRow } from './copied-rows.js';

let database: TestDatabase;
let client: pg.PoolClient;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  client = await database.pool.connect();
});
afterEach(() => client.release());
afterAll(() => database.close());

interface Row {
  readonly id: bigint;
  readonly text: string;
  readonly bytes: Buffer;
}

function read(row: CopiedRow): Row {
  return { id: row.int8(), text: row.text(), bytes: row.bytes() };
}

const rows = fc.array(
  fc.record({
    id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    text: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')),
    bytes: fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
  }),
  { maxLength: 30 },
);

describe('Rows by COPY', () => {
  it('arrive as they were, whatever their fields hold and however many there are', async () => {
    await client.query('CREATE TEMPORARY TABLE given (id int8, text text, bytes bytea, place int)');
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        await client.query('TRUNCATE given');
        await client.query(
          `INSERT INTO given SELECT * FROM unnest($1::int8[], $2::text[], $3::bytea[]) WITH ORDINALITY`,
          [
            given.map(({ id }) => String(id)),
            textArray(given.map(({ text }) => text)),
            byteaArray(given.map(({ bytes }) => bytes)),
          ],
        );
        expect(await copyRows(client, 'SELECT id, text, bytes FROM given ORDER BY place', read)).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  it('keep their bytes while the connection goes on with more than one packet holds', async () => {
    const select = `SELECT n::int8, n::text, convert_to(repeat(n::text, 1 + n % 700), 'UTF8') FROM generate_series(1, 5000) AS n`;
    const copied = await copyRows(client, select, read);
    expect(copied).toHaveLength(5_000);
    const wrong = copied.filter(
      ({ id, text, bytes }, index) =>
        id !== BigInt(index + 1) || text !== String(id) || bytes.toString() !== text.repeat(1 + (Number(id) % 700)),
    );
    expect(wrong).toEqual([]);
  });

  it('say what Postgres refused, and the connection goes on', async () => {
    await expect(copyRows(client, 'SELECT 1 / 0', read)).rejects.toThrow('division by zero');
    await expect(copyRows(client, `SELECT 1 / (n - 900) FROM generate_series(1, 2000) AS n`, () => 0)).rejects.toThrow(
      'division by zero',
    );
    expect(await copyRows(client, `SELECT 7::int8, 'a', '\\x01'::bytea`, read)).toEqual([
      { id: 7n, text: 'a', bytes: Buffer.from([1]) },
    ]);
  });

  it('are refused when a field is null, and the connection goes on', async () => {
    await expect(copyRows(client, 'SELECT NULL::int8', (row) => row.int8())).rejects.toThrow('null where none');
    expect(await copyRows(client, 'SELECT 8::int8', (row) => row.int8())).toEqual([8n]);
  });

  it('share a round trip with statements before and after them', async () => {
    const [before, copied, after] = await Promise.all([
      client.query('SELECT $1::int AS one', [1]),
      copyRows(client, 'SELECT n::int8 FROM generate_series(1, 3) AS n', (row) => row.int8()),
      client.query('SELECT $1::int AS two', [2]),
    ]);
    expect([before.rows, copied, after.rows]).toEqual([[{ one: 1 }], [1n, 2n, 3n], [{ two: 2 }]]);
  });
});
