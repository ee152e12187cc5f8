import type { BenchEvent, Contender, EventWriter, Site } from './contender.ts';
import { openLoop, closedLoop, type ClosedLoad, type OpenLoad, type Written } from './load.ts';

/** What the bench asks of a contender's process, and what it answers. */
export interface HostCalls {
  open: (module: string, options: Readonly<Record<string, unknown>>) => Promise<void>;
  prepare: (site: Site) => Promise<void>;
  start: (site: Site) => Promise<void>;
  stop: () => Promise<void>;
  /** Opens the writer that the loads use. */
  openWriter: (site: Site, connections: number) => Promise<void>;
  closeWriter: () => Promise<void>;
  openLoop: (load: OpenLoad) => Promise<Written>;
  closedLoop: (load: ClosedLoad) => Promise<Written>;
  committedAt: () => Promise<Float64Array>;
  pids: () => Promise<readonly number[]>;
  close: () => Promise<void>;
}

/** A call on its way to the process. */
export interface HostRequest {
  readonly id: number;
  readonly call: keyof HostCalls;
  readonly parameters: readonly unknown[];
}

/** What came of it. */
export interface HostAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

let contender: Contender;
let writer: EventWriter;
const write = (event: BenchEvent): Promise<void> => writer.write(event);

const calls: HostCalls = {
  open: async (module, options) => {
    const { open } = (await import(module)) as { open: (options: unknown) => Promise<Contender> };
    contender = await open(options);
  },
  prepare: (site) => contender.prepare(site),
  start: (site) => contender.start(site),
  stop: () => contender.stop(),
  openWriter: async (site, connections) => {
    if (contender.writer === undefined) throw new Error('it only consumes');
    writer = await contender.writer(site, connections);
  },
  closeWriter: () => writer.close(),
  openLoop: (load) => openLoop(load, write),
  closedLoop: (load) => closedLoop(load, write),
  committedAt: async () => contender.committedAt?.() ?? new Float64Array(),
  pids: async () => contender.pids?.() ?? [process.pid],
  close: () => contender.close(),
};

process.on('message', ({ id, call, parameters }: HostRequest) => {
  const work = calls[call] as (...all: readonly unknown[]) => Promise<unknown>;
  work(...parameters).then(
    (result) => answer({ id, result }),
    (error: unknown) => answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// Whoever asked is gone, however it went.
process.on('disconnect', () => process.exit(0));

function answer(message: HostAnswer): void {
  process.send?.(message);
}
