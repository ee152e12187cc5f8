import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every architecture (USER_HZ). */
const ticksPerSecond = 100;

/** Processor time of a process and its descendants, those that have ended too, since they began, in seconds. Linux only. */
export function cpuSeconds(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined);
  const ticks = (of: number): number => {
    const own = processes.find((stat) => stat.pid === of)?.ticks ?? 0;
    return processes.filter(({ parent }) => parent === of).reduce((sum, child) => sum + ticks(child.pid), own);
  };
  return ticks(pid) / ticksPerSecond;
}

function statOf(pid: number): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; state, parent and the rest follow it (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Own time in user and system mode, then that of children which have ended and were waited for.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}
