import { arrivalOf, objectionsTo, type Arrival } from '../arrival.ts';
import { usualPartitions } from '../bare-kafka.ts';
import { startBareServers } from '../bare-servers.ts';
import { wardline } from '../contenders/all.ts';
import { host } from '../contenders/hosted.ts';
import type { Written } from '../contenders/load.ts';
import { oneOf } from '../options.ts';
import { filled, onNewSite, type Arena } from '../rounds.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';
import { outboxBytes } from '../site.store.ts';
import { percentile } from '../statistics.ts';
import { latenciesOf } from './commit-to-topic.ts';

const usualRate = 3_000;
/** Published rows are kept for three minutes instead of a day, so that partitions end within the run. */
const retentionHours = 0.05;

/** Half an hour of the same. */
export const soak: Scenario = {
  name: 'soak',
  question: `Do latency, table and memory stay what they are under ${usualRate} events a second?`,
  measure,
};

/** One stretch of the run. */
interface Stretch {
  readonly from: number;
  readonly written: Written;
  readonly bytes: number;
  readonly rss: number;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress, atEnd } = surroundings;
  const arena: Arena = { servers: await startBareServers(surroundings), directory: surroundings.directory };
  const hosted = await host({ ...wardline, options: { relay: { retentionHours } } });
  atEnd(() => hosted.close());
  const rate = oneOf(options.rate, usualRate);
  const seconds = options.duration ?? (options.quick ? 10 : 1_800);
  const parts = options.quick ? 2 : 30;
  const each = Math.max(1, Math.floor(seconds / parts));
  const keys = oneOf(options.keys, 1_000);
  return onNewSite(arena, 'soak', { keys, partitions: usualPartitions }, async (site, kafka) => {
    await hosted.prepare(site);
    await hosted.openWriter(site, 16);
    await hosted.start(site);
    const warm = options.quick ? 2 : 30;
    await hosted.openLoop({ perSecond: rate, seconds: warm, keys, from: 0 });
    const stretches: Stretch[] = [];
    for (let part = 0; part < parts; part += 1) {
      progress(`${part * each} of ${parts * each} s`);
      const from = rate * (warm + part * each);
      const written = await hosted.openLoop({ perSecond: rate, seconds: each, keys, from });
      const { rss } = await hosted.memory();
      stretches.push({ from, written, bytes: await outboxBytes(site.databaseUrl), rss });
    }
    const events = rate * (warm + parts * each);
    await filled(kafka, site.topic, events, 60_000);
    await hosted.stop();
    await hosted.closeWriter();
    return resultOf(stretches, await arrivalOf(kafka, site.topic, events), { rate, each });
  });
}

const megabyte = 1024 * 1024;

function resultOf(
  stretches: readonly Stretch[],
  arrival: Arrival,
  { rate, each }: { readonly rate: number; readonly each: number },
): Measured {
  const sixth = Math.max(1, Math.round(stretches.length / 6));
  const summary = (name: string, some: readonly Stretch[]) => {
    const latencies = some.flatMap(({ written, from }) => latenciesOf(written, arrival, from));
    const most = (of: (one: Stretch) => number): number => Math.max(...some.map(of)) / megabyte;
    return {
      name,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      table: most(({ bytes }) => bytes),
      rss: most(({ rss }) => rss),
    };
  };
  const first = summary('first sixth', stretches.slice(0, sixth));
  const last = summary('last sixth', stretches.slice(-sixth));
  const all = [first, summary('middle', stretches.slice(sixth, -sixth)), last].filter(({ table }) =>
    Number.isFinite(table),
  );
  const rows = all.map(({ name, p50, p99, table, rss }) => [
    name,
    p50.toFixed(2),
    p99.toFixed(2),
    table.toFixed(0),
    rss.toFixed(0),
  ]);
  return {
    tables: [
      { title: 'Stretches of the run', columns: ['', 'p50 ms', 'p99 ms', 'outbox MB at most', 'RSS MB at most'], rows },
    ],
    notes: [
      `${stretches.length * each} s of ${rate} transactions a second, open loop; published rows are kept for ${retentionHours * 60} minutes, so that partitions are dropped during the run.`,
      `p99 of the last sixth is ${(last.p99 / first.p99).toFixed(2)} times that of the first (target: at most 1.10).`,
    ],
    objections: objectionsTo(arrival),
    figures: { stretches: stretches.map(({ from, bytes, rss }) => ({ from, bytes, rss })), summary: all },
  };
}
