import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portSettingOf, serviceNames, type LocalConfig } from '../config.ts';
import { endProcess, recordedPid } from '../platform/child-process.ts';
import { OperatorError } from '../platform/operator-error.mjs';
import { canListen } from '../platform/port.ts';
import { commandLineOf } from '../platform/process-table.ts';

/** The folders of one installation. */
export interface Home {
  readonly directory: string;
  readonly logs: string;
  readonly run: string;
}

const leastFreeBytes = 500 * 1024 * 1024;

/** Takes the state folder for this launcher; refuses when another one runs on it. Answers how to give it back. */
export function takeHome(config: LocalConfig, reset: boolean): { home: Home; giveBack: () => void } {
  const directory = config.WARDLINE_HOME;
  const home = { directory, logs: join(directory, 'logs'), run: join(directory, 'run') };
  const lock = join(home.run, 'launcher.pid');
  refuseSecondLauncher(lock);
  if (reset) rmSync(directory, { recursive: true, force: true });
  for (const folder of [directory, home.logs, home.run]) mkdirSync(folder, { recursive: true });
  refuseFullDisk(directory);
  writeFileSync(lock, `${process.pid}\n`);
  return { home, giveBack: () => rmSync(lock, { force: true }) };
}

/** Ends what a killed launcher left running, so that its ports and files are free. */
export async function endLeftovers(
  run: string,
  names: readonly string[],
  signatures: readonly string[],
): Promise<void> {
  const ours = (pid: number) => signatures.some((signature) => commandLineOf(pid)?.includes(signature));
  const pids = names.map((name) => recordedPid(join(run, `${name}.pid`))).filter((pid) => pid !== undefined);
  await Promise.all(pids.filter(ours).map((pid) => endProcess(pid, ['SIGTERM'], 8000)));
}

/** Refuses to start while a port is taken, naming every one and the setting that moves it. */
export async function refuseTakenPorts(config: LocalConfig): Promise<void> {
  const wanted = wantedPorts(config).map(async ([part, setting]) => {
    const port = Number(config[setting]);
    return (await canListen(port)) ? undefined : `port ${port} for ${part} is taken (move it with ${setting}=<port>)`;
  });
  const taken = (await Promise.all(wanted)).filter((line) => line !== undefined);
  if (taken.length === 0) return;
  throw new OperatorError(`Cannot start: ${taken.join('; ')}. Or stop the program that uses it.`);
}

function wantedPorts(config: LocalConfig): [part: string, setting: keyof LocalConfig][] {
  const ports: [string, keyof LocalConfig][] = serviceNames.map((name) => [name, portSettingOf(name)]);
  if (config.WARDLINE_HL7_PORT > 0) ports.push(['HL7 v2 (MLLP)', 'WARDLINE_HL7_PORT']);
  if (!config.KAFKA_BROKERS)
    ports.push(['Kafka', 'WARDLINE_KAFKA_PORT'], ["Kafka's controller", 'WARDLINE_KAFKA_CONTROLLER_PORT']);
  if (!config.SCHEMA_REGISTRY_URL) ports.push(['the schema registry', 'WARDLINE_REGISTRY_PORT']);
  if (!config.DATABASE_URL) ports.push(['PostgreSQL', 'WARDLINE_POSTGRES_PORT']);
  if (!config.ODOO_URL) ports.push(['the Odoo simulator', 'WARDLINE_SIMULATOR_PORT']);
  return ports;
}

function refuseSecondLauncher(lock: string): void {
  if (!existsSync(lock)) return;
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
  if (pid === process.pid || !commandLineOf(pid)?.includes('start')) return;
  throw new OperatorError(
    `Wardline already runs from this folder (process ${pid}). Stop it first: Ctrl-C in its terminal, or: kill ${pid}`,
  );
}

function refuseFullDisk(directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize >= leastFreeBytes) return;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new OperatorError(
    `The disk is nearly full: ${free} MB free at ${directory}, 500 MB are needed. Make room and start again.`,
  );
}
