import type { FeedStanding, FeedTrouble } from './feed-view.store.js';
import { expectationOf, isMuted } from './feed-setting.js';
import { silenceOf, type Silence, type UsualSilence } from './silence.js';

/** What a standing is judged by, beside itself. */
export interface Listening {
  readonly now: Date;
  /** Since when somebody has listened; null for not at all. */
  readonly listeningSince: Date | null;
  /** What is usual at this hour, by source. */
  readonly usual: ReadonlyMap<string, UsualSilence>;
}

/** How a feed is: the first of these that holds. */
export type FeedState = 'MUTED' | 'SILENT' | 'OUTSIDE_HOURS' | 'SPEAKING' | 'LEARNING';

/** A feed judged. */
export interface JudgedFeed {
  readonly state: FeedState;
  readonly silence: Silence;
  /** What somebody has to be told of. */
  readonly troubles: readonly FeedTrouble[];
}

/** Decides how a feed is, and what of it is to be told. A muted one has no troubles. */
export function judge(standing: FeedStanding, { now, listeningSince, usual }: Listening): JudgedFeed {
  const { setting, lastHeardAt, ripeGaps, reusesNumbers } = standing;
  const expectation = expectationOf(setting);
  const expectedSince = lastHeardAt === null ? (setting?.changedAt ?? now) : new Date(0);
  const silence = silenceOf(
    {
      ...{ lastHeardAt, expectation, usual: usual.get(standing.source) ?? null },
      listeningSince: latest(expectedSince, listeningSince ?? now),
    },
    now,
  );
  if (isMuted(setting, now)) return { state: 'MUTED', silence, troubles: [] };
  const troubles: FeedTrouble[] = [];
  if (silence.isSilent) troubles.push('SILENT');
  if (ripeGaps > 0) troubles.push('GAP');
  if (reusesNumbers) troubles.push('COUNTER_RESET');
  return { state: stateOf(silence, expectation !== null), silence, troubles };
}

function stateOf({ isSilent, afterSeconds }: Silence, isExpected: boolean): FeedState {
  if (isSilent) return 'SILENT';
  if (afterSeconds !== null) return 'SPEAKING';
  return isExpected ? 'OUTSIDE_HOURS' : 'LEARNING';
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
