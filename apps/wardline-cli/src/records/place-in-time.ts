import { wrongUse } from '../exit.js';

const ago = /^(\d+)(s|m|h|d)$/;
const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const dayOnly = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads `beginning`, `end`, a time (`2026-11-21T08:15Z`; without a zone it is local, a day alone its midnight), or how long
 * ago (`15m`, `2h`, `3d`). Throws wrong use that names the flag.
 */
export function placeInTime(flag: string, text: string, now: Date): 'beginning' | 'end' | Date {
  if (text === 'beginning' || text === 'end') return text;
  const [, amount, unit] = ago.exec(text) ?? [];
  if (amount !== undefined) return new Date(now.getTime() - Number(amount) * unitMs[unit as keyof typeof unitMs]);
  const date = /^\d{4}-/.test(text) ? new Date(dayOnly.test(text) ? `${text}T00:00` : text) : new Date(NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw wrongUse(
    `${flag} ${text}: give beginning, end, a time like 2026-11-21T08:15, or how long ago, like 15m, 2h, 3d`,
  );
}

const clockDifferenceMs = 600_000;
const dayMs = 86_400_000;

/**
 * From when on records can name an id: the time inside a UUID of version 7, less some minutes for clocks that differ.
 * Any other id says nothing of its time: a day ago.
 */
export function sinceOfId(id: string, now: Date): Date {
  const digits = id.replaceAll('-', '');
  const isVersion7 = digits[12] === '7';
  const time = isVersion7 ? parseInt(digits.slice(0, 12), 16) : now.getTime();
  return new Date(isVersion7 && time <= now.getTime() ? time - clockDifferenceMs : now.getTime() - dayMs);
}
