import { arrivalOf, objectionsTo } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, type LaneRound } from '../comparison.ts';
import { wardline } from '../contenders/all.ts';
import type { ContenderSpec } from '../contenders/contender.ts';
import { host, type Hosted } from '../contenders/hosted.ts';
import { oneOf } from '../options.ts';
import { filled, inTurn, onNewSite, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { fill } from '../site.store.ts';
import { spreadOf } from '../statistics.ts';

/** Business transactions with and without events. */
export const writers: Scenario = {
  name: 'writers',
  question: 'What do events cost the transactions that add them, and what does the relay cost the writers?',
  measure,
};

const names = {
  bare: 'business transaction alone (commit rate)',
  raw: 'with a bare row inserted',
  outbox: 'with an event, relay off',
  relayed: 'with an event, relay on',
} as const;

interface Lane {
  readonly name: string;
  readonly hosted: Hosted;
  readonly relay: boolean;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress, atEnd } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const hosted = async (adds: string): Promise<Hosted> => {
    const spec: ContenderSpec = { ...wardline, options: { adds } };
    const started = await host(spec);
    atEnd(() => started.close());
    return started;
  };
  const [nothing, raw, outbox] = [
    await hosted('nothing'),
    await hosted('by a raw insert'),
    await hosted('through the outbox'),
  ];
  const lanes: Lane[] = [
    { name: names.bare, hosted: nothing, relay: false },
    { name: names.raw, hosted: raw, relay: false },
    { name: names.outbox, hosted: outbox, relay: false },
    { name: names.relayed, hosted: outbox, relay: true },
  ];
  const counts = options.writers.length > 0 ? options.writers : [1, 8];
  const rounds = options.rounds ?? (options.quick ? 1 : 5);
  const load = { seconds: options.duration ?? (options.quick ? 2 : 10), keys: oneOf(options.keys, 1_000) };
  const done: (LaneRound & { readonly writers: number })[] = [];
  const sets: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    sets.push(await setBasedInsert(arena, outbox, round, options.quick ? 10_000 : 100_000));
    for (const count of counts)
      for (const lane of inTurn(lanes, round)) {
        progress(`round ${round} of ${rounds}, ${count} writers: ${lane.name}`);
        done.push({ writers: count, ...(await writeOnce(arena, lane, { ...load, writers: count }, round)) });
      }
  }
  return resultOf(done, counts, sets, load);
}

interface Load {
  readonly writers: number;
  readonly seconds: number;
  readonly keys: number;
}

async function writeOnce(arena: Arena, { name, hosted, relay }: Lane, load: Load, round: number): Promise<LaneRound> {
  const site = `writers${load.writers}_${Object.values(names).indexOf(name as never)}_${round}`;
  return onNewSite(arena, site, { keys: load.keys, partitions: usualPartitions }, async (at, kafka) => {
    await hosted.prepare(at);
    await hosted.openWriter(at, load.writers);
    if (relay) await hosted.start(at);
    const warm = await hosted.closedLoop({ ...load, seconds: 2, from: 0 });
    const written = await hosted.closedLoop({ ...load, from: warm.committedAt.length });
    await hosted.closeWriter();
    const events = warm.committedAt.length + written.committedAt.length;
    const objections = [];
    if (relay) {
      if (!(await filled(kafka, at.topic, events, 60_000))) objections.push('not everything was published');
      await hosted.stop();
      objections.push(...objectionsTo(await arrivalOf(kafka, at.topic, events)));
    }
    return { lane: name, round, value: written.committedAt.length / written.seconds, objections };
  });
}

/** Rows a second of inserts of a thousand rows each: the floor of adding. */
async function setBasedInsert(arena: Arena, hosted: Hosted, round: number, events: number): Promise<number> {
  return onNewSite(arena, `insert_${round}`, { keys: 1, partitions: 1 }, async (site) => {
    await hosted.prepare(site);
    const begun = performance.now();
    await fill(site.databaseUrl, hosted.spec, site.topic, { events, keys: 1_000, payloadBytes: 300 });
    return events / ((performance.now() - begun) / 1000);
  });
}

function resultOf(
  done: readonly (LaneRound & { readonly writers: number })[],
  counts: readonly number[],
  sets: readonly number[],
  { seconds, keys }: Omit<Load, 'writers'>,
): Measured {
  const tables = counts.map((count) =>
    comparison(
      done.filter((round) => round.writers === count),
      { title: `Transactions a second, ${count} writers`, ours: names.relayed, digits: 0 },
    ),
  );
  const micros = (lane: string, round: number): number =>
    1_000_000 /
    (done.find((one) => one.writers === 1 && one.lane === lane && one.round === round)?.value ?? Number.NaN);
  const extra = spreadOf(sets.map((_, index) => micros(names.outbox, index + 1) - micros(names.raw, index + 1)));
  const insert = spreadOf(sets);
  return {
    tables,
    notes: [
      `Closed loop, ${seconds} s a lane and round, ${keys} keys: one row changed and one event added in each transaction, each lane with a new database, in another order each round. "Ours" is the lane with the relay on; target: 0.85 of that without.`,
      counts.includes(1)
        ? `Adding an event (Avro, lock of its key, row) costs a lone writer ${extra.median.toFixed(0)} µs more than a bare row of the same size (${extra.least.toFixed(0)} to ${extra.most.toFixed(0)}); target: 60 µs.`
        : 'The cost of adding an event is measured with one writer.',
      `Set-based insert, a thousand rows a statement, with the roll-backs, ANALYZE and CHECKPOINT of a backlog: ${insert.median.toFixed(0)} rows a second.`,
    ],
    objections: done.flatMap(({ lane, objections, round }) =>
      objections.map((text) => `${lane}, round ${round}: ${text}`),
    ),
    figures: { setBasedInsert: sets, rounds: done },
  };
}
