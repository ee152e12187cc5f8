import { describe, expect, it } from 'vitest';
import { isBatch, parseBatch } from './batch.js';
import { parseMessage } from './parse.js';
import { textAt } from './path.js';

const one = (id: string): string => `MSH|^~\\&|CABINET|NORTH|W|H|20261121||DFT^P03|${id}|P|2.3\rFT1|1`;
const controlId = (bytes: Buffer): string => {
  const read = parseMessage(bytes);
  return read.ok ? textAt(read.message, 'MSH-10') : 'unreadable';
};
const file = (...lines: string[]): string => lines.join('\r') + '\r';

describe('A batch file', () => {
  it('gives its messages in order, batch by batch', () => {
    const read = parseBatch(
      file(
        'FHS|^~\\&|CABINET',
        'BHS|^~\\&|CABINET',
        one('1'),
        one('2'),
        'BTS|2',
        'BHS|^~\\&',
        one('3'),
        'BTS|1',
        'FTS|2',
      ),
    );
    expect(read.problems).toEqual([]);
    expect(read.batches.map(({ messages }) => messages.map(controlId))).toEqual([['1', '2'], ['3']]);
  });

  it('may have neither header nor trailer', () => {
    const read = parseBatch(Buffer.from(file(one('1'), '', one('2')).replaceAll('\r', '\n')));
    expect(read.problems).toEqual([]);
    expect(read.batches.map(({ messages }) => messages.length)).toEqual([2]);
  });

  it('is complained of where counts differ from what is there', () => {
    const read = parseBatch(file('FHS|^~\\&', 'BHS|^~\\&', one('1'), 'BTS|3', 'FTS|2'));
    expect(read.problems.map(({ path }) => path)).toEqual(['BTS[1]-1', 'FTS-1']);
  });

  it('is known by the segment that it begins with, also behind a byte order mark', () => {
    const beginnings = ['FHS|^~\\&\r', '\r\nBHS|^~\\&\r', '\uFEFFBHS|^~\\&\r', 'MSH|^~\\&\r', ''];
    expect(beginnings.map((text) => isBatch(Buffer.from(text)))).toEqual([true, true, true, false, false]);
  });

  it('gives the bytes of each message as they were sent', () => {
    const text = file('BHS|^~\\&', `${one('1')}|caf\u00E9`, 'BTS|1');
    expect(parseBatch(Buffer.from(text)).batches[0]!.messages).toEqual([Buffer.from(`${one('1')}|caf\u00E9\r`)]);
  });

  it('is complained of when it was cut short', () => {
    const read = parseBatch(file('FHS|^~\\&', 'BHS|^~\\&', one('1')));
    expect(read.problems.map(({ message }) => message.includes('cut short'))).toEqual([true, true]);
  });

  it('keeps a bad message from spoiling the others', () => {
    const read = parseBatch(file('BHS|^~\\&', one('1'), 'MSH|^^', one('2'), 'BTS|3'));
    expect(read.batches[0]!.messages.map(controlId)).toEqual(['1', 'unreadable', '2']);
    expect(read.problems).toEqual([]);
  });

  it('is refused whole when it is too long', () => {
    expect(parseBatch(file(one('1')), { maxFileBytes: 10 }).problems).toHaveLength(1);
  });
});
