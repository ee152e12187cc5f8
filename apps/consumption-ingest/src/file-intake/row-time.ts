import { instantOf } from '@wardline/hl7v2';

/** Parts of a time as a pattern found them. */
type Parts = Readonly<Record<string, string | undefined>>;

const tokens: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d\\d)',
  MM: '(?<month>\\d\\d)',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d\\d)',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d\\d)',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d\\d)',
  h: '(?<hour12>\\d{1,2})',
  a: '(?<half>[AaPp])\\.?[Mm]\\.?',
  mm: '(?<minute>\\d\\d)',
  ss: '(?<second>\\d\\d)',
  SSS: '(?<fraction>\\d{1,9})',
  XXX: '(?<offset>Z|[+-]\\d\\d:?\\d\\d)',
};
const pieces = /'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
/** ISO 8601 calendar dates and times, extended format. */
const isoForm =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?<offset>Z|[+-]\d\d:?\d\d)?)?$/;
const compiled = new Map<string, RegExp | null>([['iso', isoForm]]);
const epochs: Readonly<Record<string, number>> = { 'epoch-seconds': 1_000, 'epoch-milliseconds': 1 };

/** Whether this is a format that {@link instantIn} and {@link dayIn} read. */
export function isTimeFormat(format: string): boolean {
  return Object.hasOwn(epochs, format) || formOf(format) !== null;
}

/** The instant that a cell tells; null when it is no time of that format or no day of the calendar. */
export function instantIn(text: string, format: string, zone: string): Date | null {
  const factor = epochs[format];
  if (factor !== undefined) return epoch(text, factor);
  const parts = formOf(format)?.exec(text)?.groups;
  const read = parts === undefined ? null : clockTime(parts);
  if (parts === undefined || read === null || parts['day'] === undefined) return null;
  const offsetMinutes = minutesOf(parts['offset']);
  return offsetMinutes === null ? null : instantOf({ precision: 'second', ...read, offsetMinutes }, zone);
}

/** The calendar day that a cell tells, `YYYY-MM-DD`; the last of the month when it names none, or day 00 (GS1 General Specifications 3.4). */
export function dayIn(text: string, format: string, zone: string): string | null {
  if (Object.hasOwn(epochs, format)) {
    const instant = instantIn(text, format, zone);
    return instant && new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant);
  }
  const parts = formOf(format)?.exec(text)?.groups;
  if (parts === undefined) return null;
  const year = yearOf(parts);
  const noDay = parts['day'] === undefined || Number(parts['day']) === 0;
  const last = new Date(Date.UTC(year, Number(parts['month']), 0)).getUTCDate();
  const read = clockTime(noDay ? { ...parts, day: String(last) } : parts);
  return read && [String(read.year).padStart(4, '0'), pad(read.month), pad(read.day)].join('-');
}

function formOf(format: string): RegExp | null {
  const known = compiled.get(format);
  if (known !== undefined) return known;
  const form = compile(format);
  compiled.set(format, form);
  return form;
}

function compile(format: string): RegExp | null {
  let source = '';
  for (const [piece, quoted] of format.matchAll(pieces)) {
    const token = tokens[piece];
    if (quoted === undefined && /[A-Za-z]/.test(piece) && token === undefined) return null;
    source += quoted === undefined ? (token ?? literal(piece)) : literal(quoted);
  }
  try {
    const form = new RegExp(`^${source}$`);
    return /<(?:year|shortYear)>/.test(source) && source.includes('<month>') ? form : null;
  } catch {
    return null; // a token stands in it twice
  }
}

const literal = (piece: string): string => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function epoch(text: string, factor: number): Date | null {
  const instant = /^\d{1,15}(?:\.\d+)?$/.test(text) ? new Date(Math.floor(Number(text) * factor)) : null;
  return instant === null || Number.isNaN(instant.getTime()) ? null : instant;
}

interface ClockTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

function clockTime(parts: Parts): ClockTime | null {
  const [month, day] = [Number(parts['month']), Number(parts['day'])];
  const year = yearOf(parts);
  const [hour, minute, second] = [hourOf(parts), Number(parts['minute'] ?? 0), Number(parts['second'] ?? 0)];
  const calendar = new Date(Date.UTC(year, month - 1, day));
  const exists = year > 0 && calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
  if (!exists || hour === null || hour > 23 || minute > 59 || second > 59) return null;
  const millisecond = Number((parts['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return { year, month, day, hour, minute, second, millisecond };
}

/** Years of two digits are of this century: nothing in stock is older. */
const yearOf = (parts: Parts): number => Number(parts['year'] ?? `20${parts['shortYear']}`);

function hourOf({ hour, hour12, half }: Parts): number | null {
  if (hour12 === undefined) return Number(hour ?? 0);
  const shown = Number(hour12);
  if (shown < 1 || shown > 12 || half === undefined) return null;
  return (shown % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function minutesOf(offset: string | undefined): number | undefined | null {
  if (offset === undefined) return undefined;
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
