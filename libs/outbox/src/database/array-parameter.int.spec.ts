import { testDatabase, type TestDatabase } from '@wardline/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byteaArray, textArray } from './array-parameter.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const texts = fc.array(
  fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')),
  { maxLength: 20 },
);
const bytes = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
  { maxLength: 20 },
);

describe('An array as a parameter', () => {
  it('arrives as it was, whatever its texts hold and however many there are', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const [row] = await database.query<{ all: string[] }>('SELECT $1::text[] AS all', [textArray(given)]);
        expect(row?.all).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  it('arrives as it was, whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        const rows = await database.query<{ each: Buffer }>('SELECT each FROM unnest($1::bytea[]) AS each', [
          byteaArray(given),
        ]);
        expect(rows.map(({ each }) => each)).toEqual(given);
      }),
      { numRuns: 100 },
    );
  });

  it('is refused by Postgres for a text with a null character, as any text is', async () => {
    await expect(database.query('SELECT $1::text[]', [textArray(['a\0b'])])).rejects.toThrow('invalid byte sequence');
  });
});
