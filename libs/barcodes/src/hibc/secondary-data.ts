import { refuse, type ScanRefusal } from '../refusal.js';
import { dateOf, dateOfDay, lastDayOf, timeOf, yearInWindow } from '../local-date.js';
import type { ScannedElement } from '../scanned-code.js';

/** What one segment of an HIBC code says, and its elements in order. */
export interface SecondaryData {
  readonly lotNumber?: string;
  readonly serialNumber?: string;
  readonly expiryDate?: string;
  readonly expiryTime?: string;
  readonly productionDate?: string;
  readonly count?: number;
  readonly elements: readonly ScannedElement[];
}

interface DateForm {
  readonly name: string;
  readonly length: number;
  readonly read: (digits: string, referenceYear: number) => string | undefined;
}

const two = (digits: string, at: number): number => Number(digits.slice(at, at + 2));
const ordinal = (digits: string, year: number): string | undefined =>
  dateOfDay(yearInWindow(two(digits, 0), year), Number(digits.slice(2, 5)) || Infinity);
const yearFirst = (digits: string, year: number): string | undefined =>
  dateOf(yearInWindow(two(digits, 0), year), two(digits, 2), two(digits, 4));

const monthYear: DateForm = {
  name: 'MMYY',
  length: 4,
  read: (digits, year) => lastDayOf(yearInWindow(two(digits, 2), year), two(digits, 0)),
};

// The digit after $$ or after the quantity says how the date is written (ANSI/HIBC 2.6).
const dateForms: Readonly<Record<string, DateForm>> = {
  2: {
    name: 'MMDDYY',
    length: 6,
    read: (digits, year) => dateOf(yearInWindow(two(digits, 4), year), two(digits, 0), two(digits, 2)),
  },
  3: { name: 'YYMMDD', length: 6, read: yearFirst },
  4: { name: 'YYMMDDHH', length: 8, read: yearFirst },
  5: { name: 'YYJJJ', length: 5, read: ordinal },
  6: { name: 'YYJJJHH', length: 7, read: ordinal },
};

/**
 * Reads the first segment of HIBC secondary data (ANSI/HIBC 2.6): `$` lot, `$+` serial,
 * `$$` and `$$+` with quantity and date before lot or serial, or five digits YYJJJ before the lot.
 */
export function readSecondaryData(text: string, position: number, referenceYear: number): SecondaryData | ScanRefusal {
  const reader = new Reader(text, position, referenceYear);
  if (/^\d/.test(text)) return reader.dateThen('lotNumber', dateForms['5'] as DateForm);
  const [flag = ''] = /^\${1,2}\+?/.exec(text) ?? [];
  const target = flag.endsWith('+') ? 'serialNumber' : 'lotNumber';
  reader.take(flag.length);
  if (!flag.startsWith('$$')) return reader.rest(target, flag);
  const counted = reader.quantity();
  if (counted && reader.done()) return reader.found();
  const digit = reader.peek();
  if (digit === '7') reader.take(1);
  if (digit === '7' || (counted && /[A-Z]/.test(digit))) return reader.rest(target, digit === '7' ? `${flag}7` : flag);
  if (/[01]/.test(digit)) return reader.dateThen(target, monthYear, flag);
  const form = dateForms[digit];
  if (!form) return reader.unknownDate(flag, digit);
  reader.take(1);
  return reader.dateThen(target, form, `${flag}${digit}`);
}

class Reader {
  private at = 0;
  private fields: Omit<SecondaryData, 'elements'> = {};
  private readonly elements: ScannedElement[] = [];

  constructor(
    private readonly text: string,
    private readonly position: number,
    private readonly referenceYear: number,
  ) {}

  take(length: number): string {
    const taken = this.text.slice(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  done(): boolean {
    return this.at >= this.text.length;
  }

  found(): SecondaryData {
    return { ...this.fields, elements: this.elements };
  }

  quantity(): boolean {
    const [, size, digits = ''] = /^(8(?=\d{2})|9(?=\d{5}))(\d*)/.exec(this.text.slice(this.at)) ?? [];
    if (size === undefined) return false;
    const value = digits.slice(0, size === '8' ? 2 : 5);
    this.add(size, 'QUANTITY', value, this.at + 1);
    this.fields = { ...this.fields, count: Number(value) };
    this.take(1 + value.length);
    return true;
  }

  dateThen(target: 'lotNumber' | 'serialNumber', form: DateForm, flag = ''): SecondaryData | ScanRefusal {
    const start = this.at;
    const digits = this.take(form.length);
    const date = new RegExp(`^\\d{${form.length}}$`).test(digits) ? form.read(digits, this.referenceYear) : undefined;
    const time = form.name.endsWith('HH') ? timeOf(digits.slice(-2)) : undefined;
    if (date === undefined || (form.name.endsWith('HH') && time === undefined)) return this.noDate(digits, form, start);
    const when = { date, ...(time === undefined ? {} : { time }) };
    this.elements.push({ ...this.element(flag, `EXPIRY ${form.name}`, digits, start), ...when });
    this.fields = { ...this.fields, expiryDate: date, ...(time === undefined ? {} : { expiryTime: time }) };
    return this.done() ? this.found() : this.rest(target, flag);
  }

  rest(target: 'lotNumber' | 'serialNumber', flag: string): SecondaryData | ScanRefusal {
    const start = this.at;
    const value = this.take(this.text.length);
    const title = target === 'lotNumber' ? 'LOT' : 'SERIAL';
    const refused = wrongNumber(title, value, this.position + start);
    if (refused) return refused;
    this.add(flag, title, value, start);
    return { ...this.fields, [target]: value, elements: this.elements };
  }

  unknownDate(flag: string, digit: string): ScanRefusal {
    const position = this.position + this.at;
    const message = `After ${flag} at character ${position} stands "${digit}", which says nothing about how the date is written (0 to 7).`;
    return refuse('UNKNOWN_IDENTIFIER', message, { value: digit, position });
  }

  private noDate(digits: string, form: DateForm, start: number): ScanRefusal {
    const position = this.position + start;
    const message = `The expiry date "${digits}" at character ${position} is no date of the form ${form.name}.`;
    return refuse('DATE_INVALID', message, { value: digits, position });
  }

  private add(identifier: string, title: string, value: string, start: number): void {
    this.elements.push(this.element(identifier, title, value, start));
  }

  private element(identifier: string, title: string, value: string, start: number): ScannedElement {
    return { identifier, title, value, position: this.position + start };
  }
}

/** Refuses a lot or serial number of HIBC that is empty, too long or not of letters and digits (ANSI/HIBC 2.6). */
export function wrongNumber(title: string, value: string, position: number): ScanRefusal | undefined {
  if (value === '' || value.length > 18) {
    const message = `The ${title} "${value}" at character ${position} has ${value.length} characters, 1 to 18 are due.`;
    return refuse('LENGTH', message, { value, position });
  }
  const wrong = /[^0-9A-Z.-]/.exec(value);
  if (!wrong) return undefined;
  const at = position + wrong.index;
  const message = `The ${title} "${value}" has "${wrong[0]}" at character ${at}; only capital letters and digits are allowed there.`;
  return refuse('INVALID_CHARACTER', message, { value, position: at });
}
