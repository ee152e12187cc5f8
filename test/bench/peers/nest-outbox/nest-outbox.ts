import type { Producer } from 'kafkajs';
import type { Contender, Site } from '../../contenders/contender.ts';
import { sqlWriter } from '../../contenders/sql-writer.store.ts';
import { library } from '../library.ts';
import { connectedProducer, oneByOne, together, type Send } from '../producer.ts';

/** How the module is registered. */
export interface Options {
  readonly pollingInterval: number;
  readonly maxEventsPerPoll: number;
  readonly send: 'one by one' | 'together';
  /** Connections of its DataSource. */
  readonly connections: number;
  readonly backlog: string;
}

interface Payload {
  readonly topic: string;
  readonly key: string;
  readonly eventId: string;
  readonly data: string;
}

interface DataSource {
  initialize(): Promise<unknown>;
  destroy(): Promise<void>;
}

interface Typeorm {
  readonly DataSource: new (options: unknown) => DataSource;
}

interface Driver {
  readonly TypeOrmOutboxTransportEvent: unknown;
  readonly TypeORMDatabaseDriverFactory: new (source: DataSource) => object;
}

interface OutboxLibrary {
  readonly OnEvent: (name: string) => MethodDecorator;
  readonly OutboxModule: { registerAsync(options: unknown): object };
}

interface NestCore {
  readonly NestFactory: {
    createApplicationContext(module: unknown, options: unknown): Promise<{ close(): Promise<void> }>;
  };
}

const eventName = 'BalanceChanged';

/** https://github.com/fullstackhouse/nestjs-outbox with its TypeORM driver: a listener that sends to Kafka. */
export async function open(options: Options): Promise<Contender> {
  library('reflect-metadata');
  const { NestFactory } = library<NestCore>('@nestjs/core');
  let app: { close(): Promise<void> } | undefined;
  let source: DataSource | undefined;
  let producer: Producer | undefined;
  return {
    prepare: (site) => prepare(site),
    start: async (site) => {
      producer = await connectedProducer(site.brokers);
      source = await dataSource(site, options.connections);
      const send = options.send === 'together' ? together(producer) : oneByOne(producer);
      app = await NestFactory.createApplicationContext(moduleOf(source, send, options), { logger: ['error'] });
    },
    stop: async () => {
      await app?.close();
      await source?.destroy();
      await producer?.disconnect();
    },
    writer: (site, connections) => sqlWriter(site, connections, options.backlog),
    close: async () => undefined,
  };
}

function moduleOf(source: DataSource, send: Send, options: Options): object {
  const { OnEvent, OutboxModule } = library<OutboxLibrary>('@fullstackhouse/nestjs-outbox');
  const { TypeORMDatabaseDriverFactory } = library<Driver>('@fullstackhouse/nestjs-outbox-typeorm-driver');
  class Publisher {
    handle({ topic, key, eventId, data }: Payload): Promise<void> {
      return send(topic, { key, value: JSON.stringify({ data }), headers: { ce_id: eventId } });
    }
  }
  OnEvent(eventName)(Publisher.prototype, 'handle', Object.getOwnPropertyDescriptor(Publisher.prototype, 'handle')!);
  const outbox = OutboxModule.registerAsync({
    imports: [],
    isGlobal: true,
    enableDefaultMiddlewares: false, // it logs two lines an event
    useFactory: () => ({
      driverFactory: new TypeORMDatabaseDriverFactory(source),
      // The listener's settings of its documentation.
      events: [
        { name: eventName, listeners: { retentionPeriod: 86_400_000, maxExecutionTime: 15_000, maxRetries: 5 } },
      ],
      pollingInterval: options.pollingInterval,
      maxEventsPerPoll: options.maxEventsPerPoll,
    }),
  });
  return { module: class Bench {}, imports: [outbox], providers: [Publisher] };
}

async function dataSource(site: Site, connections: number, synchronize = false): Promise<DataSource> {
  const { DataSource } = library<Typeorm>('typeorm');
  const driver = library<Driver>('@fullstackhouse/nestjs-outbox-typeorm-driver');
  const source = new DataSource({
    type: 'postgres',
    url: site.databaseUrl,
    entities: [driver.TypeOrmOutboxTransportEvent],
    synchronize,
    extra: { max: connections },
  });
  await source.initialize();
  return source;
}

/** By its entity: TypeORM refuses the names of the migrations that it brings along. */
async function prepare(site: Site): Promise<void> {
  await (await dataSource(site, 1, true)).destroy();
}
