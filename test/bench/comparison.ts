import type { Table } from './scenario.ts';
import { spreadOf } from './statistics.ts';

/** What one lane (ours, a floor or a peer) came to in one round. */
export interface LaneRound {
  readonly lane: string;
  readonly round: number;
  /** A rate or a time; NaN when the round came to nothing. */
  readonly value: number;
  /** Why the round of this lane does not count. */
  readonly objections: readonly string[];
  /** Copies beyond the first. */
  readonly repeats?: number;
  /** Highest resident memory so far, in bytes. */
  readonly peak?: number;
}

/** How lanes are put beside each other. */
export interface ComparisonOptions {
  readonly title: string;
  /** The lane whose ratio to each other one is told, round by round. */
  readonly ours: string;
  readonly digits: number;
  /** True where a smaller value is better: the ratio is then the other one divided by ours. */
  readonly lessIsBetter?: boolean;
}

/**
 * Lanes beside each other: middle and spread of their rounds, and how many times better ours is, as the middle and the
 * spread of the ratios of each round. Rounds that do not count are left out; a lane none of whose rounds counts stands in
 * brackets.
 */
export function comparison(rounds: readonly LaneRound[], options: ComparisonOptions): Table {
  const lanes = [...new Set(rounds.map(({ lane }) => lane))];
  const withMemory = rounds.some(({ peak }) => peak !== undefined);
  return {
    title: options.title,
    columns: [
      '',
      'median',
      'least',
      'most',
      'ours is better',
      'spread',
      ...(withMemory ? ['peak MB'] : []),
      'rounds that count',
    ],
    rows: lanes.map((lane) => rowOf(lane, rounds, options, withMemory)),
  };
}

function rowOf(lane: string, rounds: readonly LaneRound[], options: ComparisonOptions, withMemory: boolean): string[] {
  const all = rounds.filter((round) => round.lane === lane);
  const counting = all.filter(counts);
  const shown = counting.length > 0 ? counting : all.filter(({ value }) => Number.isFinite(value));
  const bracket = (text: string): string => (counting.length > 0 ? text : `(${text})`);
  const { median, least, most } = spreadOf(shown.map(({ value }) => value));
  const ratios = lane === options.ours ? [] : ratiosOf(shown, rounds, options);
  const ratio = spreadOf(ratios);
  const peak = Math.max(0, ...all.map((round) => round.peak ?? 0));
  return [
    lane,
    ...[median, least, most].map((value) => (shown.length === 0 ? '' : bracket(value.toFixed(options.digits)))),
    ratios.length === 0 ? '' : bracket(`${ratio.median.toFixed(2)} times`),
    ratios.length === 0 ? '' : `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
    ...(withMemory ? [peak === 0 ? '' : (peak / 1024 / 1024).toFixed(0)] : []),
    counting.length === all.length ? `${all.length}` : `${counting.length} of ${all.length}: ${firstObjection(all)}`,
  ];
}

/** Ours against a lane, in the rounds in which both have a value. */
export function ratiosOf(
  lane: readonly LaneRound[],
  rounds: readonly LaneRound[],
  { ours, lessIsBetter = false }: Pick<ComparisonOptions, 'ours' | 'lessIsBetter'>,
): number[] {
  return lane.flatMap(({ round, value }) => {
    const own = rounds.find((other) => other.lane === ours && other.round === round && counts(other));
    if (own === undefined) return [];
    return [lessIsBetter ? value / own.value : own.value / value];
  });
}

/** What a lane does in a round; when it breaks, the round came to nothing, and the other lanes go on. */
export async function orBroken(lane: string, round: number, work: () => Promise<LaneRound>): Promise<LaneRound> {
  try {
    return await work();
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n');
    return { lane, round, value: Number.NaN, objections: [`broke: ${reason}`] };
  }
}

function counts({ objections }: LaneRound): boolean {
  return objections.length === 0;
}

function firstObjection(rounds: readonly LaneRound[]): string {
  return rounds.find((round) => !counts(round))?.objections.join(', ') ?? '';
}
