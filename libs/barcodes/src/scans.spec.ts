import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mod10CheckDigit, mod43CheckCharacter } from './check-characters.js';
import { gs1Dictionary } from './gs1/dictionary.js';
import { lengthsOf } from './gs1/application-identifier.js';
import { parseBarcode } from './parse-barcode.js';
import type { ScanResult } from './scanned-code.js';

const separator = '\x1d';
const read = (scan: string): ScanResult => parseBarcode(scan, { referenceDate: '2026-11-22', separatorsTrusted: true });
const digits = (min: number, max: number) => textOf('0123456789', min, max);
const cset82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const twoDigits = (most: number) => fc.integer({ min: 1, max: most }).map((number) => String(number).padStart(2, '0'));
const day = fc.tuple(twoDigits(76), twoDigits(12), twoDigits(28)).map((parts) => parts.join(''));

function textOf(characters: string, min: number, max: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...characters), minLength: min, maxLength: max });
}

function keyOf(length: number): fc.Arbitrary<string> {
  return digits(length - 1, length - 1).map((body) => body + mod10CheckDigit(body));
}

const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  '00': keyOf(18),
  '01': keyOf(14),
  '02': keyOf(14),
  '10': textOf(cset82, 1, 20),
  '11': day,
  '13': day,
  '15': day,
  '17': day,
  '20': digits(2, 2),
  '21': textOf(cset82, 1, 20),
  '22': textOf(cset82, 1, 20),
  '240': textOf(cset82, 1, 30),
  '241': textOf(cset82, 1, 30),
  '30': digits(1, 8),
  '37': digits(1, 8),
  '3103': digits(6, 6),
  '3302': digits(6, 6),
  '400': textOf(cset82, 1, 30),
  '410': keyOf(13),
  '414': keyOf(13),
  '254': textOf(cset82, 1, 20),
  '710': textOf(cset82, 1, 20),
  '7003': day.map((date) => `${date}2359`),
  '99': textOf(cset82, 1, 90),
};

const codes = fc
  .shuffledSubarray(Object.keys(values), { minLength: 1 })
  .chain((ais) => fc.tuple(...ais.map((ai) => fc.tuple(fc.constant(ai), values[ai] as fc.Arbitrary<string>))));

function written(elements: readonly (readonly [string, string])[]): string {
  return elements
    .map(([ai, value]) => `${ai}${value}${gs1Dictionary.identifiers.get(ai)?.predefined ? '' : separator}`)
    .join('');
}

function elementsOf(result: ScanResult): unknown {
  return result.outcome === 'scanned' ? result.elements.map(({ identifier, value }) => [identifier, value]) : result;
}

function factsOf(result: ScanResult): unknown {
  if (result.outcome === 'refused') return result;
  const { form: _form, carrier: _carrier, elements: _elements, findings, ...facts } = result;
  return { ...facts, findings: findings.map(({ code }) => code) };
}

