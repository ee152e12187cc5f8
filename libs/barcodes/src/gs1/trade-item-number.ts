import { hasMod10CheckDigit, mod10CheckDigit } from '../check-characters.js';
import { refuse, type ScanRefusal } from '../refusal.js';
import { scannedCode, type Finding, type ScannedCode } from '../scanned-code.js';

const names: Readonly<Record<number, string>> = { 8: 'GTIN-8', 12: 'GTIN-12', 13: 'GTIN-13', 14: 'GTIN-14' };

/** Whether digits alone have the length of a GTIN. */
export function isTradeItemNumber(digits: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(digits);
}

/**
 * Reads a bare number of 8, 12, 13 or 14 digits (GS1 General Specifications, sections 2.1 and 5.2; ITF-14: 5.3).
 * Eight digits are a GTIN-8, or a UPC-E when they begin with 0; where both are possible and `eightDigits` does not say
 * which, nobody guesses.
 */
export function readTradeItemNumber(
  digits: string,
  position: number,
  carrier?: string,
  eightDigits?: 'GTIN-8' | 'UPC-E',
): ScannedCode | ScanRefusal {
  if (!isTradeItemNumber(digits)) return wrongLength(digits, position);
  const suppressed = digits.length === 8 && eightDigits !== 'GTIN-8' ? expandedUpcE(digits) : undefined;
  const plain = digits.length === 8 && eightDigits === 'UPC-E' ? undefined : digits;
  const readings = [
    ...(plain !== undefined && hasMod10CheckDigit(plain) ? [reading(plain, plain, position, carrier)] : []),
    ...(suppressed !== undefined && hasMod10CheckDigit(suppressed)
      ? [reading(suppressed, digits, position, carrier)]
      : []),
  ];
  if (readings.length === 2) return ambiguous(digits, position, readings);
  return readings[0] ?? wrongCheckDigit(digits, plain ?? suppressed ?? digits, position);
}

/** The 12 digits that a UPC-E stands for (GS1 General Specifications, section 5.2); undefined when it stands for none. */
export function expandedUpcE(digits: string): string | undefined {
  const parts = /^0(\d)(\d)(\d)(\d)(\d)(\d)(\d)$/.exec(digits)?.slice(1);
  if (!parts) return undefined;
  const [a, b, c, d, e, last, check] = parts as [string, string, string, string, string, string, string];
  const number = Number(last);
  if (number <= 2) return `0${a}${b}${last}0000${c}${d}${e}${check}`;
  if (number === 3) return Number(c) <= 2 ? undefined : `0${a}${b}${c}00000${d}${e}${check}`;
  if (number === 4) return d === '0' ? undefined : `0${a}${b}${c}${d}00000${e}${check}`;
  return e === '0' ? undefined : `0${a}${b}${c}${d}${e}0000${last}${check}`;
}

function reading(number: string, printed: string, position: number, carrier: string | undefined): ScannedCode {
  const gtin = number.padStart(14, '0');
  const title = printed.length === 8 && number.length === 12 ? 'UPC-E' : (names[number.length] ?? 'GTIN');
  return scannedCode({
    standard: 'EAN/UPC',
    form: 'NUMBER',
    carrier,
    deviceIdentifier: { scheme: 'GTIN', value: gtin },
    elements: [{ identifier: title, title, value: printed, position }],
    findings: restrictedFindings(gtin, printed, position),
  });
}

// GS1 prefixes 02, 04 and 20 to 29 are for use inside one company or region; 05 and 980 to 999 are coupons and refunds.
function restrictedFindings(gtin: string, printed: string, position: number): readonly Finding[] {
  const eight = printed.length === 8 && gtin.startsWith('000000');
  const restricted = eight ? /^[02]/.test(printed) : /^.(02|04|05|2|98[0-4]|99)/.test(gtin);
  if (!restricted) return [];
  const message = `The number ${printed} is for use inside one company or for coupons: it does not say worldwide which product it is.`;
  return [{ code: 'RESTRICTED_NUMBER', message, position }];
}

function wrongLength(digits: string, position: number): ScanRefusal {
  const hint = digits.length === 18 ? ' It may be an SSCC: then scan the symbol that begins with (00).' : '';
  const message = `The number "${digits}" has ${digits.length} digits; a product number has 8, 12, 13 or 14.${hint}`;
  return refuse('LENGTH', message, { value: digits, position });
}

function wrongCheckDigit(digits: string, number: string, position: number): ScanRefusal {
  const due = mod10CheckDigit(number.slice(0, -1));
  const message = `The number "${digits}" at character ${position} ends with the check digit ${digits.at(-1)}, but ${due} is the one that fits its other digits.`;
  return refuse('CHECK_DIGIT', message, { value: digits, position });
}

function ambiguous(digits: string, position: number, candidates: readonly ScannedCode[]): ScanRefusal {
  const message = `The number "${digits}" fits both an EAN-8 and a UPC-E; let the scanner send its symbology prefix.`;
  return refuse('AMBIGUOUS', message, { value: digits, position, candidates });
}
