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
import { setPriority } from 'node:os';
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
  /** How far it stands back where processors are short (nice, 0 to 19); 0 unless given. */
  readonly niceness?: number;
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
  /** What its log got since it was started; what is left of a killed predecessor may write there too. */
  logged(): string;
  /** Ends it in an orderly way, by force when it does not answer. */
  stop(): Promise<void>;
  /** SIGKILL, for tests of recovery. */
  kill(): Promise<void>;
}

const rotateAbove = 20 * 1024 * 1024;

/** Starts a child in its own process group (Ctrl-C reaches only the launcher), its output appended to its log. */
export async function startProcess(spec: ProcessSpec): Promise<ChildHandle> {
  await endOrphan(spec);
  rotateLog(spec.logFile);
  const logFrom = existsSync(spec.logFile) ? statSync(spec.logFile).size : 0;
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
  const logged = () => readFileSync(spec.logFile).subarray(logFrom).toString();
  return { ...handleOf(spec, child, pid, ended), logged };
}

function handleOf(
  spec: ProcessSpec,
  child: ChildProcess,
  pid: number,
  ended: Promise<string>,
): Omit<ChildHandle, 'logged'> {
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

function rotateLog(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > rotateAbove) renameSync(logFile, `${logFile}.1`);
}

function spawnLogged(spec: ProcessSpec): ChildProcess {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  mkdirSync(dirname(spec.pidFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  try {
    const child = spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
      ...spec.user,
    });
    if (child.pid !== undefined && spec.niceness) standBack(child.pid, spec.niceness);
    return child;
  } finally {
    closeSync(log);
  }
}

/** Linux weighs sessions against one another where it groups by session, processes where it does not. */
function standBack(pid: number, niceness: number): void {
  setPriority(pid, niceness);
  const group = `/proc/${pid}/autogroup`;
  if (existsSync(group)) writeFileSync(group, String(niceness));
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
