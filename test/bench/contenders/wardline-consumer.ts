import { StockMoved } from '@wardline/event-contracts';
import {
  causedBy,
  Handles,
  type BatchProcessor,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { KafkaSink, KafkaTransport } from '@wardline/kafka';
import { HandlerRegistry, MessagePipeline, openDatabase, Outbox, OutboxRelay, type Database } from '@wardline/outbox';
import { noMetrics } from '@wardline/testing';
import { ordinalOf, type Contender, type Site } from './contender.ts';
import { wallClock } from './load.ts';
import { benchCodec, movementOf, quiet } from './movements.ts';
import { changeBalance } from './sql-writer.store.ts';

/** Which kind of handler. */
export interface ConsumerOptions {
  readonly handler: 'batch' | 'one by one';
  /** Most commits that `committedAt` keeps. */
  readonly remember?: number;
}

type Movement = Envelope<StockMoved>;

/** One event out for each one in, of the same key and ordinal. */
function followUp({ data, key }: Movement, topic: string): BusinessEvent {
  const event = movementOf({ ordinal: Number(data.ledgerPosition), keys: 1 }, topic);
  return { ...event, key: key ?? '' };
}

class OneByOne {
  readonly #topic: string;

  constructor(topic: string) {
    this.#topic = topic;
  }

  async handle(movement: Movement, tx: Transaction): Promise<BusinessEvent[]> {
    tx.write(changeBalance, [movement.key]);
    return [followUp(movement, this.#topic)];
  }
}

const changeBalances = `
UPDATE balance SET quantity = quantity - used FROM unnest($1::text[], $2::int[]) AS use (key, used)
 WHERE balance.key = use.key`;

class Batch {
  readonly #topic: string;

  constructor(topic: string) {
    this.#topic = topic;
  }

  async handleBatch(movements: readonly Movement[], tx: Transaction): Promise<BusinessEvent[]> {
    const used = Map.groupBy(movements, ({ key }) => key);
    tx.write(changeBalances, [[...used.keys()], [...used.values()].map(({ length }) => length)]);
    return movements.flatMap((movement) => causedBy(movement, [followUp(movement, this.#topic)]));
  }
}

// Node strips types but knows no decorators.
Handles(StockMoved)(OneByOne);
Handles(StockMoved)(Batch);

/** Ours, as a service runs it: transport, pipeline, outbox and relay in one process. */
export async function open({ handler, remember = 0 }: ConsumerOptions): Promise<Contender> {
  const codec = await benchCodec();
  const clock = await wallClock();
  const committedAt = new Float64Array(remember);
  let stop = async (): Promise<void> => undefined;
  return {
    prepare: async (site) => (await migrated(site)).close(),
    start: async (site) => {
      committedAt.fill(0);
      const database = await migrated(site);
      const outbox = new Outbox(codec, { now: () => new Date() }, 'bench');
      const relay = await startRelay(site, database, outbox);
      const registry = new HandlerRegistry([handler === 'batch' ? new Batch(site.topic) : new OneByOne(site.topic)]);
      const parts = {
        database,
        outbox,
        codec,
        registry,
        clock: { now: () => new Date() },
        log: quiet,
        metrics: noMetrics,
      };
      const pipeline = new MessagePipeline({ consumer: site.name, ...parts });
      const transport = await startTransport(site, remember > 0 ? noting(pipeline, committedAt, clock) : pipeline);
      stop = async () => {
        await transport.close();
        await relay();
        await database.close();
      };
    },
    stop: () => stop(),
    committedAt: () => committedAt,
    close: async () => undefined,
  };
}

function migrated(site: Site): Promise<Database> {
  return openDatabase({ url: site.databaseUrl, migrations: [], applicationName: 'bench' });
}

async function startRelay(site: Site, database: Database, outbox: Outbox): Promise<() => Promise<void>> {
  const sink = new KafkaSink({ brokers: site.brokers.split(','), clientId: 'bench', log: quiet });
  await sink.publish([]);
  const relay = new OutboxRelay({ pool: database.pool, sink, log: quiet, metrics: noMetrics });
  outbox.onCommit(() => relay.wake());
  relay.start();
  return async () => {
    await relay.stop();
    await sink.close();
  };
}

async function startTransport(site: Site, processor: BatchProcessor): Promise<KafkaTransport> {
  const transport = new KafkaTransport({
    brokers: site.brokers.split(','),
    clientId: 'bench',
    groupId: site.name,
    topics: [site.input ?? ''],
    processor,
    log: quiet,
  });
  await new Promise<void>((done, fail) => transport.listen((error) => (error ? fail(error) : done())));
  return transport;
}

/** Notes when each message was committed: the pipeline answers after its commit. */
function noting(pipeline: MessagePipeline, committedAt: Float64Array, clock: () => number): BatchProcessor {
  return {
    claim: (topic, partition) => pipeline.claim(topic, partition),
    process: async (records, claim) => {
      const next = await pipeline.process(records, claim);
      const now = clock();
      for (const { headers } of records) committedAt[ordinalOf(headers['ce_id'] ?? '')] ||= now;
      return next;
    },
  };
}
