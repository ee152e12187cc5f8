/** How much of a time was given. */
export type Precision = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A time as it was sent: what was given of it, and the offset when there was one. */
export interface Hl7Time {
  readonly precision: Precision;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of UTC; undefined when the sender's own time is meant. */
  readonly offsetMinutes: number | undefined;
}

const form = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,4}))?)?)?)?)?)?([+-]\d{4})?$/;
const precisions: readonly Precision[] = ['year', 'month', 'day', 'hour', 'minute', 'second'];

/**
 * Reads data types DT, TS and DTM: `YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]`. Undefined when it is none or no day
 * of the calendar. Source: HL7 v2 chapter 2A, "DTM - date/time".
 */
export function parseTime(text: string): Hl7Time | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const calendar = new Date(Date.UTC(year, month - 1, day));
  if (year < 1 || calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) return undefined;
  const offsetMinutes = readOffset(match[8]);
  if (hour > 23 || minute > 59 || second > 59 || offsetMinutes === 'none') return undefined;
  const precision = precisions[match.slice(1, 7).filter((part) => part !== undefined).length - 1] ?? 'year';
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return { precision, year, month, day, hour, minute, second, millisecond, offsetMinutes };
}

/** Whether a time says at least so much. */
export function isAtLeast(time: Hl7Time, precision: Precision): boolean {
  return precisions.indexOf(time.precision) >= precisions.indexOf(precision);
}

/** The calendar day, `YYYY-MM-DD`; the last of the month when only the month was given, as GS1 reads expiry dates. */
export function dayOf({ precision, year, month, day }: Hl7Time): string | undefined {
  if (precision === 'year') return undefined;
  const last = precision === 'month' ? new Date(Date.UTC(year, month, 0)).getUTCDate() : day;
  return [String(year).padStart(4, '0'), pad(month), pad(last)].join('-');
}

/**
 * The instant in UTC. Without an offset the time is meant in `zone` (an IANA name, e.g. `Europe/Berlin`); an hour that the
 * clock shows twice is the first of the two, one that it leaves out is taken as if it had not been put forward.
 */
export function instantOf(time: Hl7Time, zone: string): Date {
  const local = wallClock(time);
  if (time.offsetMinutes !== undefined) return new Date(local - time.offsetMinutes * 60_000);
  const before = zoneOffset(local - 86_400_000, zone);
  const after = zoneOffset(local + 86_400_000, zone);
  if (before === after) return new Date(local - before);
  const candidates = [local - before, local - after].filter((instant) => instant + zoneOffset(instant, zone) === local);
  return new Date(candidates[0] ?? local - before);
}

/** Writes an instant as DTM with seconds and offset, in UTC: `20261121081530+0000`. */
export function formatTime(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace(/[-:T]/g, '') + '+0000';
}

/** Whether this is a time zone that the machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function wallClock({ year, month, day, hour, minute, second, millisecond }: Hl7Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

function zoneOffset(instant: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(instant / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts, second: 'numeric' });
  clocks.set(zone, clock);
  return clock;
}

function readOffset(text: string | undefined): number | undefined | 'none' {
  if (text === undefined) return undefined;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3));
  if (hours > 14 || minutes > 59) return 'none';
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
