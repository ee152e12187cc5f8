import { splitAimPrefix, type AimPrefix } from './aim-prefix.js';
import type { Gs1Dictionary } from './gs1/application-identifier.js';
import { gs1Dictionary } from './gs1/dictionary.js';
import { groupSeparator } from './gs1/element-string.js';
import { readGs1, readGs1Bracketed, readGs1Link, type Gs1Input } from './gs1/gs1-code.js';
import { isTradeItemNumber, readTradeItemNumber } from './gs1/trade-item-number.js';
import { readHibc } from './hibc/hibc-code.js';
import { readIccbba } from './iccbba/iccbba-code.js';
import { yearOf } from './local-date.js';
import { isRefusal, refuse, type ScanRefusal } from './refusal.js';
import type { Finding, ScannedCode, ScanResult } from './scanned-code.js';

/** What a scan is read with. */
export interface ScanOptions {
  /** The day of the scan, `YYYY-MM-DD`; it decides the century of years of two digits. */
  readonly referenceDate: string;
  /** The printable character that the scanner sends instead of FNC1; none that a GS1 value may have (CSET 82). */
  readonly fnc1Substitute?: string;
  /** The scanner is known to send FNC1: a value that looks like two run together is taken as it stands. */
  readonly separatorsTrusted?: boolean;
  /** Another release of the GS1 Barcode Syntax Dictionary than the one built in; see `readGs1Dictionary`. */
  readonly dictionary?: Gs1Dictionary;
}

const lengthsByCarrier: Readonly<Record<string, readonly number[]>> = { 'EAN-8': [8], 'ITF-14': [14] };

// A QR Code holds at most 4296 characters of this kind (ISO/IEC 18004, table 7).
const mostCharacters = 4296;

/**
 * Reads what a scanner sent, or what a person typed from a label: GS1 (element string, brackets, Digital Link), EAN/UPC,
 * HIBC, ICCBBA. Pure: no clock, no I/O. It never throws; a code that cannot be used is a {@link ScanRefusal}.
 */
