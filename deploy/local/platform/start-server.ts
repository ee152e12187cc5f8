import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOrphan, startProcess, type ChildHandle, type ProcessSpec } from './child-process.ts';
import { OperatorError } from './operator-error.mjs';
import { requireFreePort } from './port.ts';
import type { Server, ServerOptions } from './server.ts';

/** What differs between the servers: how to prepare, run and ask whether one is ready. */
export interface ServerKind {
  readonly name: string;
  readonly url: string;
  /** Brings the folder into a state to start from: creates it, and mends what a hard kill left. */
  prepare(): Promise<void>;
  command(): Pick<ProcessSpec, 'command' | 'args' | 'cwd' | 'env' | 'niceness' | 'user'>;
  readonly signature: string;
  readonly stopSignals: readonly NodeJS.Signals[];
  isReady(pid: number): Promise<boolean>;
  readonly readyWithinMs: number;
  /** Whether the log of this start tells of something that passes by itself, such as a lock of a dying orphan. */
  passes?(log: string): boolean;
}

const attempts = 20;
const linesShown = 40;

/** Starts a server of a kind and waits until it is ready. */
export async function startServer(kind: ServerKind, options: ServerOptions): Promise<Server> {
  let child = await launch(kind, options);
  return {
    name: kind.name,
    url: kind.url,
    port: options.port,
    get pid() {
      return child.pid;
    },
    logFile: child.logFile,
    get ended() {
      return child.ended;
    },
    isRunning: () => child.isRunning(),
    stop: () => child.stop(),
    kill: () => child.kill(),
    restart: async () => {
      await child.stop();
      child = await launch(kind, options);
    },
  };
}

async function launch(kind: ServerKind, options: ServerOptions): Promise<ChildHandle> {
  for (let attempt = 1; ; attempt += 1) {
    const child = await begin(kind, options);
    if (await becomesReady(kind, child)) return child;
    const log = child.logged();
    const failure = failureOf(kind, child, log);
    await child.kill();
    if (attempt === attempts || !kind.passes?.(log)) throw failure;
    await sleep(500);
  }
}

async function begin(kind: ServerKind, options: ServerOptions): Promise<ChildHandle> {
  const identity = {
    name: kind.name,
    logFile: join(options.logDirectory ?? join(options.directory, 'logs'), `${kind.name}.log`),
    pidFile: join(options.runDirectory ?? join(options.directory, 'run'), `${kind.name}.pid`),
    signature: kind.signature,
    stopSignals: kind.stopSignals,
    patienceMs: 15_000,
  };
  await endOrphan(identity);
  await kind.prepare();
  await requireFreePort(options.port, kind.name, options.portSetting ?? 'the port setting');
  const child = await startProcess({ ...identity, ...kind.command() });
  options.onProcess?.(child);
  return child;
}

async function becomesReady(kind: ServerKind, child: ChildHandle): Promise<boolean> {
  const until = Date.now() + kind.readyWithinMs;
  while (child.isRunning() && Date.now() < until) {
    if (await kind.isReady(child.pid)) return true;
    await sleep(50);
  }
  return false;
}

function failureOf(kind: ServerKind, child: ChildHandle, log: string): Error {
  if (/No space left on device/.test(log)) {
    return new OperatorError(`The disk is full: ${kind.name} could not start. Make room and start again.`);
  }
  const what = child.isRunning()
    ? `${kind.name} was not ready within ${kind.readyWithinMs / 1000} s`
    : `${kind.name} ended while starting`;
  const end = log.trimEnd().split('\n').slice(-linesShown).join('\n');
  return new Error(`${what}. The end of its log, ${child.logFile}:\n${end}`);
}
