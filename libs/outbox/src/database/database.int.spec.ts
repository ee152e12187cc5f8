import { eventually, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDatabaseOutage, openDatabase } from './database.js';

const forTests = { migrations: [], applicationName: 'test', poolSize: 2 };

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

describe('the database of a service', () => {
  it('survives connections that the server ends, idle or in a transaction, and says that it was an outage', async () => {
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    const broken = database.transaction(async (tx) => {
      await tx.query('SELECT 1');
      await database.query(cut);
      await new Promise((resolve) => setImmediate(resolve));
      await tx.query('SELECT 2');
    });
    const error: unknown = await broken.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isDatabaseOutage(error)).toBe(true);
    expect(await database.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
  });

  it('gives up a connection that does not answer, says that it was an outage, and goes on with another', async () => {
    const impatient = await openDatabase({ ...forTests, url: database.url, answerWithinMs: 300 });
    const error: unknown = await impatient
      .transaction((tx) => tx.query('SELECT pg_sleep(30)'))
      .catch((reason: unknown) => reason);
    expect(isDatabaseOutage(error)).toBe(true);
    expect(await impatient.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
    await impatient.close();
  });

  it('lets nobody wait for the locks of a transaction whose client says nothing any more', async () => {
    await database.query('CREATE TABLE seat (number int)');
    const stopped = await openDatabase({ ...forTests, url: database.url, answerWithinMs: 300 });
    const silent = stopped.transaction(async (tx) => {
      await tx.query('LOCK TABLE seat');
      await eventually(() => database.query('INSERT INTO seat VALUES (1)'));
      await tx.query('INSERT INTO seat VALUES (2)');
    });
    expect(isDatabaseOutage(await silent.catch((reason: unknown) => reason))).toBe(true);
    expect(await database.query('SELECT number FROM seat')).toEqual([{ number: 1 }]);
    await stopped.close();
  });

  it('rolls back what a failing transaction wrote and refuses its handle afterwards', async () => {
    await database.query('CREATE TABLE note (text text)');
    let kept: { query(sql: string): Promise<unknown> } | undefined;
    const failing = database.transaction(async (tx) => {
      kept = tx;
      await tx.query(`INSERT INTO note VALUES ('lost')`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.query('SELECT * FROM note')).toEqual([]);
    await expect(kept!.query('SELECT 1')).rejects.toThrow('the transaction has ended');
  });

  it('does not pass for committed when a statement failed and nobody said so', async () => {
    await database.query('CREATE TABLE note (text text)');
    const swallowing = database.transaction(async (tx) => {
      await tx.query(`INSERT INTO note VALUES ('lost')`);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('nothing was committed');
    expect(await database.query('SELECT * FROM note')).toEqual([]);
  });

  it('says what was wrong with a statement that nobody waited for, and commits nothing', async () => {
    await database.query('CREATE TABLE kept (id int PRIMARY KEY)');
    const bad = database.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (1)');
      tx.write('INSERT INTO kept VALUES (1)');
    });
    await expect(bad).rejects.toThrow('duplicate key');
    await database.transaction(async (tx) => tx.write('INSERT INTO kept VALUES (2)'));
    expect(await database.query('SELECT id FROM kept')).toEqual([{ id: 2 }]);
  });

  it('commits nothing when a statement that nobody waited for could not even be sent', async () => {
    await database.query('CREATE TABLE kept (id int PRIMARY KEY)');
    const unsendable = {
      toPostgres: () => {
        throw new Error('no text for this value');
      },
    };
    const bad = database.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (1)');
      tx.write('INSERT INTO kept VALUES ($1)', [unsendable]);
    });
    await expect(bad).rejects.toThrow('no text for this value');
    expect(await database.query('SELECT id FROM kept')).toEqual([]);
  });

  it('gives days as days, whatever the time zone of the machine', async () => {
    expect(await database.query(`SELECT DATE '2027-03-31' AS expiry`)).toEqual([{ expiry: '2027-03-31' }]);
  });
});
