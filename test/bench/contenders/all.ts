import { serviceMemory } from '../../../deploy/local/platform/node-service.ts';
import { eventIdSql, jsonPayloadSql, payloadSql, type ContenderSpec } from './contender.ts';

const wardlineBacklog = `
INSERT INTO delivery.outbox (event_id, topic, key, payload, headers)
SELECT ${eventIdSql}, $1, 'key-' || n % $4, ${payloadSql},
       json_build_object('ce_id', ${eventIdSql}, 'ce_type', 'bench', 'content-type', 'application/avro')
FROM generate_series($2::bigint, $3::bigint) AS n`;

const plainBacklog = `
INSERT INTO outbox (event_id, topic, key, payload)
SELECT ${eventIdSql}, $1, 'key-' || n % $4, ${payloadSql} FROM generate_series($2::bigint, $3::bigint) AS n`;

const debeziumBacklog = `
INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload)
SELECT ${eventIdSql}, $1, 'key-' || n % $4, 'bench', ${payloadSql} FROM generate_series($2::bigint, $3::bigint) AS n`;

const pgTransactionalBacklog = `
INSERT INTO outbox (id, aggregate_type, aggregate_id, message_type, segment, payload)
SELECT ${eventIdSql}, $1, 'key-' || n % $4, 'bench', 'key-' || n % $4, ${jsonPayloadSql}
FROM generate_series($2::bigint, $3::bigint) AS n`;

const nestOutboxBacklog = `
INSERT INTO outbox_transport_event
       (event_name, event_payload, delivered_to_listeners, attempt_at, expire_at, inserted_at)
SELECT 'BalanceChanged',
       json_build_object('name', 'BalanceChanged', 'topic', $1::text, 'key', 'key-' || n % $4, 'eventId', ${eventIdSql},
                         'data', ${jsonPayloadSql} ->> 'data'),
       '[]', 0, 9000000000000, 0
FROM generate_series($2::bigint, $3::bigint) AS n`;

const idsOfPartition = 1_000_000;

function partitionsFor(lastId: number): string[] {
  return Array.from({ length: Math.floor(lastId / idsOfPartition) + 1 }, (_, number) => {
    const bounds = `FROM (${number * idsOfPartition}) TO (${(number + 1) * idsOfPartition})`;
    return `CREATE TABLE IF NOT EXISTS delivery.outbox_${number} PARTITION OF delivery.outbox FOR VALUES ${bounds}`;
  });
}

/** Ours. */
export const wardline: ContenderSpec = {
  name: 'Wardline',
  settings: 'as a service runs it, with its limits of memory',
  module: 'contenders/wardline.ts',
  options: {},
  process: serviceMemory,
  backlog: wardlineBacklog,
  roomFor: partitionsFor,
  mostEvents: Number.POSITIVE_INFINITY,
  keepsOrder: true,
};

/** Ours with a young generation of V8's standard size: what memory buys. */
export const wardlineWithRoom: ContenderSpec = {
  ...wardline,
  name: 'Wardline, with room',
  settings: 'the same without limits of memory',
  process: { flags: [], env: {} },
};

const debezium = { module: 'peers/debezium/debezium.store.ts', backlog: debeziumBacklog, keepsOrder: true } as const;
const pgTransactional = {
  module: 'peers/pg-transactional-outbox/pg-transactional-outbox.store.ts',
  backlog: pgTransactionalBacklog,
  keepsOrder: true,
} as const;
const nestOutbox = {
  module: 'peers/nest-outbox/nest-outbox.ts',
  backlog: nestOutboxBacklog,
  keepsOrder: false,
} as const;
const plain = { module: 'peers/plain/plain.store.ts', backlog: plainBacklog, keepsOrder: true } as const;

