import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { Topic } from '@wardline/event-contracts';
import { AvroCodec } from '@wardline/kafka';
import { gtinOf, products, wards } from '../../../deploy/local/demo/hospital.ts';
import { seedHospital } from '../../../deploy/local/demo/seed-hospital.ts';
import { getJson, waitUntil } from '../../../deploy/local/demo/service-http.ts';
import { cpuSeconds } from '../cpu-time.ts';
import { startStack, type OwnStack } from '../own-stack.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { percentile } from '../statistics.ts';

/** Scans of one request. */
const listSize = 100;
const target = { perSecond: 2_000, p99: 250 };
/** A ward's laptop has little of it; a server that takes this many scans has not. */
const memory = 'unlimited';

/** From scanners' lists to the movements of stock. */
export const scanIntake: Scenario = {
  name: 'scan-intake',
  question: `Are ${target.perSecond} scans a second taken in, and how long is it from sending one until its StockMoved is read?`,
  measure,
};

/** A list on its way; times by `performance.now()`. */
interface List {
  readonly sentAt: number;
  answeredAt: number;
  eventIds: readonly string[];
}

const untracked = products.filter(({ tracking }) => tracking === 'none');
let scans = 0;

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { quick, duration, rate } = surroundings.options;
  const seconds = quick ? 5 : (duration ?? 60);
  const perSecond = quick ? listSize : (rate[0] ?? target.perSecond);
  const stack = await startStack(surroundings, { seed: (odoo) => seedHospital(odoo, new Date()), memory });
  const moved = await movementsOf(stack, surroundings);
  const url = `${stack.services['consumption-ingest']}/scans`;
  await waitUntil('the opening balances', 120_000, () => hasOpened(stack));
  surroundings.progress('warming up');
  await atRate(url, perSecond, quick ? 3 : 60);
  const before = processorTime(stack);
  surroundings.progress(`${perSecond} scans a second for ${seconds} seconds`);
  const lists = await atRate(url, perSecond, seconds);
  await waitUntil('every movement', 120_000, () => Promise.resolve(missingOf(lists, moved) === 0)).catch(
    () => undefined,
  );
  const spent = processorTime(stack).map(({ name, at }, index) => ({ name, seconds: at - before[index]!.at }));
  return resultOf(lists, moved, { perSecond, seconds, spent });
}

async function hasOpened(stack: OwnStack): Promise<boolean> {
  const shelf = `${stack.services['inventory-sync']}/balances?location=SOUTH-MED&product=MASK-FFP2`;
  return (await getJson<{ items: unknown[] }>(shelf)).items.length > 0;
}

/** When the movements that followed from each event were read, by a plain consumer. */
async function movementsOf(
  { brokers, registryUrl }: OwnStack,
  { atEnd }: Surroundings,
): Promise<Map<string, number[]>> {
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const codec = await AvroCodec.open({ registryUrl, register: false, log });
  const logLevel = kafkajs.logLevel.ERROR;
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), clientId: 'bench', logLevel });
  const consumer = kafka.consumer({ groupId: 'bench', allowAutoTopicCreation: false });
  const moved = new Map<string, number[]>();
  await consumer.connect();
  atEnd(() => consumer.disconnect());
  await consumer.subscribe({ topics: [Topic.InventoryStock], fromBeginning: false });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, message }) => {
      const at = performance.now();
      const read = await codec.decode(topic, message.value);
      if (!read.ok) return;
      const { correlationId } = read.data as unknown as { correlationId: string };
      moved.set(correlationId, [...(moved.get(correlationId) ?? []), at]);
    },
  });
  await joined;
  return moved;
}

/** Open loop: each list leaves when it is due, whatever became of those before it. */
async function atRate(url: string, perSecond: number, seconds: number): Promise<List[]> {
  const lists: List[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < (seconds * perSecond) / listSize; index += 1) {
    const wait = start + (index * listSize * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const list: List = { sentAt: performance.now(), answeredAt: Number.NaN, eventIds: [] };
    lists.push(list);
    under.push(send(url, list));
  }
  await Promise.all(under);
  return lists;
}

async function send(url: string, list: List): Promise<void> {
  const body = JSON.stringify(Array.from({ length: listSize }, nextScan));
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
  list.answeredAt = performance.now();
  if (response === null || !response.ok) return;
  const answers = (await response.json()) as { outcome: string; eventId?: string }[];
  list.eventIds = answers.flatMap(({ outcome, eventId }) => (outcome === 'taken' ? [eventId!] : []));
}

/** What is taken is put back by the next scan of the shelf, so that no shelf runs empty. */
function nextScan(): object {
  scans += 1;
  const pair = Math.floor(scans / 2);
  const product = untracked[pair % untracked.length]!;
  return {
    ...{ scanId: `S-${scans}`, source: 'bench', sequence: scans, action: scans % 2 === 0 ? 'RETURNED' : 'USED' },
    ...{ symbols: [`]d201${gtinOf(product)}`], location: wards[Math.floor(pair / untracked.length) % wards.length]! },
    scannedAt: new Date().toISOString(),
  };
}

function missingOf(lists: readonly List[], moved: ReadonlyMap<string, number[]>): number {
  return lists.reduce((missing, { eventIds }) => missing + listSize - eventIds.filter((id) => moved.has(id)).length, 0);
}

function processorTime({ servers }: OwnStack): { name: string; at: number }[] {
  return servers.map(({ name, pid }) => ({ name, at: cpuSeconds(pid) }));
}

interface Run {
  readonly perSecond: number;
  readonly seconds: number;
  readonly spent: readonly { readonly name: string; readonly seconds: number }[];
}

function resultOf(lists: readonly List[], moved: ReadonlyMap<string, number[]>, run: Run): Measured {
  const answered = lists.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
  const trips = lists.flatMap(({ sentAt, eventIds }) =>
    eventIds.flatMap((id) => (moved.get(id) ?? []).slice(0, 1).map((at) => at - sentAt)),
  );
  const line = (name: string, values: readonly number[]): string[] => [
    name,
    ...[0.5, 0.9, 0.99, 1].map((share) => percentile(values, share).toFixed(1)),
  ];
  const sent = lists.length * listSize;
  const taken = lists.reduce((sum, { eventIds }) => sum + eventIds.length, 0);
  const rows = [line('send until answered (a list)', answered), line('send until StockMoved is read', trips)];
  const cpu = run.spent.map(({ name, seconds }) => [name, seconds.toFixed(1), ((seconds / sent) * 1000).toFixed(3)]);
  const doubled = [...moved.values()].filter((times) => times.length > 1).length;
  return {
    tables: [
      { title: 'Milliseconds', columns: ['', 'p50', 'p90', 'p99', 'max'], rows },
      { title: 'Processor time', columns: ['part', 'seconds', 'ms a scan'], rows: cpu },
    ],
    notes: [
      `${sent} scans in lists of ${listSize}, ${run.perSecond} a second for ${run.seconds} s, open loop; ${taken} taken, ${trips.length} moved.`,
      'From just before a list is sent until a plain kafkajs consumer in the same process has the movement; sender and consumer share the cores with the stack.',
      'The services take what memory they need (WARDLINE_SERVICE_MEMORY=unlimited).',
      `Target: ${target.perSecond} a second sustained on 2 cores, p99 under ${target.p99} ms.`,
    ],
    objections: [
      ...(taken < sent ? [`${sent - taken} scans were not taken`] : []),
      ...(trips.length < taken ? [`${taken - trips.length} scans have no StockMoved`] : []),
      ...(doubled > 0 ? [`${doubled} scans have more than one StockMoved`] : []),
    ],
    figures: { answered, trips },
  };
}
