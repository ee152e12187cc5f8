import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBatch } from './batch.js';
import { charsets, decodeBytes, encodeText } from './charset.js';
import { type Delimiters, recommendedDelimiters } from './delimiters.js';
import { escapeText, unescapeText } from './escaping.js';
import { type Hl7Message, writeMessage } from './message.js';
import { parseMessage } from './parse.js';
import { valueAt } from './path.js';

const punctuation = [...'!#$%&*+,-./:;<=>?@^_`|~\\'];
const delimiters: fc.Arbitrary<Delimiters> = fc
  .uniqueArray(fc.constantFrom(...punctuation), { minLength: 5, maxLength: 5 })
  .map(([field, component, repetition, escape, subComponent]) => ({
    field: field!,
    component: component!,
    repetition: repetition!,
    escape: escape!,
    subComponent: subComponent!,
    truncation: '',
  }));
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.trim());
const values = fc.array(fc.array(fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 3 }), { maxLength: 3 }), {
  maxLength: 5,
});

describe('A message', () => {
  it('keeps every value when it is written and read again, whatever the delimiters', () => {
    fc.assert(
      fc.property(values, delimiters, delimiters, (fields, first, second) => {
        const message = build(fields, first);
        const parsed = parseMessage(writeMessage(message, second));
        if (!parsed.ok) throw new Error(parsed.problem.message);
        expect(parsed.message.delimiters).toEqual(second);
        fields.forEach((repetitions, field) =>
          repetitions.forEach((components, repetition) =>
            components.forEach((leaves, component) =>
              leaves.forEach((leaf, sub) => {
                const path = `ZZ1-${field + 1}[${repetition + 1}].${component + 1}.${sub + 1}`;
                const expected = leaf === '' ? { state: 'absent' } : { state: 'value', text: leaf };
                if (leaf !== '""') expect(valueAt(parsed.message, path)).toEqual(expected);
              }),
            ),
          ),
        );
      }),
    );
  });

  it('is read without throwing, whatever its bytes are', () => {
    const beginning = fc.constantFrom(
      '',
      'MSH',
      'MSH|^~\\&',
      'MSH|^~\\&|A|B|C|D|1||DFT^P03|1|P|2.5||||||',
      'FHS|^~\\&',
      'BTS|9',
    );
    fc.assert(
      fc.property(beginning, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start), rest]);
        const parsed = parseMessage(bytes);
        if (parsed.ok) for (const segment of parsed.message.segments) valueAt(parsed.message, `${segment.name}-3[2].1`);
        parseBatch(bytes);
        parseMessage(bytes.toString('latin1'));
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to its length', () => {
    const one = (size: number): number => {
      const message = `MSH|^~\\&|A|B|C|D|1||DFT^P03|1|P|2.5\r${'ZZ1|a\\F\\b~\\X41\\^&\n\r'.repeat(size)}`;
      const start = performance.now();
      expect(parseMessage(message, { maxBytes: 1e8 }).ok).toBe(true);
      return performance.now() - start;
    };
    one(10_000);
    expect(one(160_000)).toBeLessThan(Math.max(1, one(20_000)) * 60);
  });
});

describe('An escape sequence', () => {
  it('brings back what was escaped, whatever the delimiters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), delimiters, (value, own) => {
        const raw = escapeText(value, own);
        expect(
          [own.field, own.component, own.repetition, own.subComponent, '\r', '\n'].some((one) => raw.includes(one)),
        ).toBe(false);
        expect(unescapeText(raw, own, 'UNICODE UTF-8')).toBe(value);
      }),
    );
  });

  it.each([
    ['\\F\\\\S\\\\T\\\\R\\\\E\\', '|^&~\\'],
    ['a\\X41C3A9\\b', 'aAéb'],
    ['line\\.br\\line', 'line\\.br\\line'],
    ['\\H\\loud\\N\\', '\\H\\loud\\N\\'],
    ['\\Z12\\ \\Q\\ \\X4\\ \\XFF\\', '\\Z12\\ \\Q\\ \\X4\\ \\XFF\\'],
    ['C:\\lost', 'C:\\lost'],
    ['\\', '\\'],
  ])('%j means %j', (raw, meant) => {
    expect(unescapeText(raw, recommendedDelimiters, 'UNICODE UTF-8')).toBe(meant);
  });

  it('for the truncation character counts where MSH-2 declares one', () => {
    expect(unescapeText('a\\P\\b', { ...recommendedDelimiters, truncation: '#' }, 'ASCII')).toBe('a#b');
    expect(unescapeText('a\\P\\b', recommendedDelimiters, 'ASCII')).toBe('a\\P\\b');
  });
});

describe('A character set', () => {
  it.each(charsets)('%s writes what it reads', (charset) => {
    for (let byte = 0; byte < 256; byte++) {
      const decoded = decodeBytes(Uint8Array.of(byte), charset);
      if (decoded.ok) expect([...encodeText(decoded.text, charset)]).toEqual([byte]);
    }
  });

  it('knows the euro sign in 8859/15, and C1 controls in 8859/1', () => {
    expect(decodeBytes(Uint8Array.of(0xa4), '8859/15')).toEqual({ ok: true, text: '€' });
    expect(decodeBytes(Uint8Array.of(0x80), '8859/1')).toEqual({ ok: true, text: '\u0080' });
  });
});

function build(fields: string[][][][], own: Delimiters): Hl7Message {
  const join = (parts: readonly string[], delimiter: string): string => parts.join(delimiter);
  const written = fields.map((repetitions) =>
    join(
      repetitions.map((components) =>
        join(
          components.map((leaves) =>
            join(
              leaves.map((leaf) => escapeText(leaf, own)),
              own.subComponent,
            ),
          ),
          own.component,
        ),
      ),
      own.repetition,
    ),
  );
  const encoding = own.component + own.repetition + own.escape + own.subComponent;
  return {
    delimiters: own,
    charset: 'UNICODE UTF-8',
    segments: [
      { name: 'MSH', fields: ['MSH', own.field, encoding, 'A'] },
      { name: 'ZZ1', fields: ['ZZ1', ...written] },
    ],
  };
}
