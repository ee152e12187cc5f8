import { z } from 'zod';
import type { Expectation, ExpectedHours } from './silence.js';

/** What a person said of a feed, as it holds. */
export interface FeedSetting {
  readonly everyMinutes: number | null;
  readonly silentAfterMinutes: number | null;
  readonly hours: readonly ExpectedHours[];
  readonly timeZone: string;
  readonly owner: string | null;
  readonly mutedUntil: Date | null;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** What is expected of the feed; null where its habit is all there is. */
export function expectationOf(setting: FeedSetting | null): Expectation | null {
  if (setting === null || setting.everyMinutes === null) return null;
  const { everyMinutes, silentAfterMinutes, hours, timeZone } = setting;
  return { everyMinutes, silentAfterMinutes, hours, timeZone };
}

/** Whether nothing of the feed is to be told now. */
export function isMuted(setting: FeedSetting | null, now: Date): boolean {
  return setting !== null && setting.mutedUntil !== null && setting.mutedUntil > now;
}

const week = 7 * 24 * 60;
const minutes = z.number().int().min(1).max(week);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time like 07:00' });
const days = z.array(z.number().int().min(1).max(7)).min(1).max(7);
const timeZone = z.string().refine(isTimeZone, { error: 'must be an IANA time zone like Europe/Berlin' });

/** The name of a person who decides, and why. */
export const personName = z.string().trim().min(1).max(200);
export const reasonText = z.string().trim().min(1).max(1_000);

const said = z.strictObject({
  everyMinutes: minutes.nullable().default(null),
  silentAfterMinutes: minutes.nullable().default(null),
  hours: z
    .array(z.strictObject({ days, from: time, until: time }))
    .max(20)
    .default([]),
  timeZone: timeZone.default('UTC'),
  owner: personName.nullable().default(null),
  mutedUntil: z.iso.datetime({ offset: true }).nullable().default(null),
  reason: reasonText.nullable().default(null),
  by: personName,
});

/** What may be said of a feed: all of it each time, what is left out is as if never said. */
export const feedSettingBody = said
  .refine(
    ({ everyMinutes, silentAfterMinutes, hours }) =>
      everyMinutes !== null || (silentAfterMinutes === null && hours.length === 0),
    {
      error: 'everyMinutes is missing: silentAfterMinutes and hours need it',
    },
  )
  .refine(({ mutedUntil, reason }) => mutedUntil === null || reason !== null, {
    error: 'reason is missing: say why the feed is muted',
  });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
