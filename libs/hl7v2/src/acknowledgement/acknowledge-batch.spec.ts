import { describe, expect, it } from 'vitest';
import { parseBatch } from '../message/batch.js';
import { acknowledgeBatch } from './acknowledge-batch.js';

const identity = { controlId: 'B-1', at: new Date('2026-11-21T07:16:00Z') };
const one = (id: string): string => `MSH|^~\\&|CABINET|NORTH|W|H|1||DFT^P03|${id}|P|2.3\r`;
const answer = (id: string): Buffer => Buffer.from(`MSH|^~\\&|W|H|CABINET|NORTH\rMSA|AA|${id}\r`);

describe('The answer to a batch', () => {
  it('is a batch of acknowledgements that names the batch it answers', () => {
    const file = parseBatch(
      `BHS|^~\\&|CABINET|NORTH|WARDLINE|HOSP|20261121||DAY||NIGHT-7\r${one('1')}${one('2')}BTS|2\r`,
    );
    expect(acknowledgeBatch(file, [[answer('1'), answer('2')]], identity).toString()).toBe(
      'BHS|^~\\&|WARDLINE|HOSP|CABINET|NORTH|20261121071600+0000||||B-1.1|NIGHT-7\r' +
        `${answer('1').toString()}${answer('2').toString()}BTS|2\r`,
    );
  });

  it('is a file where a file was sent, and counts what it holds itself', () => {
    const file = parseBatch(
      `FHS#*~!%#CABINET#NORTH#WARDLINE#HOSP#1####FILE-9\rBHS#*~!%#A\r${one('1')}BTS#1\rBHS|^~\\&\rBTS|0\rFTS#2\r`,
    );
    expect(
      acknowledgeBatch(file, [[answer('1')], []], identity)
        .toString()
        .split('\r'),
    ).toEqual([
      'FHS#*~!%#WARDLINE#HOSP#CABINET#NORTH#20261121071600+0000####B-1#FILE-9',
      'BHS#*~!%###A##20261121071600+0000####B-1.1#',
      ...answer('1').toString().split('\r').slice(0, -1),
      'BTS#1',
      'BHS|^~\\&|||||20261121071600+0000||||B-1.2|',
      'BTS|0',
      'FTS#2',
      '',
    ]);
  });

  it('can itself be read as a batch', () => {
    const file = parseBatch(`BHS|^~\\&|CABINET\r${one('1')}BTS|1\r`);
    const read = parseBatch(acknowledgeBatch(file, [[answer('1')]], identity));
    expect(read.problems).toEqual([]);
    expect(read.batches[0]!.messages).toEqual([answer('1')]);
  });
});
