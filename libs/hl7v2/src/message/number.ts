import { Decimal } from 'decimal.js';

/** Longest number that is read: more digits than any quantity has, and no invitation to send a million of them. */
const longest = 40;

/**
 * Reads data type NM: digits with an optional sign and decimal point, no exponent and no thousands separator. Undefined
 * when it is something else. Source: HL7 v2 chapter 2A, "NM - numeric".
 */
export function parseNumber(text: string): Decimal | undefined {
  if (text.length > longest || !/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  return new Decimal(
    text
      .replace(/^\+/, '')
      .replace(/^(-?)\./, '$10.')
      .replace(/\.$/, ''),
  );
}
