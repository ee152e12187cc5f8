import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, Topic } from '@wardline/event-contracts';
import { AvroCodec, provisionTopics } from '@wardline/kafka';
import { startKafka, type Server } from '@wardline/local-platform';
import { serveContracts, silentLog } from '@wardline/testing';
import type { Part } from '../cast/orders.ts';
import type { Random } from '../random.ts';
import { freeStagePort } from './free-port.ts';
import { PlayerProcess } from './player-process.ts';
import { Site } from './site.ts';
import { TcpLink } from './tcp-link.ts';
import { Topics } from './topics.ts';

/** How a stage is set up. */
export interface StageOptions {
  /** An empty folder; Postgres may run as another user than we. */
  readonly directory: string;
  readonly random: Random;
  /** The promise that every player breaks; null for none. */
  readonly mutation: string | null;
  /** Nodes of the Kafka cluster. */
  readonly brokers: 1 | 3;
}

/** A node of Kafka, and the link that everybody reaches it by. */
export interface Broker {
  readonly server: Server;
  readonly link: TcpLink;
}

interface Built {
  readonly origin: Site;
  readonly target: Site;
  readonly brokers: readonly Broker[];
  readonly registryLink: TcpLink;
  readonly topics: Topics;
  readonly players: readonly PlayerProcess[];
}

/** What the players read and write. */
export const stageTopics = { events: Topic.InventoryConsumption, followUps: Topic.InventoryStock };

/**
 * Real servers and processes: business writers and two relays on one Postgres (origin), Kafka, two consumers that also
 * publish on another Postgres (target). Every connection of the players goes by way of a link.
 */
export class Stage {
  readonly origin: Site;
  readonly target: Site;
  readonly brokers: readonly Broker[];
  readonly registryLink: TcpLink;
  readonly topics: Topics;
  readonly #players: ReadonlyMap<string, PlayerProcess>;

  private constructor({ origin, target, brokers, registryLink, topics, players }: Built) {
    this.origin = origin;
    this.target = target;
    this.brokers = brokers;
    this.registryLink = registryLink;
    this.topics = topics;
    this.#players = new Map(players.map((player) => [player.part.name, player]));
  }

  static async start(options: StageOptions): Promise<Stage> {
    const { directory, random } = options;
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o755);
    const chance = (): number => random.next();
    const [origin, target, brokers, registryLink] = await Promise.all([
      Site.start(join(directory, 'origin'), chance),
      Site.start(join(directory, 'target'), chance),
      startBrokers(directory, options.brokers, chance),
      serveContracts().then((url) => TcpLink.open(Number(new URL(url).port), chance)),
    ]);
    const registryUrl = `http://127.0.0.1:${registryLink.port}`;
    const addresses = brokers.map(({ link }) => `127.0.0.1:${link.port}`);
    const topicsUsed = catalogue.filter(({ name }) => Object.values<string>(stageTopics).includes(name));
    const connection = { brokers: addresses, clientId: 'chaos-stage' };
    await provisionTopics({ ...connection, replicationFactor: options.brokers, log: silentLog, topics: topicsUsed });
    const codec = await AvroCodec.open({ registryUrl, register: false, log: silentLog });
    const players = castOf(options, { origin, target, brokers: addresses.join(','), registryUrl });
    const topics = new Topics(addresses, codec);
    const stage = new Stage({ origin, target, brokers, registryLink, topics, players });
    await stage.#begin();
    return stage;
  }

  player(name: PlayerName): PlayerProcess {
    return this.#players.get(name)!;
  }

  get players(): readonly PlayerProcess[] {
    return [...this.#players.values()];
  }

  /** The Kafka of a stage with one broker, the first of one with three. */
  get kafka(): Server {
    return this.brokers[0]!.server;
  }

  get kafkaLink(): TcpLink {
    return this.brokers[0]!.link;
  }

  get links(): readonly TcpLink[] {
    return [this.origin.link, this.target.link, ...this.brokers.map(({ link }) => link), this.registryLink];
  }

  /** Ends every fault: links as they should be, servers and players up, nobody stopped, nothing armed. */
  async heal(): Promise<void> {
    for (const link of this.links) link.heal();
    for (const player of this.players) {
      player.send({ do: 'disarm' });
      player.resume();
    }
    const servers = [this.origin.server, this.target.server, ...this.brokers.map(({ server }) => server)];
    await Promise.all(servers.filter((server) => !server.isRunning()).map((server) => server.restart()));
    await Promise.all(this.players.map((player) => startedAtLast(player)));
  }

  /** Ends every player and starts all anew; they break this promise, or none. */
  async recast(mutation: string | null): Promise<void> {
    await Promise.all(this.players.map((player) => player.kill()));
    for (const player of this.players) player.recast(mutation);
    await this.heal();
  }

  async stop(): Promise<void> {
    await Promise.all(this.players.map((player) => player.retire()));
    const brokers = this.brokers.map(({ server }) => server.stop());
    await Promise.all([this.origin.close(), this.target.close(), ...brokers]);
    for (const link of this.links) link.close();
  }

  /** The first players migrate their databases; only then is there something to watch. */
  async #begin(): Promise<void> {
    await Promise.all([this.player('relay-1').start(), this.player('consumer-1').start()]);
    await Promise.all([this.origin.evidence.prepareOrigin(), this.target.evidence.prepareTarget()]);
    await this.heal();
  }
}

/** One may die of a fault that is not over yet while it starts: it is started again. */
async function startedAtLast(player: PlayerProcess): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await player.start();
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** Soon started and soon warm, because it is killed and started again so often: Java's first compiler only. */
const jvm = ['-Xms160m', '-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:ReservedCodeCacheSize=64m'];

async function startBrokers(directory: string, count: 1 | 3, chance: () => number): Promise<Broker[]> {
  const nodes = Array.from({ length: count }, (_, index) => index + 1);
  const controllerPorts = await Promise.all(nodes.map(() => freeStagePort()));
  return Promise.all(
    nodes.map(async (node) => {
      const port = await freeStagePort();
      const link = await TcpLink.open(port, chance, await freeStagePort());
      const cluster = { node, controllerPorts };
      const home = join(directory, `kafka-${node}`);
      return { link, server: await startKafka({ directory: home, port, advertisedPort: link.port, cluster, jvm }) };
    }),
  );
}

/** Who plays. */
export type PlayerName = 'writer' | 'relay-1' | 'relay-2' | 'consumer-1' | 'consumer-2';

const roles: Readonly<Record<PlayerName, Part['roles']>> = {
  writer: ['write'],
  'relay-1': ['relay'],
  'relay-2': ['relay'],
  'consumer-1': ['consume', 'relay'],
  'consumer-2': ['consume', 'relay'],
};

function castOf(
  { directory, mutation }: StageOptions,
  to: { readonly origin: Site; readonly target: Site; readonly brokers: string; readonly registryUrl: string },
): PlayerProcess[] {
  const { brokers, registryUrl } = to;
  return (Object.keys(roles) as PlayerName[]).map((name) => {
    const { url } = roles[name].includes('consume') ? to.target : to.origin;
    const part = { name, roles: roles[name], databaseUrl: url, brokers, registryUrl, clockOffMs: 0, mutation };
    return new PlayerProcess(part, join(directory, 'logs', `${name}.log`));
  });
}
