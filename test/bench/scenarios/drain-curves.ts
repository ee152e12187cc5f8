import { comparison, type LaneRound } from '../comparison.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { wardline } from '../contenders/all.ts';
import { dimensions, oneOf, type Options } from '../options.ts';
import { installPeers } from '../peers/install.ts';
import { hostAll, inTurn, type Arena } from '../rounds.ts';
import type { Measured, Surroundings, Table } from '../scenario.ts';
import { spreadOf } from '../statistics.ts';
import { drainOnce, floorRound, type DrainShape } from './drain.ts';

/** Ours along one or more dimensions, one at a time, the others as usual; each point beside the raw floor. */
export async function drainCurves(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  await installPeers(progress);
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const [ours] = await hostAll([wardline], options, surroundings);
  const rounds = options.rounds ?? 3;
  const points = pointsOf(options);
  const done: (LaneRound & { readonly point: string })[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, { name, shape }] of inTurn([...points.entries()], round)) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${name}`);
      const floor = await floorRound(arena, ours!, shape, round * 1000 + index);
      const own = await drainOnce(arena, ours!, shape, `point${index}_round${round}`, round);
      if (round > 0) done.push(...[...floor, own].map((lane) => ({ ...lane, round, point: name })));
    }
  return {
    tables: [
      curve(
        points.map(({ name }) => name),
        done,
      ),
    ],
    notes: [
      `${rounds} rounds after one of warm-up, the points in another order each round. Cost is the middle of the rounds.`,
    ],
    objections: done.flatMap(({ objections, point, round }) =>
      objections.map((text) => `${point}, round ${round}: ${text}`),
    ),
    figures: { points, rounds: done },
  };
}

interface Point {
  readonly name: string;
  readonly shape: DrainShape;
}

function pointsOf(options: Options): Point[] {
  const usual: DrainShape = {
    events: oneOf(options.backlog, options.quick ? 20_000 : 200_000),
    keys: oneOf(options.keys, 1_000),
    payloadBytes: oneOf(options.payload, 300),
    partitions: oneOf(options.partitions, usualPartitions),
  };
  const fields = { backlog: 'events', keys: 'keys', payload: 'payloadBytes', partitions: 'partitions' } as const;
  const several = dimensions.filter((name) => options[name].length > 1);
  return several.flatMap((name) => {
    if (!(name in fields))
      throw new Error(`drain knows no curve of ${name}; it knows ${Object.keys(fields).join(', ')}`);
    const field = fields[name as keyof typeof fields];
    return options[name].map((value) => ({ name: `${name} ${value}`, shape: { ...usual, [field]: value } }));
  });
}

function curve(points: readonly string[], done: readonly (LaneRound & { readonly point: string })[]): Table {
  const rows = points.map((point) => {
    const own = done.filter((round) => round.point === point && round.lane === wardline.name);
    const table = comparison(
      done.filter((round) => round.point === point),
      { title: '', ours: wardline.name, digits: 0 },
    );
    const { median } = spreadOf(own.map(({ value }) => value));
    const floor = table.rows.find(([lane]) => lane === 'raw select, then raw produce');
    const peak = Math.max(...own.map((round) => round.peak ?? 0)) / 1024 / 1024;
    return [
      point,
      median.toFixed(0),
      (1_000_000 / median).toFixed(1),
      floor?.[4] ?? '',
      floor?.[5] ?? '',
      peak.toFixed(0),
    ];
  });
  return {
    title: 'Ours',
    columns: ['', 'events a second', 'µs an event', 'of the raw floor', 'spread', 'peak MB'],
    rows,
  };
}
