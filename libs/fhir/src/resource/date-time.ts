/** How much of a time was given. */
export type Precision = 'year' | 'month' | 'day' | 'minute' | 'second';

/** A FHIR dateTime: the local calendar fields and, with a time of day, the offset that FHIR then asks for. */
export interface FhirTime {
  readonly precision: Precision;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly day: string;
  /** The instant; undefined where no time of day was given. */
  readonly instant: Date | undefined;
}

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/**
 * Reads date, dateTime and instant: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss[.sss]` with an offset, which
 * is due as soon as there is a time. Undefined when it is none or no day of the calendar. Source: R4 and R5, "Data Types",
 * dateTime; seconds may be left out since R5.
 */
export function parseDateTime(text: string): FhirTime | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day, hour, minute, second, offset = 'Z'] = match;
  const calendar = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const isDay =
    Number(year) > 0 &&
    calendar.getUTCMonth() === Number(month ?? 1) - 1 &&
    calendar.getUTCDate() === Number(day ?? 1) &&
    Number(hour ?? 0) < 24 &&
    Number(minute ?? 0) < 60 &&
    Number(second ?? 0) <= 60 &&
    (offset === 'Z' || (Number(offset.slice(1, 3)) <= 14 && Number(offset.slice(4)) < 60));
  if (!isDay) return undefined;
  const precision = hour === undefined ? datePrecision(month, day) : second === undefined ? 'minute' : 'second';
  // A leap second is the same instant as the second after it for every clock here.
  const clock = second === '60' ? text.replace(/:60(\.\d+)?/, ':59.999') : text;
  return { precision, day: text.slice(0, 10), instant: hour === undefined ? undefined : new Date(clock) };
}

/** The instant a calendar day begins in a time zone (an IANA name, e.g. `Europe/Berlin`). */
export function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetAt(midnight, zone);
  return new Date(midnight - offsetAt(guess, zone));
}

/** The last day that a date names: itself, or the last of the month when only the month is given, as GS1 reads expiry dates. */
export function lastDayOf({ precision, day }: FhirTime): string | undefined {
  if (precision === 'year') return undefined;
  if (precision !== 'month') return day;
  const [year = 0, month = 0] = day.split('-').map(Number);
  return `${day}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`;
}

/** Whether a name is a time zone that the machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function datePrecision(month: string | undefined, day: string | undefined): Precision {
  return month === undefined ? 'year' : day === undefined ? 'month' : 'day';
}

function offsetAt(instant: number, zone: string): number {
  const shown = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).format(instant);
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(shown);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}
