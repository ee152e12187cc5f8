/** Hours of the week in which a feed is expected to speak, by the clock of its place. */
export interface ExpectedHours {
  /** ISO 8601 days of the week: 1 Monday to 7 Sunday. */
  readonly days: readonly number[];
  /** `HH:MM`; until a time that is not after `from` means the next day. */
  readonly from: string;
  readonly until: string;
}

/** What a person expects of a feed. */
export interface Expectation {
  readonly everyMinutes: number;
  /** Null for three times `everyMinutes`, five minutes at least. */
  readonly silentAfterMinutes: number | null;
  /** Empty for always. */
  readonly hours: readonly ExpectedHours[];
  /** IANA name. */
  readonly timeZone: string;
}

/** What a feed did at this hour on the days and weeks before. */
export interface UsualSilence {
  /** The second longest of its silences, in seconds: one outage does not become usual. Null where none is known. */
  readonly longestSeconds: number | null;
  /** Seconds between its records; null when there were none. */
  readonly everySeconds: number | null;
}

/** What a feed is judged by. */
export interface FeedHeard {
  /** Null when it never was. */
  readonly lastHeardAt: Date | null;
  readonly expectation: Expectation | null;
  /** Null while too little of it is known. */
  readonly usual: UsualSilence | null;
  /** Since when somebody would have heard it: this service was down before, or the feed not yet expected. */
  readonly listeningSince: Date;
}

/** How long a feed may be silent, and how long it is. */
export interface Silence {
  readonly isSilent: boolean;
  /** Seconds since it was heard; counted from the start of the hours in which it is expected. */
  readonly seconds: number;
  /** Seconds after which it is told; null outside its hours, and while too little is known of it. */
  readonly afterSeconds: number | null;
  /** How often it is expected to speak, in seconds; null when nobody knows. */
  readonly everySeconds: number | null;
}

const minute = 60;
const shortest = 10 * minute;
/** Whatever is usual, a feed is told after a day. */
export const longestSilenceSeconds = 24 * 60 * minute;

/** Decides whether a feed is silent for longer than it should be. */
export function silenceOf(heard: FeedHeard, now: Date): Silence {
  const listened = secondsSince(later(heard.lastHeardAt, heard.listeningSince), now);
  if (heard.expectation === null) return judged(listened, usualLimit(heard.usual), heard.usual?.everySeconds ?? null);
  const { everyMinutes, silentAfterMinutes } = heard.expectation;
  const every = everyMinutes * minute;
  const open = secondsOpen(heard.expectation, now);
  if (open === null) return { isSilent: false, seconds: listened, afterSeconds: null, everySeconds: every };
  const after = silentAfterMinutes === null ? Math.max(3 * every, 5 * minute) : silentAfterMinutes * minute;
  return judged(Math.min(listened, open), after, every);
}

function judged(seconds: number, afterSeconds: number | null, everySeconds: number | null): Silence {
  return { isSilent: afterSeconds !== null && seconds > afterSeconds, seconds, afterSeconds, everySeconds };
}

/** Half as long again as it usually is at this hour, never below ten minutes nor above a day. */
function usualLimit(usual: UsualSilence | null): number | null {
  if (usual === null) return null;
  if (usual.longestSeconds === null) return longestSilenceSeconds;
  return Math.min(Math.max(Math.ceil(usual.longestSeconds * 1.5), shortest), longestSilenceSeconds);
}

/** Seconds since the hours began in which the feed is expected now; null outside them. */
function secondsOpen({ hours, timeZone }: Expectation, now: Date): number | null {
  if (hours.length === 0) return Infinity;
  const clock = wallClock(now, timeZone);
  const open = hours.flatMap((each) => secondsInto(each, clock) ?? []);
  return open.length === 0 ? null : Math.max(...open);
}

interface WallClock {
  readonly day: number;
  readonly seconds: number;
}

function secondsInto({ days, from, until }: ExpectedHours, { day, seconds }: WallClock): number | null {
  const [begin, end] = [secondsOf(from), secondsOf(until)];
  const yesterday = ((day + 5) % 7) + 1;
  if (days.includes(day) && seconds >= begin && (seconds < end || end <= begin)) return seconds - begin;
  if (end <= begin && days.includes(yesterday) && seconds < end) return seconds + 86_400 - begin;
  return null;
}

function secondsOf(time: string): number {
  const [hour, minutes] = time.split(':').map(Number);
  return (hour! * 60 + minutes!) * minute;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function wallClock(now: Date, timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const [hour, minutes, seconds] = ['hour', 'minute', 'second'].map((name) => Number(parts.get(name as 'hour')));
  return { day: weekdays.indexOf(parts.get('weekday')!) + 1, seconds: (hour! * 60 + minutes!) * minute + seconds! };
}

function secondsSince(then: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - then.getTime()) / 1000));
}

function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

/** For a person: `20 minutes`, `3 hours`, `2 days`, rounded down. */
export function spanText(seconds: number): string {
  const units = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const; // prettier-ignore
  const [name, size] = units.find(([, each]) => seconds >= 2 * each) ?? (['second', 1] as const);
  const amount = Math.floor(seconds / size);
  return `${amount} ${name}${amount === 1 ? '' : 's'}`;
}

/** An hour in the past and how many days ago it counts for. */
export interface ComparableHour {
  readonly hour: Date;
  readonly daysAgo: number;
}

/** The hours whose silences say what is usual at this one: of seven days and of four weeks, with their neighbours. */
export function comparableHours(now: Date): ComparableHour[] {
  const hour = Math.floor(now.getTime() / 3_600_000);
  const days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28];
  return days.flatMap((daysAgo) =>
    [-1, 0, 1].map((beside) => ({ hour: new Date((hour - daysAgo * 24 + beside) * 3_600_000), daysAgo })),
  );
}
