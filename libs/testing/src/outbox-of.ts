import type { EventCodec, Transaction } from '@wardline/event-handling';
import { testCodec } from './test-codec.js';

/** One row of an outbox, decoded. */
export interface PublishedEvent {
  readonly topic: string;
  readonly key: string;
  /** The record's short name, such as `StockMoved`. */
  readonly type: string;
  readonly data: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  readonly payload: Buffer;
  readonly headers: Record<string, string>;
}

/** What a service would publish, in order. `codec` is the one that wrote it; {@link testCodec} when absent. */
export async function outboxOf(database: Pick<Transaction, 'query'>, codec?: EventCodec): Promise<PublishedEvent[]> {
  const reader = codec ?? (await testCodec());
  const rows = await database.query<OutboxRow>('SELECT topic, key, payload, headers FROM delivery.outbox ORDER BY id');
  return Promise.all(rows.map((row) => decoded(row, reader)));
}

async function decoded({ topic, key, payload, headers }: OutboxRow, codec: EventCodec): Promise<PublishedEvent> {
  const result = await codec.decode(topic, payload);
  if (!result.ok) throw new Error(`The outbox holds an event for ${topic} that cannot be read: ${result.message}`);
  return { topic, key, type: result.typeName.slice(result.typeName.lastIndexOf('.') + 1), data: result.data, headers };
}
