import { describe, expect, it } from 'vitest';
import type { Hl7Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { textAt } from '../message/path.js';
import type { Problem } from '../message/problem.js';
import { acknowledge, answersTo, answerUnreadable } from './acknowledge.js';
import { answerFailure } from './answer-failure.js';
import { answersDue } from './mode.js';

const identity = { controlId: 'A-1', at: new Date('2026-11-21T07:16:00Z') };
const missing: Problem = { code: 101, path: 'FT1[2]-10', message: 'the quantity is missing' };

function message(version = '2.5', accept = '', application = '', type = 'DFT^P03^DFT_P03'): Hl7Message {
  const text = `MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|20261121||${type}|M-1|P|${version}|||${accept}|${application}`;
  const parsed = parseMessage(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.message;
}

describe('An acknowledgement', () => {
  it('swaps sender and receiver, names the event, and repeats the control id', () => {
    expect(acknowledge(message(), 'AA', identity)).toBe(
      'MSH|^~\\&|WARDLINE|HOSP|CABINET|NORTH|20261121071600+0000||ACK^P03^ACK|A-1|P|2.5\rMSA|AA|M-1\r',
    );
  });

  it('names the structure from 2.3.1 on only', () => {
    expect(acknowledge(message('2.3', '', '', 'DFT^P03'), 'AA', identity)).toContain('||ACK^P03|A-1|P|2.3\r');
    expect(acknowledge(message('2.3.1', '', '', 'DFT^P03'), 'AA', identity)).toContain('||ACK^P03^ACK|A-1|P|2.3.1\r');
  });

  it('says what is wrong in ERR-1 before 2.5', () => {
    expect(acknowledge(message('2.4'), 'AE', identity, [missing])).toContain(
      'MSA|AE|M-1|the quantity is missing\rERR|FT1^2^10^101&Required field missing&HL70357&&the quantity is missing\r',
    );
  });

  it('says what is wrong in ERR-2 to ERR-8 from 2.5 on, once for each problem', () => {
    const text = acknowledge(message('2.7'), 'AE', identity, [missing, { code: 207, message: 'a|b' }]);
    expect(text).toContain(
      'MSA|AE|M-1\rERR||FT1^2^10^1|101^Required field missing^HL70357|E|||FT1[2]-10|the quantity is missing\r' +
        'ERR|||207^Application internal error^HL70357|E||||a\\F\\b\r',
    );
  });

  it('speaks with the delimiters of the message', () => {
    const parsed = parseMessage('MSH#*~!%#A#B#C#D#1##RAS*O17#M-9#P#2.5');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(acknowledge(parsed.message, 'AE', identity, [{ code: 103, message: '#5 | 6' }])).toBe(
      'MSH#*~!%#C#D#A#B#20261121071600+0000##ACK*O17*ACK#A-1#P#2.5\rMSA#AE#M-9#!F!5 | 6\r' +
        'ERR###103*Table value not found*HL70357#E####!F!5 | 6\r',
    );
  });

  it('is itself a message that can be read', () => {
    const read = parseMessage(acknowledge(message(), 'CE', identity, [missing]));
    expect(read.ok && textAt(read.message, 'ERR-3')).toBe('101');
  });
});

describe('How many answers a message gets', () => {
  it.each([
    ['', '', 'accepted', ['AA']],
    ['', '', 'error', ['AE']],
    ['', '', 'rejected', ['AR']],
    ['NE', 'NE', 'accepted', []],
    ['AL', 'NE', 'accepted', ['CA']],
    ['AL', 'NE', 'error', ['CE']],
    ['AL', '', 'rejected', ['CR']],
    ['AL', 'AL', 'accepted', ['CA', 'AA']],
    ['AL', 'AL', 'error', ['CE']],
    ['NE', 'AL', 'error', ['AE']],
    ['ER', 'NE', 'accepted', []],
    ['ER', 'NE', 'error', ['CE']],
    ['SU', 'ER', 'accepted', ['CA']],
    ['SU', 'ER', 'error', ['AE']],
    ['XX', 'NE', 'accepted', ['CA']],
  ] as const)('MSH-15 %j, MSH-16 %j, %s', (accept, application, outcome, codes) => {
    expect(answersDue(message('2.5', accept, application), outcome)).toEqual(codes);
  });

  it('is none for an acknowledgement, or two systems would thank each other for ever', () => {
    expect(answersDue(message('2.5', '', '', 'ACK^P03^ACK'), 'accepted')).toEqual([]);
  });

  it('gives two answers two control ids', () => {
    const answers = answersTo(message('2.5', 'AL', 'AL'), [], identity);
    expect(answers.map((text) => text.split('|')[9])).toEqual(['A-1', 'A-1.2']);
  });

  it('rejects by type, event, processing id or version, and errs by anything else', () => {
    expect(answersTo(message(), [{ code: 203, message: 'x' }], identity)[0]).toContain('MSA|AR|M-1');
    expect(answersTo(message(), [missing], identity)[0]).toContain('MSA|AE|M-1');
  });
});

describe('What could not be read or handled', () => {
  it('is answered even without a header', () => {
    const answer = answerUnreadable({ code: 100, message: 'no header' }, identity);
    expect(answer).toContain('MSA|AR||no header\rERR|||100^Segment sequence error^HL70357|E||||no header');
  });

  it.each([
    ['', '', 'MSA|AE|M-1|the database is away'],
    ['AL', 'NE', 'MSA|CE|M-1|the database is away'],
    ['NE', 'NE', 'MSA|AR|M-1|the database is away'],
  ])('is answered with the reason when MSH-15 is %j and MSH-16 %j', (accept, application, expected) => {
    const bytes = Buffer.from(
      `MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|1||DFT^P03|M-1|P|2.5|||${accept}|${application}\rZZ1|\xe9`,
      'latin1',
    );
    expect(answerFailure(bytes, new Error('the database is away'), identity).toString('latin1')).toContain(expected);
  });

  it('may be answered by AR where the sender repeats only after that', () => {
    const bytes = Buffer.from('MSH|^~\\&|A|B|C|D|1||DFT^P03|M-1|P|2.5');
    expect(answerFailure(bytes, 'x', identity, 'AR').toString()).toContain('MSA|AR|M-1|It could not be handled.');
  });
});
