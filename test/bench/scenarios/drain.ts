import { arrivalOf, objectionsTo } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, orBroken, type LaneRound } from '../comparison.ts';
import { peers, wardline, wardlineWithRoom } from '../contenders/all.ts';
import type { Hosted } from '../contenders/hosted.ts';
import { producerPerfTest, selectThenProduce } from '../floors.store.ts';
import { dimensions, oneOf } from '../options.ts';
import { installPeers } from '../peers/install.ts';
import { filled, hostAll, inTurn, onNewSite, onNewTopic, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { fill, type Backlog } from '../site.store.ts';
import { drainCurves } from './drain-curves.ts';

/** Rows a page of the raw floor. */
const page = 2_000;
/** Beyond it a contender is taken to stand still: five minutes, or as long as 5,000 events a second take. */
const patienceFor = (events: number): number => Math.max(300_000, events / 5);

/** The relay on a backlog, beside the peers and the floors. */
export const drain: Scenario = {
  name: 'drain',
  question: 'How fast does a backlog of committed events reach its topic?',
  measure,
};

/** A backlog and the topic that it goes to. */
export interface DrainShape extends Backlog {
  readonly partitions: number;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  if (dimensions.some((name) => options[name].length > 1)) return drainCurves(surroundings);
  await installPeers(progress);
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const hosts = await hostAll([wardline, wardlineWithRoom, ...peers], options, surroundings);
  const shape = shapeOf(surroundings);
  const rounds = options.rounds ?? (options.quick ? 2 : 5);
  const done: LaneRound[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const size = round === 0 ? { ...shape, events: Math.ceil(shape.events / 5) } : shape;
    const lanes = lanesOf(arena, hosts, size);
    for (const { name, run } of inTurn(lanes, round)) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${name}`);
      const results = await run(round);
      if (round > 0) done.push(...results);
    }
  }
  return resultOf(done, shape, rounds, hosts);
}

function shapeOf({ options }: Surroundings): DrainShape {
  return {
    events: oneOf(options.backlog, options.quick ? 20_000 : 1_000_000),
    keys: oneOf(options.keys, 1_000),
    payloadBytes: oneOf(options.payload, 300),
    partitions: oneOf(options.partitions, usualPartitions),
  };
}

interface Lane {
  readonly name: string;
  run(round: number): Promise<LaneRound[]>;
}

const perfTest = 'kafka-producer-perf-test';
const floors = { select: 'raw select', produce: 'raw produce', both: 'raw select, then raw produce' } as const;

function lanesOf(arena: Arena, hosts: readonly Hosted[], shape: DrainShape): Lane[] {
  return [
    { name: perfTest, run: (round) => perfTestRound(arena, shape, round) },
    { name: floors.both, run: (round) => floorRound(arena, hosts[0]!, shape, round) },
    ...hosts.map((hosted, index) => ({
      name: hosted.spec.name,
      run: async (round: number) => [
        await orBroken(hosted.spec.name, round, () =>
          drainOnce(arena, hosted, shape, `lane${index}_round${round}`, round),
        ),
      ],
    })),
  ];
}

function perfTestRound(
  arena: Arena,
  { events, payloadBytes, partitions }: DrainShape,
  round: number,
): Promise<LaneRound[]> {
  const topic = `bench.perf-${round}`;
  return onNewTopic(arena, topic, partitions, async () => {
    const value = await producerPerfTest(arena.servers.brokers, topic, events, payloadBytes);
    return [{ lane: perfTest, round, value, objections: [] }];
  });
}

/** Raw select and raw produce on an outbox of ours. */
export async function floorRound(arena: Arena, ours: Hosted, shape: DrainShape, round: number): Promise<LaneRound[]> {
  return onNewSite(arena, `floor_round${round}`, shape, async (site, kafka) => {
    await ours.prepare(site);
    await fill(site.databaseUrl, ours.spec, site.topic, shape);
    const { select, produce } = await selectThenProduce(site.databaseUrl, kafka, site.topic, page);
    const lane = (name: string, seconds: number): LaneRound => ({
      lane: name,
      round,
      value: shape.events / seconds,
      objections: [],
    });
    return [lane(floors.select, select), lane(floors.produce, produce), lane(floors.both, select + produce)];
  });
}

/** One contender drains one backlog: from the first event appended to the last, by the broker's clock. */
export async function drainOnce(
  arena: Arena,
  hosted: Hosted,
  shape: DrainShape,
  name: string,
  round: number,
): Promise<LaneRound> {
  const events = Math.min(shape.events, hosted.spec.mostEvents);
  return onNewSite(arena, name, shape, async (site, kafka) => {
    await hosted.prepare(site);
    await fill(site.databaseUrl, hosted.spec, site.topic, { ...shape, events });
    await hosted.start(site);
    const patienceMs = patienceFor(events);
    const complete = await filled(kafka, site.topic, events, patienceMs);
    const { peak } = await hosted.memory();
    await hosted.stop();
    const arrival = await arrivalOf(kafka, site.topic, events);
    const late = complete ? [] : [`not done after ${patienceMs / 1000} s`];
    const { repeats } = arrival;
    const value = (events - arrival.missing) / arrival.seconds;
    return { lane: hosted.spec.name, round, value, objections: [...late, ...objectionsTo(arrival)], repeats, peak };
  });
}

function resultOf(done: readonly LaneRound[], shape: DrainShape, rounds: number, hosts: readonly Hosted[]): Measured {
  const settings = hosts.map(({ spec }) => {
    const cut = spec.mostEvents < shape.events ? `; a backlog of ${spec.mostEvents}` : '';
    return `${spec.name}: ${spec.settings}${cut}.`;
  });
  return {
    tables: [wardline, wardlineWithRoom].map(({ name }) =>
      comparison(done, { title: `Events a second; "ours" is ${name}`, ours: name, digits: 0 }),
    ),
    notes: [
      `${shape.events} events of ${shape.payloadBytes} bytes and ${shape.keys} keys, ${shape.partitions} partitions; ${rounds} rounds after one of warm-up, each lane with a new database and topic, in another order each round.`,
      'From the first event appended to the last, by the broker (LogAppendTime), so connecting and starting are in no figure. Acks all, no compression, synchronous commit.',
      `Raw: pages of ${page} by primary key with bare pg, then the same messages with bare kafkajs. kafka-producer-perf-test: its defaults. Every contender has a process of its own; peak is its VmHWM.`,
      'A round counts only if each committed event is in the topic, none of a rolled-back transaction is, and each key is in order.',
      ...settings,
    ],
    objections: done
      .filter(({ lane }) => lane.startsWith(wardline.name))
      .flatMap(({ objections, round }) => objections.map((text) => `round ${round}: ${text}`)),
    figures: { shape, rounds: done },
  };
}
