import { readdirSync, readFileSync } from 'node:fs';

/** Memory of a process or of a process with its children, in bytes, by Linux's own account. */
export interface Resident {
  /** Pages in memory, shared ones counted in each process that has them (VmRSS). */
  readonly rss: number;
  /** Of these, what belongs to no file: heap and stacks (RssAnon). */
  readonly anonymous: number;
  /** Pages in memory, a shared one divided among those who share it (Pss of smaps_rollup). */
  readonly pss: number;
  /** Highest VmRSS since the process began (VmHWM); of several processes, the sum of their peaks. */
  readonly peak: number;
  readonly processes: number;
}

/** What a process and all its descendants have in memory now. Linux only. */
export function residentMemory(pid: number): Resident {
  const all = [pid, ...descendantsOf(pid)].map(memoryOf).filter((memory) => memory !== undefined);
  const sum = (of: (memory: Resident) => number): number => all.reduce((total, memory) => total + of(memory), 0);
  return {
    rss: sum(({ rss }) => rss),
    anonymous: sum(({ anonymous }) => anonymous),
    pss: sum(({ pss }) => pss),
    peak: sum(({ peak }) => peak),
    processes: all.length,
  };
}

function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const);
  const below = (parent: number): number[] =>
    parents.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

function parentOf(pid: number): number | undefined {
  return fieldOf(textOf(`/proc/${pid}/status`), 'PPid');
}

/** Undefined when the process has ended meanwhile. */
function memoryOf(pid: number): Resident | undefined {
  const status = textOf(`/proc/${pid}/status`);
  const kilobytes = (text: string, name: string): number => (fieldOf(text, name) ?? 0) * 1024;
  if (fieldOf(status, 'VmRSS') === undefined) return undefined;
  return {
    rss: kilobytes(status, 'VmRSS'),
    anonymous: kilobytes(status, 'RssAnon'),
    pss: kilobytes(textOf(`/proc/${pid}/smaps_rollup`), 'Pss'),
    peak: kilobytes(status, 'VmHWM'),
    processes: 1,
  };
}

function fieldOf(text: string, name: string): number | undefined {
  const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
