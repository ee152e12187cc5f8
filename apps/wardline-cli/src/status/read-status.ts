import { catalogue } from '@wardline/event-contracts';
import { ClusterInspection, TopicReader, type GroupLag } from '@wardline/kafka';
import { samples, type Sample } from '../services/metrics-text.js';
import { reasonOf, type ServiceClient } from '../services/service-client.js';
import type { Site } from '../site.js';
import {
  deliveryFigures,
  measuredLag,
  silentFeedCount,
  type Lag,
  type ServiceState,
  type SilentFeed,
} from './service-state.js';

interface Info {
  readonly subscriptions?: readonly { readonly topic: string; readonly handled: boolean }[];
}

/** Asks every service how it is, and Kafka how far behind each is: also of one that is down. */
export async function readStatus(site: Site): Promise<ServiceState[]> {
  const [said, behind] = await Promise.all([
    Promise.all(site.services.map((service) => ask(service))),
    groupLags(site).catch((error: unknown) => {
      site.terminal.note(`Kafka at ${site.kafka.brokers.join(',')} does not answer: ${reasonOf(error)}`);
      return undefined;
    }),
  ]);
  return said.map(({ scrape, handled, ...state }) => ({
    ...state,
    lag: lagOf(state.service, behind, handled, scrape),
  }));
}

interface Said extends Omit<ServiceState, 'lag'> {
  readonly scrape: readonly Sample[] | null;
  readonly handled: readonly string[] | null;
}

async function ask(service: ServiceClient): Promise<Said> {
  const at = { service: service.name, url: service.url };
  try {
    const [health, scrape, info] = await Promise.all([
      service.ready(),
      service.text('/metrics'),
      service.get<Info>('/info'),
    ]);
    const read = samples(scrape);
    const topics = (wanted: boolean) =>
      (info.subscriptions ?? []).filter(({ handled }) => handled === wanted).map(({ topic }) => topic);
    const state = health.status === 'up' ? 'ready' : 'not ready';
    const delivery = deliveryFigures(read);
    const silentFeeds = silentFeedCount(read) > 0 ? await silent(service) : [];
    return {
      ...at,
      state,
      reasons: health.reasons,
      unread: topics(false),
      handled: topics(true),
      scrape: read,
      silentFeeds,
      ...delivery,
    };
  } catch (error) {
    const nothing = { unread: [], handled: null, scrape: null, outboxAgeSeconds: null, parked: null, silentFeeds: [] };
    return { ...at, state: 'unreachable', reasons: [reasonOf(error)], ...nothing };
  }
}

/** The first silent sources; none where the service cannot say. */
async function silent(service: ServiceClient): Promise<readonly SilentFeed[]> {
  const feeds = service.get<{ readonly items: readonly SilentFeed[] }>('/feeds?trouble=SILENT&limit=20');
  return (await feeds.catch(() => ({ items: [] }))).items;
}

interface Behind extends GroupLag {
  /** When the oldest unsettled record was written. */
  readonly since: Date | null;
}

type Behinds = ReadonlyMap<string, readonly Behind[]>;

/** How far the group of each service is behind on every topic that it reads. */
async function groupLags(site: Site): Promise<Behinds> {
  const cluster = await ClusterInspection.open(site.kafka, site.log);
  try {
    const present = (await cluster.topics(catalogue.map(({ name }) => name))).map(({ name }) => name);
    const groups = await Promise.all(
      site.services.map(async ({ name }) => {
        const topics = catalogue.filter((topic) => topic.readers.includes(name)).map((topic) => topic.name as string);
        return [
          name,
          await cluster.lag(
            name,
            topics.filter((topic) => present.includes(topic)),
          ),
        ] as const;
      }),
    );
    return await withAges(site, groups);
  } finally {
    await cluster.close();
  }
}

/** Reads the one record that each partition that is behind goes on from, for its time. */
async function withAges(site: Site, groups: readonly (readonly [string, readonly GroupLag[]])[]): Promise<Behinds> {
  const late = groups.flatMap(([, lags]) => lags).filter((lag) => lag.messages > 0 && lag.committed !== null);
  const times = new Map<string, Date>();
  if (late.length > 0) {
    const reader = await TopicReader.open(site.kafka, site.log);
    const ranges = late.map(({ topic, partition, committed }) => ({
      topic,
      partition,
      from: committed!,
      to: committed! + 1n,
    }));
    for await (const records of reader.read(ranges))
      for (const { topic, partition, offset, timestamp } of records)
        times.set(`${topic}/${partition}/${offset}`, timestamp);
    await reader.close();
  }
  const sinceOf = (lag: GroupLag) => times.get(`${lag.topic}/${lag.partition}/${lag.committed}`) ?? null;
  return new Map(groups.map(([name, lags]) => [name, lags.map((lag) => ({ ...lag, since: sinceOf(lag) }))]));
}

function lagOf(
  service: string,
  behind: Behinds | undefined,
  handled: readonly string[] | null,
  scrape: readonly Sample[] | null,
): Lag | null {
  if (behind === undefined) return scrape === null ? null : measuredLag(scrape);
  // Without the service's word, what its group has ever taken of is what it handles.
  const counted = (behind.get(service) ?? []).filter((lag) => handled?.includes(lag.topic) ?? lag.committed !== null);
  const messages = counted.reduce((sum, lag) => sum + lag.messages, 0);
  const oldest = Math.min(...counted.map(({ since }) => since?.getTime() ?? Infinity));
  const seconds = Number.isFinite(oldest) ? Math.max(0, (Date.now() - oldest) / 1000) : null;
  return { messages, seconds: messages === 0 ? 0 : seconds };
}
