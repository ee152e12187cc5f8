import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decimal } from '@wardline/event-contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DropFolderTrial } from '../../test/drop-folder-trial.js';
import { cabinetFeed, pharmacyFeed, pharmacyHeader, pharmacyRow } from '../../test/file-feeds.js';

let trial: DropFolderTrial;
beforeAll(async () => {
  trial = await DropFolderTrial.open();
});
afterAll(() => trial.database.close());
beforeEach(() => trial.begin());
afterEach(() => trial.end());

/** The rows of numbered receipts, as many as asked. */
const many = (count: number): string[] => Array.from({ length: count }, (_, place) => pharmacyRow(`B${place + 1}`));

describe('what a file says', () => {
  it('has each row recorded as its feed says, and is put away beside its receipt', async () => {
    const drop = await trial.started();
    trial.put('monday.csv', [pharmacyRow('B1'), pharmacyRow('B2', { Art: 'W', Menge: '1.000,5', Einheit: 'St' })]);
    await drop.sweep();
    const [first, second] = await trial.recorded();
    expect(first).toMatchObject({
      ...{ source: 'pharmacy-export', kind: 'USED', unit: 'EA', lotNumber: 'L2411A', expiryDate: '2027-03-31' },
      ...{ product: { scheme: 'INTERNAL', value: 'GLOVE-M' }, location: { scheme: 'CODE', value: 'NORTH-ICU' } },
      occurredAt: new Date('2026-11-21T07:15:00Z'),
    });
    expect(second).toMatchObject({ kind: 'WASTED' });
    expect((second!['quantity'] as Decimal).toFixed()).toBe('1000.5');
    expect(trial.answers('monday.csv')).toEqual(['1 B1/1 taken', '2 B2/1 taken']);
    expect(trial.receipt('monday.csv')[0]!.eventId).toBe(first!['eventId']);
    expect([existsSync(trial.at('inbox', 'monday.csv')), existsSync(trial.at('done', 'monday.csv'))]).toEqual([
      false,
      true,
    ]);
  });

  it('may bring rows of another file again; one that says something else is refused with what to do', async () => {
    const drop = await trial.started();
    trial.put('monday.csv', [pharmacyRow('B1'), pharmacyRow('B2')]);
    await drop.sweep();
    trial.put('tuesday.csv', [pharmacyRow('B2'), pharmacyRow('B1', { Menge: '3' }), pharmacyRow('B3')]);
    await drop.sweep();
    expect(trial.answers('tuesday.csv')).toEqual(['1 B2/1 repeated', '2 B1/1 refused ROW_CHANGED', '3 B3/1 taken']);
    expect(trial.receipt('tuesday.csv')[1]).toMatchObject({
      remedy: 'Take that row back with a reversal, and send the right one under an id of its own.',
      owner: 'source-system',
    });
    expect(await trial.recorded()).toHaveLength(3);
  });

  it('takes a row back by its id, also one of an earlier file, and never what was not taken', async () => {
    const drop = await trial.started();
    trial.put('monday.csv', [pharmacyRow('B1')]);
    await drop.sweep();
    const undo = (id: string, of: string): string => pharmacyRow(id, { Art: 'S', 'Storno zu': of });
    trial.put('tuesday.csv', [undo('S1', 'B1/1'), undo('S2', 'B9/1'), undo('S3', '')]);
    await drop.sweep();
    const [used, reversed, ...others] = await trial.recorded();
    expect(reversed).toMatchObject({ kind: 'REVERSED', reverses: used!['eventId'] });
    expect(others).toEqual([]);
    const nothing = 'refused REVERSAL_OF_NOTHING';
    expect(trial.answers('tuesday.csv')).toEqual(['1 S1/1 taken', `2 S2/1 ${nothing}`, `3 S3/1 ${nothing}`]);
  });

  it('has its wrong rows refused alone, each with what is wrong where; they may come again once mended', async () => {
    const drop = await trial.started();
    const wrong = pharmacyRow('B2', { Menge: 'zwei', Datum: '31.02.2026', Station: '' });
    trial.put('monday.csv', [pharmacyRow('B1'), wrong, 'too;short']);
    await drop.sweep();
    expect(trial.answers('monday.csv')).toEqual([
      '1 B1/1 taken',
      '2 B2/1 refused QUANTITY_INVALID',
      '3 null refused CELLS_DIFFER',
    ]);
    const { message } = trial.receipt('monday.csv')[1]!;
    for (const part of ['"Menge"', '"zwei"', '"31.02.2026 08:15"', '"Station"']) expect(message).toContain(part);
    trial.put('mended.csv', [pharmacyRow('B1'), pharmacyRow('B2')]);
    await drop.sweep();
    expect(trial.answers('mended.csv')).toEqual(['1 B1/1 repeated', '2 B2/1 taken']);
  });

  it('is refused whole, and nothing of it taken, when it cannot be read to its end or lacks a column', async () => {
    const drop = await trial.started();
    trial.put('open-quote.csv', [...many(400), 'B9;"open']);
    writeFileSync(trial.at('inbox', 'other.csv'), 'Beleg;Pos\n1;1\n');
    await drop.sweep();
    expect(await trial.recorded()).toEqual([]);
    expect(trial.answers('open-quote.csv')).toEqual(['null null refused FILE_BROKEN']);
    expect(trial.receipt('other.csv')[0]!.message).toContain('"Artikel"');
    expect(trial.names('refused')).toEqual(['open-quote.csv', 'other.csv']);
    writeFileSync(
      trial.at('inbox', 'open-quote.csv'),
      Buffer.from([pharmacyHeader, ...many(400)].join('\n'), 'latin1'),
    );
    await drop.sweep();
    expect(await trial.recorded()).toHaveLength(400);
  });

  it('may say anything in its cells: a receipt is safe to open in a spreadsheet', async () => {
    const drop = await trial.started();
    trial.put('monday.csv', [pharmacyRow('=cmd|calc', { Menge: '=1+1' }), pharmacyRow('+B2', { Artikel: 'TUBE 6"' })]);
    await drop.sweep();
    const lines = readFileSync(trial.at('receipts', 'monday.csv.receipt.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toBe('row,line,rowId,outcome,eventId,code,message,remedy,owner');
    expect(lines[1]).toContain(`1,2,"'=cmd|calc/1","refused",,"QUANTITY_INVALID"`);
    expect(lines.join()).not.toMatch(/,"?[=+@-]/);
  });

  it('of JSON Lines gives what the scanner read, and numbers as they were written', async () => {
    const drop = await trial.started(cabinetFeed());
    const line = (id: string, amount: string): string =>
      `{"id":"${id}","item":{"scan":"(01)09521101530001(17)270331(10)L7"},"place":"NORTH-ICU","at":"2026-11-21T08:15:30+01:00","amount":${amount}}`;
    const inbox = join(trial.folder, 'cabinet-lines', 'inbox', 'a.jsonl');
    writeFileSync(inbox, [line('1', '123456789012.000001'), '', 'no json', line('2', '1e3')].join('\n'));
    await drop.sweep();
    const [record, ...others] = await trial.recorded();
    expect(record).toMatchObject({
      ...{ product: { scheme: 'GTIN', value: '09521101530001' }, lotNumber: 'L7', expiryDate: '2027-03-31' },
      occurredAt: new Date('2026-11-21T07:15:30Z'),
    });
    expect((record!['quantity'] as Decimal).toFixed()).toBe('123456789012.000001');
    expect(others).toEqual([]);
    const receipts = readFileSync(join(trial.folder, 'cabinet-lines', 'receipts', 'a.jsonl.receipt.jsonl'), 'utf8');
    expect(receipts).toMatch(/"line":3,.*ROW_UNREADABLE[^]*"line":4,.*QUANTITY_INVALID/);
  });

  it('can be tried out: what a text would become is shown, and nothing is kept', async () => {
    const controller = trial.controller([pharmacyFeed()]);
    const text = [pharmacyHeader, pharmacyRow('B1'), pharmacyRow('B2', { Art: 'X' })].join('\n');
    expect(await controller.preview({ feed: 'pharmacy-export', text })).toMatchObject({
      problem: null,
      count: 2,
      rows: [
        { rowId: 'B1/1', record: { quantity: '2', unit: 'EA' }, problems: [] },
        { rowId: 'B2/1', record: null, problems: [{ code: 'CODE_UNKNOWN', owner: 'feed-keeper' }] },
      ],
    });
    expect(() => controller.preview({ feed: 'lab', text })).toThrow('There is no feed lab; there are pharmacy-export.');
    expect(await trial.database.query('SELECT 1 FROM file_intake')).toEqual([]);
  });
});
