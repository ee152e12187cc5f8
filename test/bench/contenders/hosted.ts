import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { inheritedEnvironment } from '../../../deploy/local/config.ts';
import { guardChild, releaseChild } from '../../../deploy/local/platform/orphan-guard.ts';
import { residentMemory, type Resident } from '../resident-memory.ts';
import type { ContenderSpec } from './contender.ts';
import type { HostAnswer, HostCalls, HostRequest } from './host.ts';

/** A contender in a process of its own, so that its memory and its garbage collector are its own. */
export interface Hosted extends Omit<HostCalls, 'open' | 'pids'> {
  readonly spec: ContenderSpec;
  /** What its processes have in memory now, and had at most. */
  memory(): Promise<Resident>;
}

const bench = join(import.meta.dirname, '..');

/** Starts a contender's process. */
export async function host(spec: ContenderSpec): Promise<Hosted> {
  const child = fork(join(import.meta.dirname, 'host.ts'), {
    cwd: bench,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // TypeORM and pg warn of their own future.
    execArgv: [...(spec.process?.flags ?? []), '--disable-warning=DeprecationWarning'],
    env: { ...inheritedEnvironment(), ...spec.process?.env },
  });
  if (child.pid !== undefined) guardChild(child.pid);
  const call = callsTo(child, spec.name);
  await call('open', join(bench, spec.module), spec.options);
  return {
    spec,
    prepare: (site) => call('prepare', site),
    start: (site) => call('start', site),
    stop: () => call('stop'),
    openWriter: (site, connections) => call('openWriter', site, connections),
    closeWriter: () => call('closeWriter'),
    openLoop: (load) => call('openLoop', load),
    closedLoop: (load) => call('closedLoop', load),
    committedAt: () => call('committedAt'),
    memory: async () => sum((await call('pids')).map(residentMemory)),
    close: async () => {
      const isOver = child.exitCode !== null || child.signalCode !== null;
      const ended = isOver ? undefined : new Promise((resolve) => child.once('exit', resolve));
      await call('close').catch(() => undefined);
      if (child.connected) child.disconnect();
      await ended;
      if (child.pid !== undefined) releaseChild(child.pid);
    },
  };
}

type Call = <Name extends keyof HostCalls>(
  name: Name,
  ...parameters: Parameters<HostCalls[Name]>
) => ReturnType<HostCalls[Name]>;

function callsTo(child: ChildProcess, name: string): Call {
  const open = new Map<number, { done: (result: unknown) => void; fail: (error: Error) => void }>();
  let last = 0;
  child.on('message', ({ id, result, error }: HostAnswer) => {
    const waiting = open.get(id);
    open.delete(id);
    if (error === undefined) waiting?.done(result);
    else waiting?.fail(new Error(`${name}: ${error}`));
  });
  child.on('exit', (code, signal) => {
    for (const { fail } of open.values()) fail(new Error(`the process of ${name} ended with ${signal ?? code}`));
  });
  const call = (callName: keyof HostCalls, ...parameters: unknown[]): Promise<unknown> =>
    new Promise((done, fail) => {
      const request: HostRequest = { id: (last += 1), call: callName, parameters };
      open.set(request.id, { done, fail });
      // An interrupt of the whole group ends the process before it is asked to close.
      child.send(request, (error) => {
        if (error !== null) fail(error);
      });
    });
  return call as Call;
}

function sum(all: readonly Resident[]): Resident {
  const total = (of: (memory: Resident) => number): number => all.reduce((so, memory) => so + of(memory), 0);
  return {
    rss: total(({ rss }) => rss),
    anonymous: total(({ anonymous }) => anonymous),
    pss: total(({ pss }) => pss),
    peak: total(({ peak }) => peak),
    processes: total(({ processes }) => processes),
  };
}
