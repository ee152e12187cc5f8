import pg from 'pg';
import type { Producer } from 'kafkajs';
import type { Contender, Site } from '../../contenders/contender.ts';
import { sqlWriter } from '../../contenders/sql-writer.store.ts';
import { library } from '../library.ts';
import { connectedProducer, oneByOne, together } from '../producer.ts';

/** Which of its two listeners, and what differs from its defaults. */
export interface Options {
  readonly listener: 'polling' | 'replication';
  /** One request per message, or what waits meanwhile in one. */
  readonly send: 'one by one' | 'together';
  /** Settings of its listener, as its documentation calls them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of the replication listener: messages of different keys at once. */
  readonly segmentsAtOnce?: boolean;
  /** Connections of the listener; default of `pg` when absent. */
  readonly connections?: number;
  readonly backlog: string;
}

interface StoredMessage {
  readonly id: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly payload: unknown;
}

type Shutdown = () => Promise<void>;
type Listen = (config: unknown, handler: { handle: unknown }, logger: unknown, strategies?: unknown) => [Shutdown];

interface Library {
  readonly DatabaseSetup: Readonly<Record<string, (config: Readonly<Record<string, string>>) => string>>;
  readonly initializePollingMessageListener: Listen;
  readonly initializeReplicationMessageListener: Listen;
  readonly createReplicationSegmentMutexConcurrencyController: () => unknown;
}

const names = { publication: 'peer_publication', nextMessages: 'next_outbox_messages' } as const;

/** https://github.com/Zehelein/pg-transactional-outbox: its listener, with a handler that sends to Kafka. */
export async function open(options: Options): Promise<Contender> {
  const peer = library<Library>('pg-transactional-outbox');
  let shutdown: Shutdown = async () => undefined;
  let producer: Producer | undefined;
  return {
    prepare: (site) => prepare(peer, site, options),
    start: async (site) => {
      producer = await connectedProducer(site.brokers);
      const send = options.send === 'together' ? together(producer) : oneByOne(producer);
      const handle = ({ id, aggregateType: topic, aggregateId: key, payload }: StoredMessage): Promise<void> =>
        send(topic, { key, value: JSON.stringify(payload), headers: { ce_id: id } });
      [shutdown] = listen(peer, site, options)({ handle });
    },
    stop: async () => {
      await shutdown();
      await producer?.disconnect();
    },
    writer: (site, connections) => sqlWriter(site, connections, options.backlog),
    close: async () => undefined,
  };
}

function listen(peer: Library, site: Site, options: Options): (handler: { handle: unknown }) => [Shutdown] {
  const url = new URL(site.databaseUrl);
  const config = {
    outboxOrInbox: 'outbox',
    dbListenerConfig: {
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: url.password,
      database: url.pathname.slice(1),
      ...(options.connections === undefined ? {} : { max: options.connections }),
    },
    settings: {
      dbSchema: 'public',
      dbTable: 'outbox',
      // What its documentation calls the defaults of the outbox.
      enableMaxAttemptsProtection: false,
      enablePoisonousMessageProtection: false,
      nextMessagesFunctionName: names.nextMessages,
      dbPublication: names.publication,
      dbReplicationSlot: slotOf(site),
      ...options.settings,
    },
  };
  if (options.listener === 'polling')
    return (handler) => peer.initializePollingMessageListener(config, handler, silent, strategiesOf(options));
  const strategies = options.segmentsAtOnce
    ? { concurrencyStrategy: peer.createReplicationSegmentMutexConcurrencyController() }
    : {};
  return (handler) => peer.initializeReplicationMessageListener(config, handler, silent, strategies);
}

/** Its default begins with batches of one, as many times as a batch is large; a tuned service has left that behind it. */
function strategiesOf({ settings }: Options): object {
  const size = settings['nextMessagesBatchSize'];
  return size === undefined ? {} : { batchSizeStrategy: async () => size };
}

async function prepare({ DatabaseSetup }: Library, site: Site, { listener }: Options): Promise<void> {
  const database = new URL(site.databaseUrl).pathname.slice(1);
  const config = {
    outboxOrInbox: 'outbox',
    database,
    schema: 'public',
    table: 'outbox',
    listenerRole: 'postgres',
    publication: names.publication,
    replicationSlot: slotOf(site),
    nextMessagesName: names.nextMessages,
  };
  const steps =
    listener === 'polling'
      ? ['dropAndCreateTable', 'createPollingFunction', 'setupPollingIndexes']
      : ['dropAndCreateTable', 'setupReplicationCore', 'setupReplicationSlot'];
  const client = new pg.Client({ connectionString: site.databaseUrl });
  await client.connect();
  // A slot is created in a transaction of its own, so statement by statement.
  for (const step of steps)
    for (const statement of statements(DatabaseSetup[step]!(config))) await client.query(statement);
  await client.end();
}

function statements(sql: string): string[] {
  return sql.includes('$BODY$')
    ? [sql]
    : sql.split(';').filter((statement) => statement.replace(/--.*$/gm, '').trim() !== '');
}

function slotOf(site: Site): string {
  return `slot_${site.name}`;
}

const ignore = (): void => undefined;
/** It logs whole messages; the sentence is enough. */
const complain = (error: unknown): void => console.error(`pg-transactional-outbox: ${String(error)}`);
const silent = {
  level: 'silent',
  fatal: complain,
  error: complain,
  warn: ignore,
  info: ignore,
  debug: ignore,
  trace: ignore,
};
