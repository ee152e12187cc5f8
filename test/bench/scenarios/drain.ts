import type { Log } from '@wardline/event-handling';
import { KafkaSink } from '@wardline/kafka';
import { openDatabase, OutboxRelay, type Database, type DeliveryMetrics } from '@wardline/outbox';
import { ensureDatabases, urlOf } from '../../../deploy/local/platform/databases.store.ts';
import { startServers, type Servers } from '../own-stack.ts';
import { openKafka, type BareKafka } from '../bare-kafka.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { spreadOf } from '../statistics.ts';
import { fillOutbox, rawPages, type Backlog, type BacklogRow } from './outbox-backlog.store.ts';

const backlog: Backlog = { events: 100_000, keys: 1_000, payloadBytes: 300 };
const rounds = 3;
const batch = 2_000;

/** The relay on a backlog. */
export const drain: Scenario = {
  name: 'drain',
  question: `How fast does the relay drain ${backlog.events} events of ${backlog.payloadBytes} bytes and ${backlog.keys} keys?`,
  measure,
};

/** Seconds of one round. */
interface Round {
  readonly select: number;
  readonly produce: number;
  readonly relay: number;
  readonly objections: readonly string[];
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const servers = await startServers(surroundings);
  const kafka = await openKafka(servers.brokers);
  surroundings.atEnd(() => kafka.close());
  const done: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    surroundings.progress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`);
    const result = await oneRound(round, servers, kafka);
    if (round > 0) done.push(result);
  }
  const rate = (name: string, of: (round: Round) => number) => [
    name,
    ...spread(done, (r) => backlog.events / of(r), 0),
  ];
  const ratio = (r: Round) => (r.select + r.produce) / r.relay;
  const rows = [
    rate('raw select', (r) => r.select),
    rate('raw produce', (r) => r.produce),
    rate('raw select, then raw produce (floor)', (r) => r.select + r.produce),
    rate('outbox relay', (r) => r.relay),
    ['ratio of the relay to the floor', ...spread(done, ratio, 2)],
  ];
  return {
    tables: [{ title: 'Events a second', columns: ['', 'median', 'least', 'most'], rows }],
    notes: [
      `${rounds} rounds after one of warm-up, each with a new database and new topics of 6 partitions; floor and relay take turns in going first. Pages and batches of ${batch}, acks all, idempotent, no compression.`,
      'Raw: the same rows by primary key, then the same messages with kafkajs. The relay counts from its start until the broker has acknowledged the last row; its lease, cursor and ordering are in it, and it may read while the broker writes.',
      'A round counts only if each committed event is in the topic once, none of a rolled-back transaction is, and each key is in order.',
    ],
    objections: done.flatMap(({ objections }) => objections),
    figures: { backlog, rounds: done },
  };
}

function spread(done: readonly Round[], of: (round: Round) => number, digits: number): string[] {
  const { median, least, most } = spreadOf(done.map(of));
  return [median, least, most].map((value) => value.toFixed(digits));
}

async function oneRound(round: number, servers: Servers, kafka: BareKafka): Promise<Round> {
  const topics = { raw: `bench.raw-${round}`, relay: `bench.relay-${round}` };
  await kafka.createTopics(Object.values(topics));
  const own = { name: `bench_${round}`, role: `bench_${round}`, password: 'bench' };
  await ensureDatabases(servers.databaseUrl, [own]);
  const url = urlOf(servers.databaseUrl, own);
  const database = await openDatabase({ url, migrations: [], applicationName: 'bench' });
  try {
    await fillOutbox(database, topics.relay, backlog);
    const relayFirst = round % 2 === 0;
    const early = relayFirst ? await relayed(database, servers) : undefined;
    const raw = await selectThenProduce(database, kafka, topics.raw);
    const relay = early ?? (await relayed(database, servers));
    return { ...raw, relay, objections: await objectionsTo(topics.relay, kafka) };
  } finally {
    await database.close();
  }
}

async function selectThenProduce(
  database: Database,
  kafka: BareKafka,
  topic: string,
): Promise<{ select: number; produce: number }> {
  const pages: BacklogRow[][] = [];
  const select = await seconds(async () => {
    for await (const page of rawPages(database, batch)) pages.push(page);
  });
  const produce = await seconds(async () => {
    for (const page of pages)
      await kafka.produce(
        topic,
        page.map(({ key, payload: value, headers }) => ({ key, value, headers: { ...headers } })),
      );
  });
  return { select, produce };
}

async function relayed(database: Database, { brokers }: Servers): Promise<number> {
  const sink = new KafkaSink({ brokers: brokers.split(','), clientId: 'bench-relay', log: quiet });
  // Connecting is no part of draining; the floor's producer is connected, too.
  await sink.publish([]);
  let published = 0;
  let drained = (): void => undefined;
  const metrics: DeliveryMetrics = {
    ...noMetrics,
    published: (count) => {
      published += count;
      if (published >= backlog.events) drained();
    },
  };
  const relay = new OutboxRelay({ pool: database.pool, sink, log: quiet, metrics, batchSize: batch });
  const all = new Promise<void>((resolve) => (drained = resolve));
  const took = await seconds(async () => {
    relay.start();
    await all;
  });
  await relay.stop();
  await sink.close();
  return took;
}

/** What is wrong with what a topic holds: lost, doubled, foreign or disordered events. */
async function objectionsTo(topic: string, kafka: BareKafka): Promise<string[]> {
  const seen = new Set<bigint>();
  const lastOfKey = new Map<string, bigint>();
  const wrong = { doubled: 0, disordered: 0 };
  await kafka.readAll(topic, ({ key, value }) => {
    const ordinal = value!.readBigInt64BE(0);
    if (seen.has(ordinal)) wrong.doubled += 1;
    if (ordinal <= (lastOfKey.get(String(key)) ?? -1n)) wrong.disordered += 1;
    seen.add(ordinal);
    lastOfKey.set(String(key), ordinal);
  });
  const missing = backlog.events - seen.size;
  const found = Object.entries({ missing, ...wrong }).filter(([, count]) => count !== 0);
  return found.map(([what, count]) => `${count} events of ${topic} are ${what}`);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const noMetrics: DeliveryMetrics = {
  handled: () => undefined,
  duplicates: () => undefined,
  skipped: () => undefined,
  parked: () => undefined,
  retried: () => undefined,
  published: () => undefined,
};
