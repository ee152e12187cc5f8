import { existsSync } from 'node:fs';
import { inheritedEnvironment } from '../config.ts';
import type { Server, ServerOptions } from './server.ts';
import { startServer } from './start-server.ts';

/** One of our own services, built. */
export interface NodeServiceOptions extends ServerOptions {
  readonly name: string;
  /** Its built file. */
  readonly main: string;
  /** Settings beside `PORT` and `HOST`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Path that answers 200 once it can do its work. */
  readonly readyPath: string;
  readonly readyWithinMs?: number;
  /** Whether its memory is kept small, or what Node takes by itself: for load rather than for a laptop. */
  readonly memory: 'small' | 'unlimited';
  /** Whether it works in batches: it stands back where processors are short, and may pause while its heap is collected. */
  readonly worksInBatches?: boolean;
}

// A service of ours is small; the limits keep V8 from growing into memory that it would merely not collect yet. What
// starting one leaves behind would fill the larger young generation that is V8's standard (measured: npm run bench -- memory).
/** What a service's process runs with when it is to stay small: flags of Node and what glibc reads. */
export const serviceMemory = {
  // Node's fetch reads answers by WebAssembly; V8's second compiler takes 28 MB at once to make that parser faster.
  // V8 would collect with a thread per core in each of eight processes, and wait for every one of them to get its turn.
  flags: ['--max-old-space-size=192', '--max-semi-space-size=4', '--liftoff-only', '--single-threaded-gc'],
  // glibc would keep a heap for each of Node's threads, and in each what starting has freed: with two of them
  // consumption-ingest stood at 158 or 172 MB, with one at 141 to 151. V8 reads source in pieces of
  // 32 kB that lie scattered over that heap afterwards; mapped one by one, they are given back.
  env: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '32768' },
} as const;

/** How far batches stand back (nice): what somebody waits for has ten times their share of a busy processor. */
const nicenessOfBatches = 10;
// Marked in steps, a heap keeps what dies meanwhile: 20 MB of a batch. Marked at once, it pauses for 0.1 s on a busy machine.
const flagsOfBatches = ['--no-incremental-marking'];

function memoryOf({ memory, worksInBatches }: NodeServiceOptions): {
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  if (memory === 'unlimited') return { flags: [], env: {} };
  return { ...serviceMemory, flags: [...serviceMemory.flags, ...(worksInBatches ? flagsOfBatches : [])] };
}

/** Starts a service from its build and waits until it is ready. */
export async function startNodeService(options: NodeServiceOptions): Promise<Server> {
  if (!existsSync(options.main))
    throw new Error(`${options.name} is not built: ${options.main} is missing (run: npm run build)`);
  const url = `http://127.0.0.1:${options.port}`;
  const { flags, env } = memoryOf(options);
  return startServer(
    {
      name: options.name,
      url,
      prepare: async () => undefined,
      command: () => ({
        command: process.execPath,
        args: [...flags, options.main],
        niceness: options.worksInBatches ? nicenessOfBatches : 0,
        env: {
          ...inheritedEnvironment(),
          ...env,
          ...options.settings,
          PORT: String(options.port),
          HOST: '127.0.0.1',
        },
      }),
      signature: options.main,
      stopSignals: ['SIGTERM'],
      isReady: () => isReady(url + options.readyPath),
      readyWithinMs: options.readyWithinMs ?? 120_000,
    },
    options,
  );
}

/** Whether an address answers 2xx within two seconds. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
