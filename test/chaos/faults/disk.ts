import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../../deploy/local/platform/server.ts';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import { Missed } from '../missed.ts';

/** A server that goes on for longer without its disk wrote nothing: nothing was struck. In milliseconds. */
const endsWithinMs = 8_000;

/**
 * From now on nothing that this server writes to a file gets there (RLIMIT_FSIZE of setrlimit(2)): each write fails as on a
 * full disk, with EFBIG for ENOSPC. Limits are a process's own, so that no file system has to be filled.
 */
function fillDiskOf({ pid }: Server): void {
  for (const one of [pid, ...descendantsOf(pid)])
    try {
      // As its owner: Postgres has one of its own where the tests run as root.
      const { uid, gid } = statSync(`/proc/${one}`);
      execFileSync('prlimit', ['--pid', String(one), '--fsize=0:'], { stdio: 'pipe', uid, gid });
    } catch (error) {
      if (one === pid) throw error; // a backend may have ended meanwhile
    }
}

function descendantsOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
  return [...children, ...children.flatMap(descendantsOf)];
}

function parentOf(pid: string): number | null {
  try {
    // The name of the process stands in brackets and may have spaces in it.
    return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

function full(name: string, what: string, serverOf: (scene: Scene) => Server): DeliveryFaultRow {
  return {
    on: 'delivery',
    name: `disk of ${name} full`,
    injection: `every write of ${what} to a file fails (RLIMIT_FSIZE), so that it ends; it is started again with room, on its data`,
    invariant: '',
    trials: { standard: 20, full: 50 },
    mixes: false,
    strike: async (scene) => {
      const server = serverOf(scene);
      await scene.round.reaches(0.2 + scene.random.next() / 3);
      fillDiskOf(server);
      const isStruck = await Promise.race([server.ended.then(() => true), sleep(endsWithinMs, false)]);
      await server.kill();
      await server.restart();
      if (!isStruck) throw new Missed(`${what} went on without its disk`);
    },
  };
}

/** Faults of disks. */
export const diskFaults: readonly DeliveryFaultRow[] = [
  full('the broker', 'Kafka', ({ stage }) => stage.kafka),
  full('the origin', 'Postgres', ({ stage }) => stage.origin.server),
  full('the target', 'Postgres', ({ stage }) => stage.target.server),
];
