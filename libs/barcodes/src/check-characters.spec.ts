import { describe, expect, it } from 'vitest';
import {
  alphanumericCheckPair,
  hasIbanChecksum,
  hasMod10CheckDigit,
  mod10CheckDigit,
  mod37Checksum,
  mod43CheckCharacter,
} from './check-characters.js';

describe('check characters', () => {
  it('of a GTIN, an SSCC and a GLN are those that GS1 prints in its examples', () => {
    expect(mod10CheckDigit('0952012345678')).toBe('8');
    expect(mod10CheckDigit('95201234567891234')).toBe('5');
    expect(hasMod10CheckDigit('9520123456788')).toBe(true);
    expect(hasMod10CheckDigit('9520123456780')).toBe(false);
  });

  it('of a Global Model Number are those that GS1 prints in its example', () => {
    expect(alphanumericCheckPair('1987654Ad4X4bL5ttr2310c')).toBe('2K');
    expect(alphanumericCheckPair('1987 654')).toBeUndefined();
  });

  it('of an HIBC code are those that HIBCC prints in its examples', () => {
    expect(mod43CheckCharacter('+A999BJC5D6E7')).toBe('-');
    expect(mod43CheckCharacter('+A99912345/$$52001510X3')).toBe('3');
    expect(mod43CheckCharacter('+a')).toBeUndefined();
  });

  it('of an ISBT 128 identifier are those that ICCBBA computes in ST-017, appendix 1', () => {
    expect(mod37Checksum('A9990ABC123T0480')).toBe(8);
    expect(mod37Checksum('A-1')).toBeUndefined();
  });

  it('of an IBAN leave the remainder 1', () => {
    expect(hasIbanChecksum('DE89370400440532013000')).toBe(true);
    expect(hasIbanChecksum('DE89370400440532013001')).toBe(false);
  });

  it('find every single wrong digit of a GTIN', () => {
    for (let at = 0; at < 14; at++) {
      for (const digit of '0123456789') {
        const changed = '09520123456788'.slice(0, at) + digit + '09520123456788'.slice(at + 1);
        expect(hasMod10CheckDigit(changed)).toBe(changed === '09520123456788');
      }
    }
  });
});
