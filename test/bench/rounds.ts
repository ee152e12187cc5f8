import { setTimeout as sleep } from 'node:timers/promises';
import { openKafka, type BareKafka } from './bare-kafka.ts';
import type { BareServers } from './bare-servers.ts';
import type { ContenderSpec, Site } from './contenders/contender.ts';
import { host, type Hosted } from './contenders/hosted.ts';
import type { Options } from './options.ts';
import type { Surroundings } from './scenario.ts';
import { createDatabase, dropDatabase } from './site.store.ts';

/** Where rounds take place. */
export interface Arena {
  readonly servers: BareServers;
  readonly directory: string;
}

/**
 * Does something with a new topic and removes it. The client is new too: kafkajs asks for the metadata of every topic that
 * it ever used, and fails when one of them is gone.
 */
export async function onNewTopic<T>(
  { servers }: Arena,
  topic: string,
  partitions: number,
  work: (kafka: BareKafka) => Promise<T>,
): Promise<T> {
  const kafka = await openKafka(servers.brokers);
  await kafka.createTopic(topic, partitions);
  const result = await work(kafka);
  await kafka.deleteTopic(topic);
  await kafka.close();
  return result;
}

/** Does something on a new database and a new topic, and removes both; after an error they go with the servers. */
export async function onNewSite<T>(
  arena: Arena,
  name: string,
  shape: { readonly keys: number; readonly partitions: number },
  work: (site: Site, kafka: BareKafka) => Promise<T>,
): Promise<T> {
  const { servers, directory } = arena;
  const topic = `bench.${name}`;
  return onNewTopic(arena, topic, shape.partitions, async (kafka) => {
    const databaseUrl = await createDatabase(servers.databaseUrl, name, shape.keys);
    const result = await work({ databaseUrl, brokers: servers.brokers, topic, name, directory }, kafka);
    await dropDatabase(servers.databaseUrl, name);
    return result;
  });
}

/** Starts the processes of ours, which come first, and of the peers that are asked for; they end with the scenario. */
export async function hostAll(
  specs: readonly ContenderSpec[],
  { only }: Options,
  { atEnd, progress }: Surroundings,
): Promise<Hosted[]> {
  const wanted = specs.filter(
    ({ name }) => name.startsWith(specs[0]!.name) || only.length === 0 || only.some((part) => name.includes(part)),
  );
  const all: Hosted[] = [];
  for (const spec of wanted) {
    progress(`starting ${spec.name}`);
    const hosted = await host(spec);
    atEnd(() => hosted.close());
    all.push(hosted);
  }
  return all;
}

/** The same lanes in another order each round: whoever goes first, or after a heavy one, is another each time. */
export function inTurn<T>(lanes: readonly T[], round: number): T[] {
  const from = round % lanes.length;
  const turned = [...lanes.slice(from), ...lanes.slice(0, from)];
  return round % 2 === 0 ? turned : turned.reverse();
}

/** Waits until a topic holds so many messages and no more come; answers whether it does. */
export async function filled(kafka: BareKafka, topic: string, messages: number, patienceMs: number): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if ((await kafka.count(topic)) >= messages) return true;
    await sleep(100);
  }
  return false;
}
