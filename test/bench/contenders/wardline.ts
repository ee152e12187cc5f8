import type { Transaction } from '@wardline/event-handling';
import { KafkaSink } from '@wardline/kafka';
import { openDatabase, Outbox, OutboxRelay, type Database } from '@wardline/outbox';
import { noMetrics } from '@wardline/testing';
import { eventId, keyOf, type BenchEvent, type Contender, type EventWriter, type Site } from './contender.ts';
import { changeBalance, livePayloadBytes } from './sql-writer.store.ts';
import { benchCodec, movementOf, quiet } from './movements.ts';

/** What differs from how a service runs it. */
export interface WardlineOptions {
  /** What a business transaction adds: an event, its bare row as a floor, or nothing. */
  readonly adds?: 'through the outbox' | 'by a raw insert' | 'nothing';
  readonly relay?: { readonly retentionHours?: number };
}

/** Ours, as a service runs it: the relay in the process that writes, woken by its commits. */
export async function open({ adds = 'through the outbox', relay: settings = {} }: WardlineOptions): Promise<Contender> {
  const codec = await benchCodec();
  let running: Running | undefined;
  let relay: OutboxRelay | undefined;
  return {
    prepare: async (site) => (await migrated(site, 2)).close(),
    start: async (site) => {
      running = { database: await migrated(site, 4), sink: await connectedSink(site) };
      relay = new OutboxRelay({
        pool: running.database.pool,
        sink: running.sink,
        log: quiet,
        metrics: noMetrics,
        ...settings,
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
          if (adds === 'through the outbox') await outbox.add(tx, [movementOf(event, site.topic)]);
          if (adds === 'by a raw insert') await rawInsert(tx, event, site.topic);
        });
      return { write, close: () => database.close() };
    },
    close: async () => undefined,
  };
}

const rawRow = `INSERT INTO delivery.outbox (event_id, topic, key, payload, headers) VALUES ($1, $2, $3, $4, $5)`;
const rawPayload = Buffer.alloc(livePayloadBytes, 1);

/** The row alone: no Avro, no lock of the key. */
async function rawInsert(tx: Transaction, event: BenchEvent, topic: string): Promise<void> {
  const id = eventId(event.ordinal);
  await tx.query(rawRow, [id, topic, keyOf(event), rawPayload, JSON.stringify({ ce_id: id })]);
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
