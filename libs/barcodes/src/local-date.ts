/** A calendar date as `YYYY-MM-DD`, without a time zone. */
export type LocalDate = string;

/**
 * The year of two digits that is from 49 years before to 50 years after the year of reference
 * (GS1 General Specifications, section 7.12).
 */
export function yearInWindow(twoDigits: number, referenceYear: number): number {
  const century = referenceYear - (referenceYear % 100);
  const ahead = twoDigits - (referenceYear % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  if (ahead <= -50) return century + 100 + twoDigits;
  return century + twoDigits;
}

/** The date of year, month and day; undefined when the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** The last day of a month: what a date without a day means (GS1 General Specifications, section 3.4; HIBC MMYY). */
export function lastDayOf(year: number, month: number): LocalDate | undefined {
  return month < 1 || month > 12 ? undefined : dateOf(year, month, daysIn(year, month));
}

/** The date of the n-th day of a year, 1 January being 1; undefined when the year has no such day. */
export function dateOfDay(year: number, dayOfYear: number): LocalDate | undefined {
  let day = dayOfYear;
  for (let month = 1; month <= 12; month++) {
    const length = daysIn(year, month);
    if (day <= length) return dateOf(year, month, day);
    day -= length;
  }
  return undefined;
}

/** Year of a local date; undefined when it is none. */
export function yearOf(date: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return dateOf(year, month, day) === undefined ? undefined : year;
}

/** `HH:MM` or `HH:MM:SS` from two digits each; undefined when the day has no such time. */
export function timeOf(digits: string): string | undefined {
  const parts = digits.match(/../g) ?? [];
  const inRange = parts.every((part, at) => Number(part) <= (at === 0 ? 23 : 59));
  if (!inRange || parts.length === 0) return undefined;
  return parts.length === 1 ? `${parts[0]}:00` : parts.join(':');
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
