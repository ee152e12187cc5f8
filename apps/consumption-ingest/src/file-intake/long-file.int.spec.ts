import { createWriteStream, statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileRows } from '../../test/config.js';
import { DropFolderTrial } from '../../test/drop-folder-trial.js';
import { pharmacyHeader, pharmacyRow } from '../../test/file-feeds.js';

let trial: DropFolderTrial;
beforeAll(async () => {
  trial = await DropFolderTrial.open();
});
afterAll(() => trial.database.close());
beforeEach(() => trial.begin());
afterEach(() => trial.end());

const mostMegabytes = 200;

describe('a long file', () => {
  it('is taken row by row: memory does not grow with it', { timeout: 3_600_000 }, async () => {
    const drop = await trial.started();
    const file = createWriteStream(trial.at('inbox', 'year.csv'), 'latin1');
    file.write(`${pharmacyHeader}\n`);
    for (let row = 1; row <= fileRows; row += 1)
      if (!file.write(`${pharmacyRow(`B${row}`)}\n`)) await new Promise<void>((go) => file.once('drain', go));
    await finished(file.end());
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
    const begun = performance.now();
    await drop.sweep();
    clearInterval(watch);
    const seconds = (performance.now() - begun) / 1_000;
    const megabytes = (most - before) / 1e6;
    console.info(`${fileRows} rows in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB more at most`);
    expect(megabytes).toBeLessThan(mostMegabytes);
    expect(await trial.database.query('SELECT count(*)::int AS records FROM delivery.outbox')).toEqual([
      { records: fileRows },
    ]);
    expect(await trial.controller().list({})).toMatchObject([{ state: 'taken', taken: fileRows, refused: 0 }]);
    expect(statSync(trial.at('receipts', 'year.csv.receipt.csv')).size).toBeGreaterThan(fileRows * 50);
  });
});
