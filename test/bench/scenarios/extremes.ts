import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import type { LaneRound } from '../comparison.ts';
import { wardline } from '../contenders/all.ts';
import type { Hosted } from '../contenders/hosted.ts';
import { oneOf } from '../options.ts';
import { hostAll, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { spreadOf } from '../statistics.ts';
import { drainOnce } from './drain.ts';
import { lanes as loads, outcomeOf, type HeldOutcome } from './held-transaction.ts';

/** Everything that makes other outboxes stall, on one screen. */
export const extremes: Scenario = {
  name: 'extremes',
  question: 'What do ten million events, one hot key and a transaction held open for ten minutes do to the relay?',
  measure,
};

interface DrainCase {
  readonly name: string;
  readonly events: number;
  readonly keys: number;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const [ours] = await hostAll([wardline], options, surroundings);
  const drained = await drainAll(arena, ours!, surroundings);
  const loaded = await loadBoth(arena, ours!, surroundings);
  return resultOf(drained, loaded);
}

type Drained = LaneRound & DrainCase;

async function drainAll(arena: Arena, ours: Hosted, { options, progress }: Surroundings): Promise<Drained[]> {
  const usual = options.quick ? 5_000 : 100_000;
  const most = oneOf(options.backlog, options.quick ? 50_000 : 10_000_000);
  const reference: DrainCase = { name: `${number(usual)} events of 1,000 keys`, events: usual, keys: 1_000 };
  const hot: DrainCase = { name: `${number(usual)} events of one key`, events: usual, keys: 1 };
  const large: DrainCase = { name: `${number(most)} events of 1,000 keys`, events: most, keys: 1_000 };
  const rounds = options.rounds ?? 3;
  const done: Drained[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const one of round === rounds ? [reference, hot, large] : [reference, hot]) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${one.name}`);
      const shape = { ...one, payloadBytes: 300, partitions: usualPartitions };
      const name = `extreme_${one.events}_${one.keys}_${round}`;
      const result = await drainOnce(arena, ours, shape, name, round);
      if (round > 0) done.push({ ...result, ...one });
    }
  return done;
}

async function loadBoth(arena: Arena, ours: Hosted, { options, progress }: Surroundings): Promise<HeldOutcome[]> {
  const seconds = options.duration ?? (options.quick ? 5 : 600);
  const rate = oneOf(options.rate, 2_000);
  const done: HeldOutcome[] = [];
  for (const lane of [loads.free, loads.held]) {
    progress(`${number(rate)} events a second for ${seconds} s: ${lane}`);
    done.push(await outcomeOf(arena, ours, { lane, round: 1, rate, seconds, keys: 1_000 }));
  }
  return done;
}

function resultOf(drained: readonly Drained[], loaded: readonly HeldOutcome[]): Measured {
  const names = [...new Set(drained.map(({ name }) => name))];
  const rateOf = (name: string): number =>
    spreadOf(drained.filter((one) => one.name === name).map(({ value }) => value)).median;
  const drains = names.map((name) => {
    const rounds = drained.filter((one) => one.name === name);
    const peak = Math.max(...rounds.map((one) => one.peak ?? 0));
    const repeats = rounds.reduce((sum, one) => sum + (one.repeats ?? 0), 0);
    const rate = rateOf(name);
    return [
      ...[`a backlog of ${name}`, rate.toFixed(0), (rate / rateOf(names[0]!)).toFixed(2), '', '', ''],
      ...[String(repeats), megabytes(peak), verdictOf(rounds)],
    ];
  });
  const loads = loaded.map(({ lane, delivered, p50, p99, dead, peak, objections }) => [
    ...[`a steady load, ${lane}`, delivered.toFixed(0), (delivered / loaded[0]!.delivered).toFixed(2)],
    ...[p50.toFixed(2), p99.toFixed(2), String(deadEvents(dead)), '', megabytes(peak), verdictOf([{ objections }])],
  ]);
  const columns = [
    '',
    'events a second',
    'of the first',
    'p50 ms',
    'p99 ms',
    'dead events',
    'twice',
    'peak MB',
    'kept',
  ];
  return {
    tables: [{ title: 'The relay at its extremes', columns, rows: [...drains, ...loads] }],
    notes: [
      'One run, one process, one database server, one broker. A backlog: from the first event appended to the last, by the broker, the middle of the rounds. A steady load: from commit to the append.',
      'Dead events are dead rows of the outbox and its partitions while the transaction is still open. "Kept" says that every committed event is in the topic, none of a rolled-back transaction is, and each key is in order.',
      'The transaction held open is REPEATABLE READ, has written a row and stays idle through the whole load.',
    ],
    objections: [
      ...drained.flatMap(({ name, round, objections }) => objections.map((text) => `${name}, round ${round}: ${text}`)),
      ...loaded.flatMap(({ lane, objections }) => objections.map((text) => `${lane}: ${text}`)),
    ],
    figures: { drained, loaded },
  };
}

/** The relay's own cursor is one row and not an event. */
function deadEvents(dead: HeldOutcome['dead']): number {
  return Object.entries(dead).reduce((sum, [table, rows]) => (table === 'outbox_cursor' ? sum : sum + rows), 0);
}

function verdictOf(rounds: readonly { readonly objections: readonly string[] }[]): string {
  const found = rounds.flatMap(({ objections }) => objections);
  return found.length === 0 ? 'all' : found.join(', ');
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
