import { arrivalOf, objectionsTo, type Arrival } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { comparison, type LaneRound } from '../comparison.ts';
import { peers, wardline } from '../contenders/all.ts';
import type { Hosted } from '../contenders/hosted.ts';
import type { Written } from '../contenders/load.ts';
import { oneOf } from '../options.ts';
import { installPeers } from '../peers/install.ts';
import { filled, hostAll, inTurn, onNewSite, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { percentile } from '../statistics.ts';

const usualRates = [500, 2_000] as const;
const connections = 16;
const warmUpSeconds = 3;
/** How long the last events may take before a contender counts as falling behind. */
const patienceMs = 30_000;

/** From a commit to the topic. */
export const commitToTopic: Scenario = {
  name: 'commit-to-topic',
  question: `How long after its commit is an event in its topic, at ${usualRates.join(' and ')} a second?`,
  measure,
};

/** A round of one contender at one rate. */
interface Latency {
  readonly lane: string;
  readonly rate: number;
  readonly round: number;
  readonly p50: number;
  readonly p99: number;
  readonly objections: readonly string[];
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress } = surroundings;
  await installPeers(progress);
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const hosts = await hostAll([wardline, ...peers], options, surroundings);
  const rounds = options.rounds ?? (options.quick ? 1 : 5);
  const seconds = options.duration ?? (options.quick ? 3 : 10);
  const keys = oneOf(options.keys, 1_000);
  const rates = options.rate.length > 0 ? options.rate : usualRates;
  const done: Latency[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const rate of rates)
      for (const [index, hosted] of inTurn([...hosts.entries()], round)) {
        const behind = done.some(
          ({ lane, rate: at, objections }) => lane === hosted.spec.name && at === rate && objections.some(isBehind),
        );
        if (behind) continue;
        progress(`round ${round} of ${rounds}, ${rate} a second: ${hosted.spec.name}`);
        const name = `rate${rate}_lane${index}_round${round}`;
        const lane = hosted.spec.name;
        const latency = latencyOnce(arena, hosted, { rate, seconds, keys }, name);
        done.push({ rate, round, ...(await latency.catch((error: Error) => cameToNothing(lane, error))) });
      }
  return resultOf(done, { rates, seconds, keys }, hosts);
}

interface Load {
  readonly rate: number;
  readonly seconds: number;
  readonly keys: number;
}

/** One contender publishes while its application writes at a fixed rate, after a warm-up that is checked but not timed. */
async function latencyOnce(
  arena: Arena,
  hosted: Hosted,
  { rate, seconds, keys }: Load,
  name: string,
): Promise<Omit<Latency, 'rate' | 'round'>> {
  return onNewSite(arena, name, { keys, partitions: usualPartitions }, async (site, kafka) => {
    await hosted.prepare(site);
    await hosted.openWriter(site, connections);
    await hosted.start(site);
    const from = rate * warmUpSeconds;
    await hosted.openLoop({ perSecond: rate, seconds: warmUpSeconds, keys, from: 0 });
    const written = await hosted.openLoop({ perSecond: rate, seconds, keys, from });
    const events = from + rate * seconds;
    const complete = await filled(kafka, site.topic, events, patienceMs);
    await hosted.stop();
    await hosted.closeWriter();
    const arrival = await arrivalOf(kafka, site.topic, events);
    const latencies = latenciesOf(written, arrival, from);
    const objections = complete
      ? objectionsTo(arrival)
      : [`falls behind: ${events - arrival.missing} of ${events} events ${patienceMs / 1000} s after the last commit`];
    return { lane: hosted.spec.name, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), objections };
  });
}

function cameToNothing(lane: string, { message }: Error): Omit<Latency, 'rate' | 'round'> {
  return { lane, p50: Number.NaN, p99: Number.NaN, objections: [`broke: ${message.split('\n')[0]}`] };
}

/**
 * Milliseconds from the return of each commit to the end of the millisecond in which the broker appended the event; an event
 * may be there before its writer hears of the commit.
 */
export function latenciesOf(
  { committedAt }: Written,
  { appendedAt }: Pick<Arrival, 'appendedAt'>,
  from: number,
): number[] {
  return [...committedAt].flatMap((committed, index) => {
    const appended = appendedAt[from + index] ?? 0;
    return appended === 0 ? [] : [Math.max(0, appended + 1 - committed)];
  });
}

function isBehind(objection: string): boolean {
  return objection.startsWith('falls behind');
}

function resultOf(
  done: readonly Latency[],
  { rates, seconds, keys }: { readonly rates: readonly number[]; readonly seconds: number; readonly keys: number },
  hosts: readonly Hosted[],
): Measured {
  const tables = rates.flatMap((rate) =>
    (['p50', 'p99'] as const).map((share) => {
      const lanes: LaneRound[] = done
        .filter((round) => round.rate === rate)
        .map((round) => ({ lane: round.lane, round: round.round, value: round[share], objections: round.objections }));
      return comparison(lanes, {
        title: `${share} in milliseconds at ${rate} a second`,
        ours: wardline.name,
        digits: 2,
        lessIsBetter: true,
      });
    }),
  );
  return {
    tables,
    notes: [
      `Open loop: each transaction (one row changed, one event added, ${keys} keys) begins when it is due, over ${connections} connections, ${seconds} s a round after ${warmUpSeconds} s of warm-up.`,
      'From the return of COMMIT in the writing process until the end of the millisecond in which the broker appended the event, one machine, one clock. Targets for ours: p50 2 ms, p99 10 ms.',
      'A contender that falls behind a rate is not tried at it again.',
      ...hosts.map(({ spec }) => `${spec.name}: ${spec.settings}.`),
    ],
    objections: done
      .filter(({ lane }) => lane === wardline.name)
      .flatMap(({ objections, rate, round }) => objections.map((text) => `${rate} a second, round ${round}: ${text}`)),
    figures: { rounds: done },
  };
}
