import { arrivalOf, objectionsTo } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, type LaneRound } from '../comparison.ts';
import { wardline } from '../contenders/all.ts';
import type { Hosted } from '../contenders/hosted.ts';
import { oneOf } from '../options.ts';
import { filled, hostAll, onNewSite, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { deadTuples, holdTransaction } from '../site.store.ts';
import { percentile } from '../statistics.ts';
import { latenciesOf } from './commit-to-topic.ts';

const usualRate = 2_000;
/** The two lanes of a round. */
export const lanes = { free: 'undisturbed', held: 'a transaction held open' } as const;
type LaneName = (typeof lanes)[keyof typeof lanes];

/** A transaction that nobody ends. */
export const heldTransaction: Scenario = {
  name: 'held-transaction',
  question: `Does a transaction that stays open slow down ${usualRate} events a second, or leave dead rows behind?`,
  measure,
};

/** An open loop of so many transactions a second, with or without the transaction that nobody ends. */
export interface HeldLoad {
  readonly lane: LaneName;
  readonly round: number;
  readonly rate: number;
  readonly seconds: number;
  readonly keys: number;
}

/** What an open loop came to. */
export interface HeldOutcome {
  readonly lane: LaneName;
  readonly round: number;
  /** Events a second that were in the topic when the load ended. */
  readonly delivered: number;
  readonly p50: number;
  readonly p99: number;
  /** Dead rows of each table of delivery when the load ends, while the transaction is still open. */
  readonly dead: Readonly<Record<string, number>>;
  /** Highest resident memory, in bytes. */
  readonly peak: number;
  readonly objections: readonly string[];
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const [ours] = await hostAll([wardline], options, surroundings);
  const seconds = options.duration ?? (options.quick ? 5 : 600);
  const rounds = options.rounds ?? 1;
  const rate = oneOf(options.rate, usualRate);
  const done: HeldOutcome[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const lane of round % 2 === 0 ? [lanes.free, lanes.held] : [lanes.held, lanes.free]) {
      progress(`round ${round} of ${rounds}, ${seconds} s: ${lane}`);
      done.push(await outcomeOf(arena, ours!, { lane, round, rate, seconds, keys: oneOf(options.keys, 1_000) }));
    }
  return resultOf(done, rate, seconds);
}

/** Three seconds to warm up, then the load; what did not arrive within a minute after it is missing. */
export async function outcomeOf(
  arena: Arena,
  ours: Hosted,
  { lane, round, rate, seconds, keys }: HeldLoad,
): Promise<HeldOutcome> {
  const name = `${lane === lanes.held ? 'held' : 'free'}_${round}`;
  return onNewSite(arena, name, { keys, partitions: usualPartitions }, async (site, kafka) => {
    await ours.prepare(site);
    await ours.openWriter(site, 16);
    await ours.start(site);
    await ours.openLoop({ perSecond: rate, seconds: 3, keys, from: 0 });
    const release = lane === lanes.held ? await holdTransaction(site.databaseUrl) : async () => undefined;
    const written = await ours.openLoop({ perSecond: rate, seconds, keys, from: rate * 3 });
    const arrived = (await kafka.count(site.topic)) - rate * 3;
    const dead = await deadTuples(site.databaseUrl);
    await release();
    const events = rate * (3 + seconds);
    await filled(kafka, site.topic, events, 60_000);
    const { peak } = await ours.memory();
    await ours.stop();
    await ours.closeWriter();
    const arrival = await arrivalOf(kafka, site.topic, events);
    const latencies = latenciesOf(written, arrival, rate * 3);
    const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
    const delivered = arrived / written.seconds;
    return { lane, round, delivered, p50, p99, dead, peak, objections: objectionsTo(arrival) };
  });
}

function resultOf(done: readonly HeldOutcome[], rate: number, seconds: number): Measured {
  const table = (title: string, of: 'delivered' | 'p50' | 'p99', digits: number) => {
    const rounds: LaneRound[] = done.map((one) => ({
      lane: one.lane,
      round: one.round,
      value: one[of],
      objections: one.objections,
    }));
    return comparison(rounds, { title, ours: lanes.held, digits, lessIsBetter: of !== 'delivered' });
  };
  const held = done.filter(({ lane }) => lane === lanes.held);
  const tables = [...new Set(held.flatMap(({ dead }) => Object.keys(dead)))];
  return {
    tables: [
      table('Events a second delivered by the end of the load', 'delivered', 0),
      table('p50 in milliseconds', 'p50', 2),
      table('p99 in milliseconds', 'p99', 2),
      {
        title: 'Dead rows when the load ends, the transaction still open',
        columns: ['', 'dead rows'],
        rows: tables.map((name) => [name, String(Math.max(...held.map(({ dead }) => dead[name] ?? 0)))]),
      },
    ],
    notes: [
      `${seconds} s of ${rate} transactions a second, open loop, each with one event; the other transaction is REPEATABLE READ, has written a row and stays idle throughout. "Ours" is the run with it; target: 0.97 of the undisturbed run.`,
      "outbox_cursor is the relay's own single row, updated at most 20 times a second; its old versions can be removed only when the transaction ends. The event tables are never updated.",
    ],
    objections: done.flatMap(({ lane, objections, round }) =>
      objections.map((text) => `${lane}, round ${round}: ${text}`),
    ),
    figures: { seconds, rounds: done },
  };
}
