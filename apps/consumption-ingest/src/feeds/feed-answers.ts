import { z } from 'zod';
import type { SeenFeed } from './feed-readings.js';
import type { GapView } from './feed-view.store.js';
import { rangesText } from './number-ranges.js';
import { missingOf } from './feed.js';

const moment = z.iso.datetime().nullable();
const hours = z.object({ days: z.array(z.number().int()), from: z.string(), until: z.string() });
const number = z.string();

/** What a person said of a feed. */
export const settingAnswer = z.object({
  ...{ everyMinutes: z.number().int().nullable(), silentAfterMinutes: z.number().int().nullable() },
  ...{ hours: z.array(hours), timeZone: z.string(), owner: z.string().nullable(), mutedUntil: moment },
  ...{ reason: z.string().nullable(), changedBy: z.string(), changedAt: z.iso.datetime() },
});

/** A feed as `GET /feeds` shows it. */
export const feedAnswer = z.object({
  ...{ source: z.string(), state: z.enum(['MUTED', 'SILENT', 'OUTSIDE_HOURS', 'SPEAKING', 'LEARNING']) },
  ...{ topic: z.string().nullable(), records: z.number(), firstHeardAt: moment, lastHeardAt: moment },
  silence: z.object({
    ...{ seconds: z.number().int(), toldAfterSeconds: z.number().int().nullable() },
    usuallyEverySeconds: z.number().int().nullable(),
  }),
  counter: z.object({
    ...{ highest: number.nullable(), isFollowed: z.boolean(), refusedAsDuplicates: z.boolean() },
    restarted: z.object({ at: z.iso.datetime(), from: number, to: number }).nullable(),
  }),
  ...{ openGaps: z.number().int(), missing: number, setting: settingAnswer.nullable() },
  exceptions: z.partialRecord(z.enum(['SILENT', 'GAP', 'COUNTER_RESET']), z.uuid()),
});

/** A gap with what became of it. */
export const gapAnswer = z.object({
  ...{ id: z.string(), first: number, last: number, missing: z.string(), numbers: number, openedAt: z.iso.datetime() },
  ...{ closedAt: moment, closedHow: z.enum(['CAME', 'ACCEPTED', 'NO_COUNTER']).nullable() },
  ...{ acceptedBy: z.string().nullable(), reason: z.string().nullable() },
});

/** Shows a feed. */
export function shownFeed({ standing, judged }: SeenFeed) {
  const { highest, isIrregular, reusesNumbers, restarted, ripeGaps, ripeMissing, ...feed } = standing;
  const { seconds, afterSeconds, everySeconds } = judged.silence;
  return {
    ...{ ...feed, state: judged.state },
    silence: { seconds, toldAfterSeconds: afterSeconds, usuallyEverySeconds: everySeconds },
    counter: { highest, isFollowed: highest !== null && !isIrregular, refusedAsDuplicates: reusesNumbers, restarted },
  };
}

/** Shows a gap. */
export function shownGap({ missing, first, last, epoch: _epoch, ...gap }: GapView) {
  const numbers = String(missingOf({ missing }));
  return { ...gap, first: String(first), last: String(last), missing: rangesText(missing, 1_000), numbers };
}
