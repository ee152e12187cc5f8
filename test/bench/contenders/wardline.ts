import { Decimal, StockMoved, Topic, type EventId, type TopicName } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent, type EventCodec, type Log } from '@wardline/event-handling';
import { KafkaSink } from '@wardline/kafka';
import { openDatabase, Outbox, OutboxRelay, type Database } from '@wardline/outbox';
import { noMetrics, testCodec } from '@wardline/testing';
import { eventId, keyOf, type BenchEvent, type Contender, type EventWriter, type Site } from './contender.ts';
import { changeBalance } from './sql-writer.store.ts';

/** Ours, as a service runs it: the relay in the process that writes, woken by its commits. */
export async function open({ batchSize }: { readonly batchSize?: number }): Promise<Contender> {
  const codec = forAnyTopic(await testCodec());
  let running: Running | undefined;
  let relay: OutboxRelay | undefined;
  return {
    prepare: async (site) => (await migrated(site, 2)).close(),
    start: async (site) => {
      running = { database: await migrated(site, 4), sink: await connectedSink(site) };
      const options = batchSize === undefined ? {} : { batchSize };
      relay = new OutboxRelay({
        pool: running.database.pool,
        sink: running.sink,
        log: quiet,
        metrics: noMetrics,
        ...options,
      });
      relay.start();
    },
    stop: async () => {
      await relay?.stop();
      await running?.sink.close();
      await running?.database.close();
      relay = undefined;
    },
    writer: async (site, connections): Promise<EventWriter> => {
      const database = await migrated(site, connections);
      const outbox = new Outbox(codec, { now: () => new Date() }, 'bench');
      outbox.onCommit(() => relay?.wake());
      const write = (event: BenchEvent): Promise<void> =>
        database.transaction(async (tx) => {
          tx.write(changeBalance, [keyOf(event)]);
          await outbox.add(tx, [movementOf(event, site.topic)]);
        });
      return { write, close: () => database.close() };
    },
    close: async () => undefined,
  };
}

interface Running {
  readonly database: Database;
  readonly sink: KafkaSink;
}

function migrated(site: Site, poolSize: number): Promise<Database> {
  return openDatabase({ url: site.databaseUrl, migrations: [], applicationName: 'bench', poolSize });
}

/** Connecting is no part of publishing: the peers' producers are connected too. */
async function connectedSink({ brokers }: Site): Promise<KafkaSink> {
  const sink = new KafkaSink({ brokers: brokers.split(','), clientId: 'bench', log: quiet });
  await sink.publish([]);
  return sink;
}

/** The real codec and the real contract; only the topic is the bench's. */
function forAnyTopic(codec: EventCodec): EventCodec {
  return {
    encode: (event) => codec.encode({ ...event, topic: Topic.InventoryStock }),
    decode: (topic, value) => codec.decode(topic, value),
  };
}

function movementOf(event: BenchEvent, topic: string): BusinessEvent {
  const key = keyOf(event);
  return businessEvent(topic as TopicName, key, StockMoved, {
    eventId: eventId(event.ordinal) as EventId,
    occurredAt: new Date(),
    movementType: 'CONSUMPTION',
    productCode: key,
    fromLocation: 'NORTH-ICU',
    toLocation: 'Consumption',
    lotNumber: null,
    serialNumber: null,
    expiryDate: null,
    quantity: new Decimal(1),
    unit: 'Units',
    reverses: null,
    ledgerPosition: BigInt(event.ordinal),
    actor: 'bench',
    interface: 'bench',
    reason: null,
  });
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
