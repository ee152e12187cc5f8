import { serviceMemory } from '../../../deploy/local/platform/node-service.ts';
import type { ContenderSpec } from './contender.ts';

/** A contender that consumes. */
export interface ConsumerSpec extends ContenderSpec {
  /** What its input is made of. */
  readonly input: 'avro' | 'json';
}

const ours = {
  module: 'contenders/wardline-consumer.ts',
  process: serviceMemory,
  backlog: '',
  mostEvents: Number.POSITIVE_INFINITY,
  keepsOrder: true,
  input: 'avro',
} as const;
const nest = {
  module: 'contenders/nest-kafka.store.ts',
  backlog: '',
  mostEvents: 10_000,
  keepsOrder: true,
  input: 'json',
} as const;

/** The least that anybody has to do, in one process of Node, with the same libraries. */
export const bareConsumer: ConsumerSpec = {
  name: 'bare kafkajs and pg (floor)',
  settings:
    'a transaction of four statements and a request to the broker per fetched batch, six partitions at a time; bytes in and out, no relay; repeats and loses what a crash falls between',
  module: 'contenders/bare-consumer.store.ts',
  options: {},
  backlog: '',
  mostEvents: Number.POSITIVE_INFINITY,
  keepsOrder: true,
  input: 'avro',
};

/** Who consumes: ours first. */
export const consumers: readonly ConsumerSpec[] = [
  {
    ...ours,
    name: 'Wardline, batch handler',
    settings:
      'inbox, one update for a batch, outbox and relay, as a service runs it, with its limits of memory; Avro in and out',
    options: { handler: 'batch' },
  },
  {
    ...ours,
    name: 'Wardline, one-by-one handler',
    settings: 'the same with an update for each message',
    options: { handler: 'one by one' },
  },
  {
    ...ours,
    name: 'Wardline, batch handler, with room',
    settings: 'without limits of memory',
    options: { handler: 'batch' },
    process: { flags: [], env: {} },
  },
  {
    ...nest,
    name: 'Nest Kafka server',
    settings: 'its defaults: one partition at a time, a transaction per message, then emit; JSON, no inbox, no outbox',
    options: { concurrency: 1 },
  },
  {
    ...nest,
    name: 'Nest Kafka server, tuned',
    settings: 'six partitions at a time',
    options: { concurrency: 6 },
  },
];
