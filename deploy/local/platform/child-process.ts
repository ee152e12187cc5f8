import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf, isAlive } from './process-table.ts';
import { guardChild, releaseChild } from './orphan-guard.ts';

/** How one part of the platform is run. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** User and group to run as; only root may set them. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly logFile: string;
  readonly pidFile: string;
  /** A piece of the command line that no other process has: tells our orphan from a stranger with its pid. */
  readonly signature: string;
  /** Signals to ask it to end, each given `patienceMs` before the next; SIGKILL follows by itself. */
  readonly stopSignals: readonly NodeJS.Signals[];
  readonly patienceMs: number;
}

/** A running child process. */
export interface ChildHandle {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** Ends it in an orderly way, by force when it does not answer. */
  stop(): Promise<void>;
  /** SIGKILL, for tests of recovery. */
  kill(): Promise<void>;
}

const rotateAbove = 20 * 1024 * 1024;

/** Starts a child in its own process group (Ctrl-C reaches only the launcher), its output appended to its log. */
export async function startProcess(spec: ProcessSpec): Promise<ChildHandle> {
  await endOrphan(spec);
  const child = spawnLogged(spec);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${spec.name} could not be started: ${await ended}`);
  guardChild(pid);
  writeFileSync(spec.pidFile, `${pid}\n`);
  void ended.then(() => {
    releaseChild(pid);
    if (recordedPid(spec.pidFile) === pid) rmSync(spec.pidFile, { force: true });
  });
  child.unref();
  return handleOf(spec, child, pid, ended);
}

function handleOf(spec: ProcessSpec, child: ChildProcess, pid: number, ended: Promise<string>): ChildHandle {
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    child.ref();
    if (isRunning()) process.kill(pid, 'SIGKILL');
    await ended;
  };
  const stop = async () => {
    child.ref();
    for (const signal of spec.stopSignals) {
      if (!isRunning()) break;
      process.kill(pid, signal);
      await Promise.race([ended, sleep(spec.patienceMs, undefined, { ref: false })]);
    }
    await kill();
  };
  return { name: spec.name, pid, logFile: spec.logFile, ended, isRunning, stop, kill };
}

function spawnLogged(spec: ProcessSpec): ChildProcess {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  mkdirSync(dirname(spec.pidFile), { recursive: true });
  if (existsSync(spec.logFile) && statSync(spec.logFile).size > rotateAbove)
    renameSync(spec.logFile, `${spec.logFile}.1`);
  const log = openSync(spec.logFile, 'a');
  try {
    return spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...spec.user,
    });
  } finally {
    closeSync(log);
  }
}

/** Ends what an earlier run left behind, if the pid file and the command line agree that it is ours. */
export async function endOrphan(
  spec: Pick<ProcessSpec, 'pidFile' | 'signature' | 'stopSignals' | 'patienceMs'>,
): Promise<void> {
  const pid = recordedPid(spec.pidFile);
  if (pid !== undefined && commandLineOf(pid)?.includes(spec.signature))
    await endProcess(pid, spec.stopSignals, spec.patienceMs);
  rmSync(spec.pidFile, { force: true });
}

/** Ends a process that is not our child: the signals in turn, then SIGKILL. */
export async function endProcess(pid: number, signals: readonly NodeJS.Signals[], patienceMs: number): Promise<void> {
  for (const signal of [...signals, 'SIGKILL' as const]) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const until = Date.now() + patienceMs;
    while (isAlive(pid) && Date.now() < until) await sleep(50);
  }
}

/** The pid that a pid file names; undefined when there is none. */
export function recordedPid(pidFile: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** The last lines of a log, for an error message. */
export function tailOf(logFile: string, lines = 15): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
