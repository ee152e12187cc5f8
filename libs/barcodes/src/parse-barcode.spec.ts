import { describe, expect, it } from 'vitest';
import { parseBarcode } from './parse-barcode.js';
import type { ScanResult } from './scanned-code.js';

const gtin = '0109521101530001';
const read = (scan: string): ScanResult => parseBarcode(scan, { referenceDate: '2026-11-22' });

describe('a scan', () => {
  it('is refused with the value, the place, what fits and what to do', () => {
    expect(read('0109521101530002')).toEqual({
      outcome: 'refused',
      code: 'CHECK_DIGIT',
      message:
        'The GTIN "09521101530002" (AI 01, at character 3) has the check digit 2, but 1 is the one that fits its other digits.',
      remedy: 'Scan again, or compare what was typed with the label. If it stays, the label itself is wrong.',
      owner: 'stores',
      value: '09521101530002',
      position: 3,
    });
  });

  it('that may have lost its separator is refused with every reading', () => {
    const result = read(`${gtin}10LOT12317261130`);
    expect(result).toMatchObject({
      code: 'AMBIGUOUS',
      owner: 'stores',
      candidates: [{ lotNumber: 'LOT12317261130' }, { lotNumber: 'LOT123', expiryDate: '2026-11-30' }],
    });
  });

  it('that has lost its separator for certain is refused with the readings that are left', () => {
    expect(read(`${gtin}10LOT123456172611302112345678`)).toMatchObject({
      code: 'SEPARATOR_MISSING',
      owner: 'platform',
      candidates: [{ lotNumber: 'LOT123456', expiryDate: '2026-11-30', serialNumber: '12345678' }],
    });
  });

  it('of eight digits that fit an EAN-8 and a UPC-E is refused unless the scanner says which', () => {
    expect(read('01000115')).toMatchObject({
      code: 'AMBIGUOUS',
      candidates: [
        { deviceIdentifier: { value: '00000001000115' } },
        { deviceIdentifier: { value: '00010100000015' } },
      ],
    });
    expect(read(']E401000115')).toMatchObject({ deviceIdentifier: { value: '00000001000115' } });
    expect(read(']E001000115')).toMatchObject({ deviceIdentifier: { value: '00010100000015' } });
  });

  it('that names a person shows nothing of it in a message', () => {
    const result = read('80181234567890123456767253MUSTER');
    expect(result).toMatchObject({ code: 'CHECK_DIGIT', value: '…' });
    expect(JSON.stringify(result)).not.toContain('12345678901234567');
    const name = read('8018123456789012345675\x1d7253MÜSTER');
    expect(name).toMatchObject({ code: 'INVALID_CHARACTER', value: '…' });
    expect(JSON.stringify(name)).not.toContain('STER');
  });

  it('without a count has none: one is not assumed', () => {
    expect(read(gtin)).not.toHaveProperty('count');
    expect(read(`${gtin}3020`)).toHaveProperty('count', 20);
  });

  it('keeps dates and times with the element that has them', () => {
    const result = read(`${gtin}7007260101260131`);
    expect(result).toMatchObject({
      elements: [{}, { identifier: '7007', position: 21, date: '2026-01-01', until: '2026-01-31' }],
    });
  });

  it('measures exactly, whatever the decimal places', () => {
    const result = read(`${gtin}3105000001`);
    expect(result.outcome === 'scanned' && result.measures[0]?.quantity.toFixed()).toBe('0.00001');
  });

  it('counts its positions from what was sent, prefix and line ends included', () => {
    expect(read(`\r\n]d2${gtin}17261301`)).toMatchObject({ code: 'DATE_INVALID', position: 24 });
  });

  it('cannot be read without a day of reference', () => {
    for (const referenceDate of ['', '2026', '2026-13-01', '22.11.2026']) {
      expect(parseBarcode(gtin, { referenceDate })).toMatchObject({ code: 'OPTION_INVALID', owner: 'platform' });
    }
  });

  it('that is long is shown by its beginning', () => {
    const result = read(`https://example.org/${'a'.repeat(4000)}`);
    expect(result).toMatchObject({ code: 'LINK_MALFORMED', value: `https://example.org/${'a'.repeat(100)}…` });
    expect(result.outcome === 'refused' && result.message.length).toBeLessThan(300);
  });

  it('that is longer than any symbol, or no text at all, is refused', () => {
    expect(read('1'.repeat(4297))).toMatchObject({ code: 'TOO_LONG' });
    expect(read(undefined as unknown as string)).toMatchObject({ code: 'EMPTY' });
    expect(parseBarcode(gtin, undefined as never)).toMatchObject({ code: 'OPTION_INVALID' });
    expect(read(' \r\n')).toMatchObject({ code: 'EMPTY' });
  });
});
