/** Answers the day of a moment, such as 2026-11-28, by the clock of a time zone (an IANA name). */
export function businessDays(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => format.format(at);
}