export function parseBarcode(scan: string, options: ScanOptions): ScanResult {
  const referenceYear = yearOf(String(options?.referenceDate));
  if (referenceYear === undefined) {
    const message = `The reference date "${String(options?.referenceDate)}" is no day of the form YYYY-MM-DD.`;
    return refuse('OPTION_INVALID', message, { value: String(options?.referenceDate) });
  }
  const substitute = options.fnc1Substitute;
  if (substitute !== undefined && !/^[^\w!"%&'()*+,\-./:;<=>?]$/.test(substitute)) {
    const message = `"${substitute}" cannot stand for FNC1: it must be one character that no GS1 value may have, such as ~ or |.`;
    return refuse('OPTION_INVALID', message, { value: substitute });
  }
  if (typeof scan !== 'string') return refuse('EMPTY', 'Nothing was read: there is no text.');
  if (scan.length > mostCharacters) {
    const message = `The scan has ${scan.length} characters; no barcode holds more than ${mostCharacters}.`;
    return refuse('TOO_LONG', message, { value: `${scan.slice(0, 40)}…` });
  }
  const text = scan.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');
  if (text.trim() === '') return refuse('EMPTY', 'Nothing was read: the scan is empty.');
  const leading = scan.indexOf(text);
  const { prefix, data, offset } = splitAimPrefix(text);
  return read(data, { offset: offset + leading, referenceYear, prefix, options });
}

interface Context {
  readonly offset: number;
  readonly referenceYear: number;
  readonly prefix: AimPrefix | undefined;
  readonly options: ScanOptions;
}

function read(data: string, context: Context): ScanResult {
  const { prefix, offset, referenceYear } = context;
  const carrier = prefix?.carrier;
  switch (prefix?.carries) {
    case 'GS1':
      return readGs1(gs1Input(data, context));
    case 'ADD_ON':
      return refuse('UNSUPPORTED', `This is only the add-on beside a barcode (${carrier}), not the product number.`, {
        value: data,
        position: offset + 1,
      });
    case 'NUMBER_AND_ADD_ON':
      return withoutAddOn(data, context);
    case 'NUMBER':
      return readNumber(data, context);
    default:
  }
  if (/^https?:/i.test(data)) return readGs1Link(gs1Input(data, context));
  if (data.startsWith('(')) return readGs1Bracketed(gs1Input(data, context));
  if (/^\*?\+/.test(data)) return readHibc({ text: data, offset, referenceYear, carrier });
  if (/^[=&]/.test(data)) return readIccbba({ text: data, offset, carrier });
  if (isTradeItemNumber(data.replaceAll(' ', ''))) return numberOrElements(data, context);
  const input = gs1Input(data, context);
  const begins = input.text.startsWith(groupSeparator) ? input.text.slice(1) : input.text;
  return /^\d/.test(begins) ? withCarrierFinding(readGs1(input), prefix) : unrecognised(data, context);
}

function gs1Input(data: string, { offset, referenceYear, prefix, options }: Context): Gs1Input {
  const { fnc1Substitute, dictionary = gs1Dictionary, separatorsTrusted = false } = options;
  const text = fnc1Substitute === undefined ? data : data.replaceAll(fnc1Substitute, groupSeparator);
  return { text, offset, dictionary, referenceYear, carrier: prefix?.carrier, separatorsTrusted };
}

function readNumber(data: string, { prefix, offset }: Context): ScanResult {
  const digits = data.replaceAll(' ', '');
  if (/\D/.test(digits)) {
    const message = `The ${prefix?.carrier} "${data}" has a character that is no digit.`;
    return refuse('INVALID_CHARACTER', message, { value: data, position: offset + 1 });
  }
  if (prefix === undefined || prefix.carries === 'OPEN')
    return readTradeItemNumber(digits, offset + 1, prefix?.carrier);
  const due = lengthsByCarrier[prefix.carrier] ?? [8, 12, 13];
  if (!due.includes(digits.length)) {
    const message = `The ${prefix.carrier} "${digits}" has ${digits.length} digits, ${due.join(', ')} are due.`;
    return refuse('LENGTH', message, { value: digits, position: offset + 1 });
  }
  return readTradeItemNumber(digits, offset + 1, prefix.carrier, prefix.carrier === 'EAN-8' ? 'GTIN-8' : 'UPC-E');
}

// Without a prefix 17261130 may be a product number, or the expiry date of a second GS1 symbol.
function numberOrElements(data: string, context: Context): ScanResult {
  const number = readNumber(data, context);
  const elements = readGs1(gs1Input(data, context));
  if (isRefusal(elements) || !elements.elements.some(({ date }) => date !== undefined)) return number;
  const message = `"${data}" may be a product number or GS1 elements with a date; let the scanner send its symbology prefix.`;
  const candidates = isRefusal(number) ? [elements] : [number, elements];
  return refuse('AMBIGUOUS', message, { value: data, position: context.offset + 1, candidates });
}

function withoutAddOn(data: string, context: Context): ScanResult {
  const number = readNumber(data.slice(0, 13), context);
  const message = `The add-on "${data.slice(13)}" after the product number says nothing about the product; it was left out.`;
  return withFinding(number, { code: 'ADD_ON_IGNORED', message, position: context.offset + 14 });
}

function withCarrierFinding(result: ScannedCode | ScanRefusal, prefix: AimPrefix | undefined): ScanResult {
  if (prefix === undefined) return result;
  const message = `A ${prefix.carrier} without FNC1 is no GS1 symbol, but its content reads as GS1 elements.`;
  return withFinding(result, { code: 'CARRIER', message });
}

function withFinding(result: ScannedCode | ScanRefusal, finding: Finding): ScanResult {
  return isRefusal(result) ? result : { ...result, findings: [...result.findings, finding] };
}

function unrecognised(data: string, { offset }: Context): ScanRefusal {
  const about = { value: data, position: offset + 1 };
  if (data.startsWith('[)>')) {
    return refuse('UNSUPPORTED', 'The code is wrapped in an ISO/IEC 15434 envelope, which is not read here.', about);
  }
  const message = `"${data}" is neither a GS1 code, nor an EAN or UPC number, nor HIBC (+), nor ISBT 128 (= or &).`;
  return refuse('UNRECOGNISED', message, about);
}
