import { setTimeout as sleep } from 'node:timers/promises';
import { hospitalDay } from '../../../deploy/local/demo/generator/hospital-day.ts';
import type { HospitalDay } from '../../../deploy/local/demo/generator/record.ts';
import { playDay } from '../../../deploy/local/demo/play-day.ts';
import { seedSite } from '../../../deploy/local/demo/seed-site.ts';
import { startStack } from '../own-stack.ts';
import { residentMemory, type Resident } from '../resident-memory.ts';
import type { Measured, Scenario, Surroundings } from '../scenario.ts';

const settleSeconds = 60;
const records = 500;
const megabyte = 1024 * 1024;
/** Bounds of issue 3: a service, and the whole local stack. */
const bounds = { service: 160, stack: 2_560 };

/** How much memory the local stack takes. */
export const memory: Scenario = {
  name: 'memory',
  question: 'How much memory does the whole local stack hold, and each service?',
  measure,
};

async function measure(surroundings: Surroundings): Promise<Measured> {
  const dayThatEnds = (end: Date): HospitalDay => hospitalDay({ seed: 7, end, records });
  const { servers, ...stack } = await startStack(surroundings, {
    seed: (odoo) => seedSite(odoo, dayThatEnds(new Date())),
  });
  const { ends } = await playDay(stack, { dayThatEnds, progress: surroundings.progress });
  const open = ends.filter(({ objections }) => objections.length > 0).length;
  for (let left = settleSeconds; left > 0; left -= 1) {
    surroundings.progress(`settling, ${left} s`);
    await sleep(1_000);
  }
  const parts = servers.map(({ name, pid }) => ({ name, ...residentMemory(pid) }));
  const services = parts.filter(({ name }) => name in stack.services);
  const total = (of: (memory: Resident) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const sums = { rss: total(({ rss }) => rss), pss: total(({ pss }) => pss), peak: total(({ peak }) => peak) };
  const whole = {
    name: 'whole stack',
    anonymous: total((part) => part.anonymous),
    processes: total((p) => p.processes),
  };
  const largest = Math.max(...services.map(({ rss }) => rss));
  const highest = Math.max(...services.map(({ peak }) => peak));
  return {
    tables: [{ title: 'Resident memory in MB', columns: heads, rows: [...parts, { ...whole, ...sums }].map(rowOf) }],
    notes: [
      `After a first start with migrations, the demo day (${records} records, over every way in, ${open} without their end) and ${settleSeconds} s of rest.`,
      'RSS is VmRSS, of which anonymous RssAnon; peak is VmHWM since the start; all of /proc/<pid>/status, with child processes. PSS, of smaps_rollup, divides a page among those who share it: the sums of RSS and peak count the shared buffers of Postgres in every backend and the text of Node in every service; what the stack takes of the machine is the sum of PSS.',
      `Largest service ${mb(largest)} MB at rest, ${mb(highest)} MB at its peak (bound ${bounds.service}); whole stack ${mb(sums.pss)} MB (bound ${bounds.stack}).`,
    ],
    objections: open === 0 ? [] : [`${open} records of the demo day have not come to their end`],
    figures: { parts, sums, largestService: largest, highestPeakOfAService: highest },
  };
}

const heads = ['part', 'processes', 'RSS', 'of it anonymous', 'PSS', 'peak'];

function rowOf({ name, processes, rss, anonymous, pss, peak }: Resident & { name: string }): string[] {
  return [name, String(processes), ...[rss, anonymous, pss, peak].map(mb)];
}

function mb(bytes: number): string {
  return (bytes / megabyte).toFixed(0);
}
