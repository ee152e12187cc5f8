import { existsSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DropFolderTrial } from '../../test/drop-folder-trial.js';
import { pharmacyFeed, pharmacyRow } from '../../test/file-feeds.js';

let trial: DropFolderTrial;
beforeAll(async () => {
  trial = await DropFolderTrial.open();
});
afterAll(() => trial.database.close());
beforeEach(() => trial.begin());
afterEach(() => trial.end());

/** The rows of numbered receipts, as many as asked. */
const many = (count: number): string[] => Array.from({ length: count }, (_, place) => pharmacyRow(`B${place + 1}`));

describe('a file in the drop folder', () => {
  it('goes on behind its last commit when the process ended in its middle, and answers every row', async () => {
    const ended = new AbortController();
    const dying = await trial.started(pharmacyFeed(), 10);
    trial.put('monday.csv', many(35));
    const commit = trial.files.advance.bind(trial.files);
    let commits = 0;
    trial.files.advance = async (...given) => {
      if ((commits += 1) === 3) ended.abort();
      return commit(...given);
    };
    await dying.sweep(ended.signal);
    expect(await trial.recorded()).toHaveLength(30);
    expect(existsSync(trial.at('receipts', 'monday.csv.receipt.csv'))).toBe(false);
    trial.files.advance = commit;
    await (await trial.started(pharmacyFeed(), 10)).sweep();
    expect(new Set((await trial.recorded()).map(({ eventId }) => eventId)).size).toBe(35);
    expect(trial.answers('monday.csv')).toEqual(many(35).map((_, place) => `${place + 1} B${place + 1}/1 taken`));
    expect(trial.names('inbox')).toEqual([]);
  });

  it('loses no row and doubles none when a commit fails and its rows come again', async () => {
    const drop = await trial.started(pharmacyFeed(), 10);
    trial.put('monday.csv', many(25));
    await trial.database.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.row = 15 THEN RAISE 'the disk is full'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER fail BEFORE INSERT ON file_row FOR EACH ROW EXECUTE FUNCTION fail()`,
    );
    await drop.sweep();
    expect(await trial.recorded()).toHaveLength(10);
    await trial.database.query('DROP FUNCTION fail CASCADE');
    await drop.sweep();
    expect(await trial.recorded()).toHaveLength(25);
    expect(trial.answers('monday.csv')).toHaveLength(25);
  });

  it('is taken by one of two processes at a time, each row once', async () => {
    const [one, other] = [await trial.started(pharmacyFeed(), 5), await trial.started(pharmacyFeed(), 5)];
    trial.put('monday.csv', many(60));
    await Promise.all([one.sweep(), other.sweep()]);
    await one.sweep();
    expect(await trial.recorded()).toHaveLength(60);
    expect(trial.answers('monday.csv')).toHaveLength(60);
  });

  it('gets its receipt after a crash between its last row and its receipt', async () => {
    const drop = await trial.started();
    trial.put('monday.csv', many(2));
    rmSync(trial.at('receipts'), { recursive: true });
    await drop.sweep();
    expect(await trial.recorded()).toHaveLength(2);
    expect(existsSync(trial.at('inbox', 'monday.csv'))).toBe(true);
    await (await trial.started()).sweep();
    expect(trial.answers('monday.csv')).toEqual(['1 B1/1 taken', '2 B2/1 taken']);
    expect(await trial.recorded()).toHaveLength(2);
  });

  it('counts once, however often it comes and under whatever name', async () => {
    const drop = await trial.started();
    for (const name of ['monday.csv', 'monday.csv', 'again.csv']) {
      trial.put(name, many(2));
      await drop.sweep();
    }
    expect(await trial.recorded()).toHaveLength(2);
    expect(trial.answers('again.csv')).toEqual(['1 B1/1 repeated', '2 B2/1 repeated']);
    expect(trial.names('done')).toEqual(['again.csv', 'monday.2.csv', 'monday.csv']);
    const controller = trial.controller();
    expect(await controller.list({})).toMatchObject([
      { name: 'again.csv', state: 'repeated', taken: 0, repeated: 2, repeats: '1' },
      { name: 'monday.csv', state: 'repeated', taken: 0, repeated: 2, repeats: '1' },
      { name: 'monday.csv', state: 'taken', taken: 2, repeated: 0, refused: 0 },
    ]);
    expect(await controller.rowsOf('3', { limit: '1' })).toMatchObject([{ row: 1, rowId: 'B1/1', outcome: 'taken' }]);
  });

  it('is left alone while it is being written, and taken when it no longer grows', async () => {
    const drop = await trial.started(pharmacyFeed({ complete: 'settled' }));
    trial.put('monday.csv.part', many(1));
    trial.put('growing.csv', many(1));
    await drop.sweep();
    trial.put('growing.csv', many(2));
    await drop.sweep();
    expect(await trial.recorded()).toEqual([]);
    await drop.sweep();
    expect(await trial.recorded()).toHaveLength(2);
    expect(trial.names('inbox')).toEqual(['monday.csv.part']);
  });
});