describe('any scan', () => {
  it('gives back the elements it was built from, in any order', () => {
    fc.assert(
      fc.property(codes, (elements) => {
        expect(elementsOf(read(`]C1${written(elements)}`))).toEqual(elements);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same in brackets and as a scanner sends it', () => {
    fc.assert(
      fc.property(codes, (elements) => {
        const brackets = elements.map(([ai, value]) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
        expect(elementsOf(read(brackets))).toEqual(elements);
        expect(factsOf(read(brackets))).toEqual(factsOf(read(`]C1${written(elements)}`)));
      }),
    );
  });

  it('as a Digital Link gives back its key, qualifiers and attributes', () => {
    const text = textOf(cset82.replace('.', ''), 1, 20);
    fc.assert(
      fc.property(keyOf(14), text, text, day, (gtin, lot, serial, expiry) => {
        const path = `/01/${gtin}/10/${encodeURIComponent(lot)}/21/${encodeURIComponent(serial)}?17=${expiry}`;
        const due = [
          ['01', gtin],
          ['10', lot],
          ['21', serial],
          ['17', expiry],
        ];
        expect(elementsOf(read(`https://example.org/stem${path}`))).toEqual(due);
      }),
    );
  });

  it('with one digit of its GTIN changed is refused', () => {
    const change = fc.tuple(keyOf(14), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(change, ([gtin, at, by]) => {
        const changed = gtin.slice(0, at) + String((Number(gtin[at]) + by) % 10) + gtin.slice(at + 1);
        expect(read(`01${changed}`)).toMatchObject({ outcome: 'refused', code: 'CHECK_DIGIT', value: changed });
        expect(read(`]I1${changed}`)).toMatchObject({ outcome: 'refused', code: 'CHECK_DIGIT', value: changed });
      }),
    );
  });

  it('of HIBC gives back product, lot and serial number, and is refused when one character differs', () => {
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const parts = fc.tuple(textOf(letters, 1, 18), textOf(letters, 1, 18), textOf(letters, 1, 18), digits(1, 1));
    fc.assert(
      fc.property(parts, fc.nat(), ([product, lot, serial, unit], place) => {
        const body = `+A999${product}${unit}/$${lot}/S${serial}`;
        const code = body + mod43CheckCharacter(body);
        expect(read(code)).toMatchObject({
          deviceIdentifier: { labeler: 'A999', product, unitOfMeasure: unit },
          lotNumber: lot,
          serialNumber: serial,
        });
        const at = 1 + (place % (body.length - 1));
        const other = code.charAt(at) === 'Q' ? 'R' : 'Q';
        expect(read(code.slice(0, at) + other + code.slice(at + 1))).toMatchObject({ code: 'CHECK_DIGIT' });
      }),
    );
  });

  it('takes every value of every application identifier that its format allows, or says why not', () => {
    const entries = [...gs1Dictionary.identifiers.values()];
    const any = fc.constantFrom(...entries).chain((entry) => {
      const { min, max } = lengthsOf(entry);
      return fc.tuple(fc.constant(entry), textOf(cset82, min, max));
    });
    fc.assert(
      fc.property(any, ([entry, value]) => {
        const result = read(`]C1${entry.ai}${value}`);
        if (result.outcome === 'scanned') expect(elementsOf(result)).toEqual([[entry.ai, value]]);
        else expect(result.message.length).toBeGreaterThan(20);
      }),
      { numRuns: 1000 },
    );
  });

  it('is answered and never throws, whatever was sent', () => {
    const starts = fc.constantFrom(
      '',
      '(01)',
      '(',
      '+',
      '*+',
      '=',
      '&',
      '=+',
      'https://a/',
      ']C1',
      ']d2',
      ']E0',
      '01',
      '+$$',
    );
    const rests = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ maxLength: 80 }),
      textOf(`0123456789()/+$=&${separator}%`, 0, 80),
    );
    fc.assert(
      fc.property(starts, rests, (start, rest) => {
        for (const scan of [start + rest, rest]) {
          const result = parseBarcode(scan, { referenceDate: '2026-11-22' });
          expect(['scanned', 'refused']).toContain(result.outcome);
          if (result.outcome === 'refused') expect(result.message).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('ends, however long and however contrived', () => {
    const pieces = [
      '10',
      '9910',
      '21A',
      '(',
      '(10)',
      '(99',
      '+',
      '=<',
      '/01',
      '/01/',
      '%',
      '3712',
      '10LOT1726',
      '&',
      '\r',
      separator,
    ];
    for (const piece of pieces) {
      for (const start of ['', ']C1', '0109521101530001', '(01)', '+A', 'https://a/01/1', 'https://a/?10=']) {
        const scan = (start + piece.repeat(2200)).slice(0, 4296);
        expect(['scanned', 'refused']).toContain(parseBarcode(scan, { referenceDate: '2026-11-22' }).outcome);
      }
    }
  });
});
