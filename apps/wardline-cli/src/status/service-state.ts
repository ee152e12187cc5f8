import type { Sample } from '../services/metrics-text.js';

/** How far a consumer is behind. */
export interface Lag {
  /** Messages that are not settled. */
  readonly messages: number;
  /** Age of the oldest of them in seconds; null when it could not be found out. */
  readonly seconds: number | null;
}

/** Unsettled parked messages of one owner. */
export interface ParkedByOwner {
  readonly owner: string;
  readonly state: string;
  readonly count: number;
}

/** What `status` says of one service. */
export interface ServiceState {
  readonly service: string;
  readonly url: string;
  readonly state: 'ready' | 'not ready' | 'unreachable';
  readonly reasons: readonly string[];
  /** Null when neither Kafka nor the service could be asked. */
  readonly lag: Lag | null;
  /** Topics that it is subscribed to and leaves unread until their handler is built. */
  readonly unread: readonly string[];
  /** Age in seconds of the oldest event that is committed and not published; null while the service does not answer. */
  readonly outboxAgeSeconds: number | null;
  readonly parked: readonly ParkedByOwner[] | null;
  /** Sources of records that are silent for longer than they should be. */
  readonly silentFeeds: readonly SilentFeed[];
}

/** A source that is silent, as `GET /feeds` of consumption-ingest shows it. */
export interface SilentFeed {
  readonly source: string;
  readonly lastHeardAt: string | null;
  readonly silence: { readonly seconds: number; readonly usuallyEverySeconds: number | null };
}

/** Age of the outbox and what is parked, from a scrape of the service. */
export function deliveryFigures(scrape: readonly Sample[]): Pick<ServiceState, 'outboxAgeSeconds' | 'parked'> {
  const age = scrape.find(({ name }) => name === 'wardline_outbox_age_seconds');
  const parked = scrape
    .filter(({ name, value }) => name === 'wardline_parked' && value > 0)
    .map(({ labels, value }) => ({ owner: labels['owner'] ?? '', state: labels['state'] ?? '', count: value }));
  return { outboxAgeSeconds: age?.value ?? null, parked };
}

/** How many sources are silent, by a scrape of the service. */
export function silentFeedCount(scrape: readonly Sample[]): number {
  return scrape.find(({ name }) => name === 'wardline_feeds_silent')?.value ?? 0;
}

/** A silent source in a line: `feed cabinet-7 is silent for 20m, expected every 2m`. */
export function silentFeedText({ source, silence }: SilentFeed, duration: (milliseconds: number) => string): string {
  const { seconds, usuallyEverySeconds: every } = silence;
  const expected = every === null ? '' : `, expected every ${duration(every * 1_000)}`;
  return `feed ${source} is silent for ${duration(seconds * 1_000)}${expected}`;
}

/** The lag that a service itself measures; for when Kafka cannot be asked. */
export function measuredLag(scrape: readonly Sample[]): Lag {
  const values = (wanted: string) => scrape.filter(({ name }) => name === wanted).map(({ value }) => value);
  const messages = values('wardline_lag_messages').reduce((sum, value) => sum + value, 0);
  return { messages, seconds: Math.max(0, ...values('wardline_lag_seconds')) };
}

/** Owners with what waits for them, the most first: `master-data 12, platform 1; 30 waiting behind`. */
export function parkedText(parked: ServiceState['parked']): string {
  if (parked === null) return '?';
  const owners = new Map<string, number>();
  for (const { owner, state, count } of parked)
    if (state !== 'waiting') owners.set(owner, (owners.get(owner) ?? 0) + count);
  const waiting = parked.filter(({ state }) => state === 'waiting').reduce((sum, { count }) => sum + count, 0);
  const named = [...owners].sort((a, b) => b[1] - a[1]).map(([owner, count]) => `${owner} ${count}`);
  const behind = waiting === 0 ? [] : [`${waiting} waiting behind`];
  return [named.join(', '), ...behind].filter((part) => part !== '').join('; ') || '0';
}
