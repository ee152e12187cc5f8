import { describe, expect, it } from 'vitest';
import { parseBarcode } from '../parse-barcode.js';
import { lengthsOf } from './application-identifier.js';
import { objectionTo } from './content-rules.js';
import { gs1Dictionary, readGs1Dictionary } from './dictionary.js';

const entries = [...gs1Dictionary.identifiers.values()];
const sample = [
  '# Release: 2099-01-31',
  '',
  '01         *?  N14,csum,gcppos2                  ex=255,37 dlpkey=22,10,21|235                    # GTIN',
  '10          ?  X..20                             req=01,02,03,8006,8026                           # BATCH/LOT',
  '250         ?  X..30                             req=01,8006 req=21                               # SECONDARY SERIAL',
  '253         ?  N13,csum,gcppos1 [X..17]          dlpkey                                           # GDTI',
  '3100-3105  *?  N6                                req=01,02 ex=310n                                # NET WEIGHT (kg)',
  '7030        ?  N3,iso3166999 X..27               req=01,02                                        # PROCESSOR # 0',
  '8888           X..5,madeup                                                                        # NEW',
].join('\n');

describe('the dictionary', () => {
  it('has every application identifier of release 2026-01-27', () => {
    expect(gs1Dictionary.release).toBe('2026-01-27');
    expect(entries.length).toBe(541);
  });

  it('has no application identifier that another one begins with', () => {
    const ais = new Set(gs1Dictionary.identifiers.keys());
    for (const ai of ais) {
      for (let length = 2; length < ai.length; length++) expect(ais.has(ai.slice(0, length))).toBe(false);
    }
  });

  it('has a predefined length only where GS1 lists it: 00 to 04, 11 to 20, 31 to 36, 41', () => {
    for (const { ai, predefined } of entries) {
      expect([ai, predefined]).toEqual([ai, /^(0[0-4]|1[1-9]|20|3[1-6]|41)/.test(ai)]);
    }
  });

  it('has one length for each that needs no separator', () => {
    for (const entry of entries.filter(({ predefined }) => predefined)) {
      const { min, max } = lengthsOf(entry);
      expect([entry.ai, min]).toEqual([entry.ai, max]);
    }
  });

  it('names only application identifiers that it has', () => {
    const known = (pattern: string) =>
      entries.some(({ ai }) => new RegExp(`^${pattern.replaceAll('n', '\\d')}$`).test(ai));
    for (const { requires, excludes, linkKey } of entries) {
      const named = [...requires.flat(2), ...excludes, ...(linkKey ?? []).flat()];
      expect(named.filter((pattern) => !known(pattern))).toEqual([]);
    }
  });

  it('names only rules that are checked here, but for the two of coupons', () => {
    const rules = new Set(entries.flatMap(({ parts }) => parts.flatMap((part) => part.rules)));
    const wrong = ['', '!', '#', '0', '9', '99', '0000', '999999', '99999999', '%', '4000000000'];
    const unchecked = [...rules].filter((rule) => wrong.every((part) => objectionTo(part, rule, 2026) === undefined));
    expect(unchecked.sort()).toEqual(['couponcode', 'couponposoffer']);
  });
});

describe('another release of the dictionary', () => {
  const newer = readGs1Dictionary(sample);

  it('is read from the text that GS1 publishes', () => {
    expect(newer.release).toBe('2099-01-31');
    expect([...newer.identifiers.keys()].join(' ')).toBe('01 10 250 253 3100 3101 3102 3103 3104 3105 7030 8888');
    for (const ai of ['01', '10', '250', '253', '3102', '7030']) {
      expect(newer.identifiers.get(ai)).toEqual(gs1Dictionary.identifiers.get(ai));
    }
  });

  it('takes the place of the one built in', () => {
    const scan = '01095211015300018888ABC';
    expect(parseBarcode(scan, { referenceDate: '2026-11-22' })).toMatchObject({ code: 'UNKNOWN_IDENTIFIER' });
    expect(parseBarcode(scan, { referenceDate: '2026-11-22', dictionary: newer })).toMatchObject({
      outcome: 'scanned',
      elements: [{ identifier: '01' }, { identifier: '8888', title: 'NEW', value: 'ABC' }],
    });
  });
});
