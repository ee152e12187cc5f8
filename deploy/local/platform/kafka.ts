import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../config.ts';
import { fetchJavaParts, kafkaJars, requireJava } from './java-parts.mjs';
import { listsLiveBroker } from './kafka-wire.ts';
import { freePort, requireFreePort } from './port.ts';
import type { Server, ServerOptions } from './server.ts';
import { startServer } from './start-server.ts';

/** Where Kafka listens besides its clients' port. */
export interface KafkaOptions extends ServerOptions {
  /** Port of the KRaft controller; a free one when absent. */
  readonly controllerPort?: number;
  readonly controllerPortSetting?: string;
  /** Port that clients are told to come to: one that leads here by way of something else. Its own when absent. */
  readonly advertisedPort?: number;
  /** Where it is one of several nodes, started at the same time: its number from 1, and the controller port of each. */
  readonly cluster?: { readonly node: number; readonly controllerPorts: readonly number[] };
  /** Java's own options, in place of those of a small and soon started node. */
  readonly jvm?: readonly string[];
  /** Broker settings besides those of a small single node. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

/** Fixed, so that a cluster formatted by any start is the same cluster. */
const clusterId = 'V2FyZGxpbmUtbG9jYWwtMQ';

/** Small, but with Java's second compiler: without it the broker takes a third more of two busy cores (test/bench, latency). */
const heap = [
  ...['-Xms160m', '-Xmn96m', '-Xmx320m', '-XX:+UseSerialGC', '-Xss512k'],
  ...['-XX:ReservedCodeCacheSize=96m', '-XX:MaxDirectMemorySize=128m'],
];

/** What a cluster of one node on a small machine does with less of. */
const singleNode = {
  'num.partitions': 6,
  'default.replication.factor': 1,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 6,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 3,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  // A node that comes back after a hard kill is let in when the session of its former self has run out.
  'broker.session.timeout.ms': 4000,
  'broker.heartbeat.interval.ms': 500,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
  'num.network.threads': 2,
  'num.io.threads': 4,
  'background.threads': 4,
  'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
} as const;

/** A record is acknowledged when two of three have it, so that any one may go. */
const severalNodes = {
  'default.replication.factor': 3,
  'min.insync.replicas': 2,
  'offsets.topic.replication.factor': 3,
  'transaction.state.log.replication.factor': 3,
  'transaction.state.log.min.isr': 2,
  'share.coordinator.state.topic.replication.factor': 3,
  'replica.lag.time.max.ms': 4000,
} as const;

/** Starts Apache Kafka as one KRaft node, broker and controller; `url` is the bootstrap address. */
export async function startKafka(options: KafkaOptions): Promise<Server> {
  await Promise.all([requireJava(), fetchJavaParts()]);
  const home = resolve(options.directory);
  const properties = join(home, 'server.properties');
  const { node, controllerPorts } = options.cluster ?? {
    node: 1,
    controllerPorts: [options.controllerPort ?? (await freePort())],
  };
  const prepare = async () => {
    const setting = options.controllerPortSetting ?? 'the port setting';
    await requireFreePort(controllerPorts[node - 1]!, "Kafka's controller", setting);
    await prepareStorage(home, properties, configuration(home, options, { node, controllerPorts }));
  };
  const args = [...(options.jvm ?? heap), ...javaArguments(), 'kafka.Kafka', properties];
  return startServer(
    {
      name: 'kafka',
      url: `127.0.0.1:${options.port}`,
      prepare,
      command: () => ({ command: 'java', args, env: environment() }),
      signature: properties,
      stopSignals: ['SIGTERM'],
      isReady: () => listsLiveBroker(options.port),
      readyWithinMs: 120_000,
      // An orphan that is being ended may hold the folder's lock for a moment.
      passes: (log) => /Failed to acquire lock on file .lock/.test(log),
    },
    options,
  );
}

function environment(): NodeJS.ProcessEnv {
  // One allocation arena per thread would cost more memory than it saves time.
  return { ...inheritedEnvironment(), MALLOC_ARENA_MAX: '2' };
}

function javaArguments(): string[] {
  const logging = [
    'defaultLogLevel=warn',
    'showDateTime=true',
    'dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
    'log.kafka.server=info',
  ];
  return [
    '-Djava.awt.headless=true',
    ...logging.map((setting) => `-Dorg.slf4j.simpleLogger.${setting}`),
    '-cp',
    join(kafkaJars(), '*'),
  ];
}

function configuration(
  home: string,
  { port, advertisedPort = port, settings: own }: KafkaOptions,
  { node, controllerPorts }: NonNullable<KafkaOptions['cluster']>,
): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': controllerPorts.map((at, index) => `${index + 1}@127.0.0.1:${at}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPorts[node - 1]}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(home, 'data'),
    'auto.create.topics.enable': false,
    ...singleNode,
    ...(controllerPorts.length > 1 ? severalNodes : {}),
    ...own,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

// The mark is written last: storage without it was never finished, so there is nothing in it to lose.
async function prepareStorage(home: string, properties: string, settings: string): Promise<void> {
  mkdirSync(home, { recursive: true });
  writeFileSync(properties, settings);
  const formatted = join(home, 'formatted');
  if (existsSync(formatted)) return;
  rmSync(join(home, 'data'), { recursive: true, force: true });
  const format = ['format', '--cluster-id', clusterId, '--config', properties];
  await promisify(execFile)(
    'java',
    ['-XX:TieredStopAtLevel=1', ...javaArguments(), 'kafka.tools.StorageTool', ...format],
    { env: environment() },
  );
  writeFileSync(formatted, `${clusterId}\n`);
}