/** The peers, each at its defaults and at its best tuning that we found. */
export const peers: readonly ContenderSpec[] = [
  {
    ...debezium,
    name: 'Debezium',
    settings:
      'outbox event router 3.7, Connect 4.1 standalone, defaults of both, heap 256 MB to 2 GB as its script has it',
    options: { heap: ['-Xms256m', '-Xmx2g'], worker: {}, connector: {}, backlog: debeziumBacklog },
    mostEvents: Number.POSITIVE_INFINITY,
  },
  {
    ...debezium,
    name: 'Debezium, tuned',
    settings: 'polls every ms, batches of 20,480, queue of 81,920, producer batches of 512 kB, heap 2 GB',
    options: {
      heap: ['-Xms2g', '-Xmx2g', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'],
      worker: { 'offset.flush.interval.ms': '10000' },
      connector: {
        'poll.interval.ms': '1',
        'max.batch.size': '20480',
        'max.queue.size': '81920',
        'producer.override.batch.size': '524288',
        'producer.override.linger.ms': '0',
        'producer.override.buffer.memory': '134217728',
      },
      backlog: debeziumBacklog,
    },
    mostEvents: Number.POSITIVE_INFINITY,
  },
  {
    ...pgTransactional,
    name: 'pg-transactional-outbox, polling',
    settings: '0.5.7, its defaults: batches of 5 every 500 ms; one request per message',
    options: { listener: 'polling', send: 'one by one', settings: {}, backlog: pgTransactionalBacklog },
    mostEvents: 200,
  },
  {
    ...pgTransactional,
    name: 'pg-transactional-outbox, polling, tuned',
    settings:
      'a segment per key, batches of 20 every 20 ms, locked for 1 s, 16 connections, sends in one request what waits',
    options: {
      listener: 'polling',
      send: 'together',
      settings: {
        nextMessagesBatchSize: 20,
        nextMessagesPollingIntervalInMs: 20,
        // Its poller locks rows under way from time to time, their handlers fail, and this is when they are tried again.
        nextMessagesLockInMs: 1_000,
        maxAttempts: 10_000,
        messageCleanupIntervalInMs: 0,
      },
      connections: 16,
      backlog: pgTransactionalBacklog,
    },
    mostEvents: 2_000,
  },
  {
    ...pgTransactional,
    name: 'pg-transactional-outbox, replication',
    settings: 'its defaults: one message at a time; one request per message',
    options: { listener: 'replication', send: 'one by one', settings: {}, backlog: pgTransactionalBacklog },
    mostEvents: 5_000,
  },
  {
    ...pgTransactional,
    name: 'pg-transactional-outbox, replication, tuned',
    settings: 'a segment per key, segments at once, 16 connections, sends in one request what waits',
    options: {
      listener: 'replication',
      send: 'together',
      segmentsAtOnce: true,
      settings: { messageCleanupIntervalInMs: 0 },
      connections: 16,
      backlog: pgTransactionalBacklog,
    },
    mostEvents: 20_000,
  },
  {
    ...nestOutbox,
    name: 'nestjs-outbox',
    settings: '@fullstackhouse/nestjs-outbox 4.1.2 with TypeORM, as its README has it: 10 events every 30 s',
    options: {
      pollingInterval: 30_000,
      maxEventsPerPoll: 10,
      send: 'one by one',
      connections: 10,
      backlog: nestOutboxBacklog,
    },
    mostEvents: 20,
  },
  {
    ...nestOutbox,
    name: 'nestjs-outbox, tuned',
    settings: '200 events every 5 ms, 16 connections, sends in one request what waits',
    options: {
      pollingInterval: 5,
      maxEventsPerPoll: 200,
      send: 'together',
      connections: 16,
      backlog: nestOutboxBacklog,
    },
    mostEvents: 5_000,
  },
  {
    ...plain,
    name: 'plain poller',
    settings: 'pages of 100 every second, send and update one by one',
    options: { pageSize: 100, pollMs: 1_000, backlog: plainBacklog },
    mostEvents: 5_000,
  },
  {
    ...plain,
    name: 'plain poller, tuned',
    settings: 'pages of 1,000 every 5 ms, send and update one by one',
    options: { pageSize: 1_000, pollMs: 5, backlog: plainBacklog },
    mostEvents: 5_000,
  },
];
