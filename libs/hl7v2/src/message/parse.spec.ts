import { describe, expect, it } from 'vitest';
import { headerOf, headerProblems, isAtLeastVersion } from './header.js';
import { parseNumber } from './number.js';
import { parseMessage } from './parse.js';
import { parsePath, textAt, valueAt } from './path.js';
import { dayOf, instantOf, parseTime } from './time.js';

const msh = 'MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|20261121081600||DFT^P03^DFT_P03|M-1|P|2.5';

function message(...segments: string[]) {
  const parsed = parseMessage([msh, ...segments].join('\r'));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.message;
}

describe('A message is read', () => {
  it('by paths in the usual notation', () => {
    const read = message('PID|1||A1^^^N&1.2&ISO~A2', 'OBX|1|ST|LOT||L1', 'OBX|2|ST|SER||S1', 'ZMM|||x|""');
    expect(textAt(read, 'PID-3')).toBe('A1');
    expect(textAt(read, 'PID-3[2].1')).toBe('A2');
    expect(textAt(read, 'PID-3.4.2')).toBe('1.2');
    expect(textAt(read, 'OBX[2]-5')).toBe('S1');
    expect(textAt(read, 'MSH-1') + textAt(read, 'MSH-2')).toBe('|^~\\&');
    expect(textAt(read, 'MSH-9.2')).toBe('P03');
  });

  it('telling an explicit null from what is not there', () => {
    const read = message('ZMM|||x|""||');
    expect(valueAt(read, 'ZMM-4')).toEqual({ state: 'null' });
    expect(valueAt(read, 'ZMM-5')).toEqual({ state: 'absent' });
    expect(valueAt(read, 'ZMM-99')).toEqual({ state: 'absent' });
    expect(valueAt(read, 'ZMM[2]-3')).toEqual({ state: 'absent' });
    expect(valueAt(read, 'nonsense')).toEqual({ state: 'absent' });
  });

  it('with a line feed inside a value, and with what follows the last segment dropped in so many words', () => {
    const parsed = parseMessage(`${msh}\rNTE|1||first\nsecond\r\n\u001c\r\ngarbage`);
    expect(parsed.ok && textAt(parsed.message, 'NTE-3')).toBe('first\nsecond');
    expect(parsed.ok && parsed.warnings).toEqual(['8 characters after the last segment were dropped.']);
  });

  it('in the character set that it declares', () => {
    const text = `${msh}||||||8859/15\rZMM|5 €`;
    const bytes = Buffer.from(text.replace('€', '\u00a4'), 'latin1');
    const parsed = parseMessage(bytes);
    expect(parsed.ok && textAt(parsed.message, 'ZMM-1')).toBe('5 €');
  });
});

describe('A message is refused, with its header kept for the answer', () => {
  it.each([
    ['no header', 'PID|1', 100, false],
    ['nothing at all', '', 100, false],
    ['a batch', 'FHS|^~\\&|A', 100, false],
    ['delimiters that are the same', 'MSH|^^\\&|A', 102, false],
    ['a letter as delimiter', 'MSHA^~\\&A', 102, false],
    ['a second header inside', `${msh}\r${msh}`, 100, true],
    ['a line that is no segment', `${msh}\rpid|1\rPV1|1`, 100, true],
    ['a character set that cannot be read', Buffer.from(`${msh}||||||BIG-5\rPV1|1`), 103, true],
    ['bytes that ASCII does not have', Buffer.from(`${msh}\rZMM|é`), 102, true],
    ['more bytes than are taken', `${msh}\rZMM|${'x'.repeat(2000)}`, 207, true],
  ])('%s', (_, input, code, header) => {
    const parsed = parseMessage(input, { maxBytes: 1000 });
    expect(!parsed.ok && parsed.problem.code).toBe(code);
    expect(!parsed.ok && parsed.header !== undefined).toBe(header);
    if (!parsed.ok && parsed.header) expect(headerOf(parsed.header).controlId).toBe('M-1');
  });
});

describe('A header', () => {
  it('is complained of field by field', () => {
    const parsed = parseMessage('MSH|^~\\&|A|B|C|D|1||^P03||X|9.9');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(headerProblems(parsed.message).map(({ code, path }) => [code, path])).toEqual([
      [101, 'MSH-9'],
      [101, 'MSH-10'],
      [202, 'MSH-11'],
      [203, 'MSH-12'],
    ]);
  });

  it('has versions that are compared number by number', () => {
    expect(isAtLeastVersion('2.10', '2.9')).toBe(true);
    expect(isAtLeastVersion('2.5', '2.5.1')).toBe(false);
    expect(isAtLeastVersion('2.5.1', '2.5')).toBe(true);
  });
});

describe('A path', () => {
  it.each(['FT1', 'FT1-0', 'ft1-7', 'FT1[0]-7', 'FT1-7.', 'FT1-7.1.1.1', 'F-1', 'FT1-99999'])('%s is none', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });
});

describe('A number', () => {
  it.each([
    ['2', '2'],
    ['+2.50', '2.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['0012.000001', '12.000001'],
  ])('%s is %s', (text, meant) => {
    expect(parseNumber(text)?.toFixed()).toBe(meant);
  });

  it.each(['', '.', '-', '1e5', '1,5', '0x10', 'NaN', '1 000', '٣', '9'.repeat(41)])('%j is none', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('A time', () => {
  it.each([
    ['2026', 'year', '2026-01-01T00:00:00.000Z'],
    ['20261121', 'day', '2026-11-20T23:00:00.000Z'],
    ['202607010830', 'minute', '2026-07-01T06:30:00.000Z'],
    ['20261121081530.1234', 'second', '2026-11-21T07:15:30.123Z'],
    ['20261121081530-0500', 'second', '2026-11-21T13:15:30.000Z'],
    ['202610250230', 'minute', '2026-10-25T00:30:00.000Z'],
    ['202603290230', 'minute', '2026-03-29T01:30:00.000Z'],
  ])('%s is known to the %s and means %s in Berlin', (text, precision, instant) => {
    const time = parseTime(text)!;
    expect(time.precision).toBe(precision);
    if (precision !== 'year') expect(instantOf(time, 'Europe/Berlin').toISOString()).toBe(instant);
  });

  it.each([
    '',
    '26',
    '20261131',
    '20261301',
    '2026112125',
    '202611210860',
    '20261121081530+1560',
    '2026-11-21',
    '0000',
  ])('%j is none', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('of a month only is its last day, as GS1 reads an expiry', () => {
    expect(dayOf(parseTime('202802')!)).toBe('2028-02-29');
    expect(dayOf(parseTime('2028')!)).toBeUndefined();
  });
});
