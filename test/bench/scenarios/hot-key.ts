import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, type LaneRound } from '../comparison.ts';
import { wardline } from '../contenders/all.ts';
import { hostAll, inTurn, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { oneOf } from '../options.ts';
import { drainOnce } from './drain.ts';

const lanes = [
  { name: 'one key', keys: 1 },
  { name: '1,000 keys', keys: 1_000 },
] as const;

/** One key that everything happens to. */
export const hotKey: Scenario = {
  name: 'hot-key',
  question: 'Is a backlog of one single key drained as fast as one of many?',
  measure,
};

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const [ours] = await hostAll([wardline], options, surroundings);
  const events = oneOf(options.backlog, options.quick ? 5_000 : 100_000);
  const rounds = options.rounds ?? (options.quick ? 2 : 7);
  const done: LaneRound[] = [];
  for (let round = 0; round <= rounds; round += 1)
    for (const { name, keys } of inTurn(lanes, round)) {
      progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${name}`);
      const shape = { events, keys, payloadBytes: 300, partitions: usualPartitions };
      const result = await drainOnce(arena, ours!, shape, `hot_keys${keys}_round${round}`, round);
      if (round > 0) done.push({ ...result, lane: name });
    }
  return {
    tables: [comparison(done, { title: 'Events a second', ours: lanes[0].name, digits: 0 })],
    notes: [`${events} events of 300 bytes, ${rounds} rounds after one of warm-up. "Ours" is one key; target: 1.`],
    objections: done.flatMap(({ lane, objections, round }) =>
      objections.map((text) => `${lane}, round ${round}: ${text}`),
    ),
    figures: { rounds: done },
  };
}
