/** The name of the time zone that times are shown in, such as `Europe/Vienna`. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time in the local time zone to the millisecond, `2026-11-21 09:15:30.000`; a dash when there is none. */
export function localTime(time: Date | string | null | undefined): string {
  if (time === null || time === undefined) return '-';
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '-';
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A length of time for a person: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function duration(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : '';
  const ms = Math.abs(milliseconds);
  if (ms === 0) return '0 s';
  if (ms < 1_000) return `${sign}${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 10) return `${sign}${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${sign}${whole} s`;
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3_600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  return (
    sign +
    parts
      .slice(first, first + 2)
      .map(([amount, unit]) => `${amount} ${unit}`)
      .join(' ')
  );
}
