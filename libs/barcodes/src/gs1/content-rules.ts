import { alphanumericCheckPair, hasIbanChecksum, hasMod10CheckDigit, mod10CheckDigit } from '../check-characters.js';
import { dateOf, lastDayOf, timeOf, yearInWindow } from '../local-date.js';

/** What is wrong with one part of a value. A part that is refused makes the code unusable; one that is noted does not. */
export interface Objection {
  readonly refused?: 'CHECK_DIGIT' | 'DATE_INVALID';
  readonly message: string;
}

type Rule = (part: string, referenceYear: number) => string | undefined;

const patterns: Readonly<Record<string, readonly [allowed: RegExp, otherwise: string]>> = {
  gcppos1: [/^\d{4}/, 'must begin with the digits of a GS1 company prefix'],
  gcppos2: [/^.\d{4}/, 'must have the digits of a GS1 company prefix after the first'],
  hasnondigit: [/\D/, 'must have a character that is no digit'],
  hyphen: [/^-+$/, 'may only be a minus sign'],
  importeridx: [/^[-0-9A-Z_a-z]$/, 'must be one letter, digit, - or _'],
  iso3166: [/^\d{3}$/, 'must be a country code of three digits'],
  iso3166999: [/^\d{3}$/, 'must be a country code of three digits, or 999'],
  iso3166alpha2: [/^[A-Z]{2}$/, 'must be a country code of two capital letters'],
  iso4217: [/^\d{3}$/, 'must be a currency code of three digits'],
  iso5218: [/^[0129]$/, 'must be 0, 1, 2 or 9'],
  mediatype: [/^(0[1-9]|10|[89]\d)$/, 'must be 01 to 10 or 80 to 99'],
  nonzero: [/[^0]/, 'must not be zero'],
  nozeroprefix: [/^(?!0)/, 'must not begin with 0'],
  packagetype: [/^[0-9A-Z]{1,3}$/, 'must be a package type of up to three letters and digits'],
  pcenc: [/^(%[0-9A-Fa-f]{2}|[^%])*$/, 'must write % only before two hexadecimal digits'],
  winding: [/^[019]$/, 'must be 0, 1 or 9'],
  yesno: [/^[01]$/, 'must be 0 or 1'],
  zero: [/^0+$/, 'must be zero'],
};

const computed: Readonly<Record<string, Rule>> = {
  iban: (part) => (hasIbanChecksum(part) ? undefined : 'is no IBAN: its check digits do not fit'),
  latitude: (part) => (part > '1800000000' ? 'is beyond the poles' : undefined),
  longitude: (part) => (part > '3600000000' ? 'is beyond 360 degrees' : undefined),
  posinseqslash: (part) =>
    /^[1-9]\/[1-9]$/.test(part) && part.charAt(0) <= part.charAt(2)
      ? undefined
      : 'must be the position and the total, such as 2/3',
  pieceoftotal: (part) => (isPiece(part) ? undefined : 'must be a piece and a total that is not smaller, both from 01'),
};

const refusing: Readonly<Record<string, readonly ['CHECK_DIGIT' | 'DATE_INVALID', Rule]>> = {
  csum: ['CHECK_DIGIT', checkDigit],
  csumalpha: ['CHECK_DIGIT', checkPair],
  yymmdd: ['DATE_INVALID', (part, year) => (dateOfYymmdd(part, year) ? undefined : 'is no day of the calendar')],
  yymmd0: ['DATE_INVALID', (part, year) => (dateOfYymmdd(part, year, true) ? undefined : 'is no day of the calendar')],
  yyyymmdd: ['DATE_INVALID', (part) => (dateOfYyyymmdd(part) ? undefined : 'is no day of the calendar')],
  hhmi: ['DATE_INVALID', clockTime],
  hh: ['DATE_INVALID', clockTime],
  mi: ['DATE_INVALID', (part) => clockTime(`00${part}`)],
  ss: ['DATE_INVALID', (part) => clockTime(`00${part}`)],
};

/**
 * Checks one part of a value by a rule of the GS1 Barcode Syntax Dictionary (its reference linters say what each means).
 * Undefined when nothing is wrong, or when the rule is not known here (coupons, and rules of a newer dictionary).
 */
export function objectionTo(part: string, rule: string, referenceYear: number): Objection | undefined {
  const pattern = patterns[rule];
  if (pattern && !pattern[0].test(part)) return { message: pattern[1] };
  const noted = computed[rule]?.(part, referenceYear);
  if (noted !== undefined) return { message: noted };
  const [refused, check] = refusing[rule] ?? [];
  const message = check?.(part, referenceYear);
  return refused === undefined || message === undefined ? undefined : { refused, message };
}

/** The date of YYMMDD; day 00 is the last of the month where that is allowed (GS1 General Specifications, sections 3.4 and 7.12). */
export function dateOfYymmdd(digits: string, referenceYear: number, dayMayBeMissing = false): string | undefined {
  const [year, month, day] = (digits.match(/../g) ?? []).map(Number) as [number, number, number];
  const fullYear = yearInWindow(year, referenceYear);
  return day === 0 && dayMayBeMissing ? lastDayOf(fullYear, month) : dateOf(fullYear, month, day);
}

/** The date of YYYYMMDD. */
export function dateOfYyyymmdd(digits: string): string | undefined {
  return dateOf(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));
}

function checkDigit(number: string): string | undefined {
  if (hasMod10CheckDigit(number)) return undefined;
  return `has the check digit ${number.at(-1)}, but ${mod10CheckDigit(number.slice(0, -1))} is the one that fits its other digits`;
}

function checkPair(text: string): string | undefined {
  const expected = text.length > 2 ? alphanumericCheckPair(text.slice(0, -2)) : undefined;
  if (expected === text.slice(-2)) return undefined;
  return `ends with the check characters ${text.slice(-2)}, but ${expected ?? 'no pair'} fits the rest`;
}

function clockTime(digits: string): string | undefined {
  return timeOf(digits) === undefined ? 'is no time of day' : undefined;
}

function isPiece(digits: string): boolean {
  const piece = Number(digits.slice(0, digits.length / 2));
  return piece >= 1 && piece <= Number(digits.slice(digits.length / 2));
}
