import { arrivalOf, objectionsTo } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { wardline } from '../contenders/all.ts';
import { consumers } from '../contenders/consumers.ts';
import { host, type Hosted } from '../contenders/hosted.ts';
import { oneOf } from '../options.ts';
import { filled, onNewSite, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { percentile, spreadOf } from '../statistics.ts';
import { soldOf } from '../site.store.ts';

const usualRate = 1_000;
const warmUpSeconds = 3;

/** From a commit in one service to the commit of what follows from it in the next. */
export const commitToCommit: Scenario = {
  name: 'commit-to-commit',
  question: `How long from a commit in one service to the commit of its handler in the next, at ${usualRate} a second?`,
  measure,
};

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly objections: readonly string[];
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress, atEnd } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const seconds = options.duration ?? (options.quick ? 3 : 20);
  const keys = oneOf(options.keys, 1_000);
  const rate = oneOf(options.rate, usualRate);
  const remember = rate * (seconds + warmUpSeconds);
  const consumer = { ...consumers[1]!, options: { handler: 'one by one', remember } };
  const [first, second] = [await host(wardline), await host(consumer)];
  atEnd(() => Promise.all([first.close(), second.close()]));
  const rounds = options.rounds ?? (options.quick ? 1 : 5);
  const done: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    done.push(await oneRound(arena, { first, second }, { rate, seconds, keys, round }));
  }
  const row = (share: 'p50' | 'p99'): string[] => {
    const { median, least, most } = spreadOf(done.map((one) => one[share]));
    return [share, ...[median, least, most].map((value) => value.toFixed(2))];
  };
  return {
    tables: [
      { title: 'Milliseconds', columns: ['', 'median of the rounds', 'least', 'most'], rows: [row('p50'), row('p99')] },
    ],
    notes: [
      `Open loop, ${rate} transactions a second, ${keys} keys, ${seconds} s a round after ${warmUpSeconds} s of warm-up, ${rounds} rounds.`,
      'From the return of COMMIT in the first process until the pipeline of the second has committed inbox row, changed row and outbox row of the message: two commits, one hop through Kafka. Handler one by one. Targets: p50 8 ms, p99 40 ms.',
    ],
    objections: done.flatMap(({ objections }, index) => objections.map((text) => `round ${index + 1}: ${text}`)),
    figures: { rounds: done },
  };
}

interface Load {
  readonly rate: number;
  readonly seconds: number;
  readonly keys: number;
  readonly round: number;
}

async function oneRound(
  arena: Arena,
  { first, second }: { readonly first: Hosted; readonly second: Hosted },
  { rate, seconds, keys, round }: Load,
): Promise<Round> {
  const shape = { keys, partitions: usualPartitions };
  const events = rate * (warmUpSeconds + seconds);
  return onNewSite(arena, `first_${round}`, shape, (from) =>
    onNewSite(arena, `second_${round}`, shape, async (to, kafka) => {
      await first.prepare(from);
      await second.prepare(to);
      await first.openWriter(from, 16);
      await first.start(from);
      await second.start({ ...to, input: from.topic });
      await first.openLoop({ perSecond: rate, seconds: warmUpSeconds, keys, from: 0 });
      const written = await first.openLoop({ perSecond: rate, seconds, keys, from: rate * warmUpSeconds });
      await filled(kafka, to.topic, events, 60_000);
      const committed = (await second.committedAt()).subarray(rate * warmUpSeconds);
      await first.stop();
      await first.closeWriter();
      await second.stop();
      const latencies = [...written.committedAt].map((at, index) => Math.max(0, (committed[index] ?? 0) - at));
      const changed = await soldOf(to.databaseUrl);
      const objections = [
        ...objectionsTo(await arrivalOf(kafka, to.topic, events)),
        ...(changed === events ? [] : [`${changed} changes of ${events} messages`]),
      ];
      return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), objections };
    }),
  );
}
