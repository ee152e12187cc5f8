import { StockMoved, Topic } from '@wardline/event-contracts';
import type { BusinessEvent, EventSink, OutboundRecord } from '@wardline/event-handling';
import { jsonCodec, noMetrics, silentLog, testDatabase, type TestDatabase } from '@wardline/testing';
import { Outbox } from '../src/outbox.js';
import { OutboxRelay, type RelayOptions } from '../src/relay/relay.js';

/** A movement of stock with nothing in it but a reason. */
export function moved(key: string, reason: string): BusinessEvent {
  return {
    topic: Topic.InventoryStock,
    key,
    type: StockMoved,
    data: { occurredAt: new Date(), reason },
  };
}

/** A broker that keeps what it is given; `before` is awaited first. */
export class Recorder implements EventSink {
  readonly records: OutboundRecord[] = [];
  constructor(private readonly before: () => Promise<void> | void = () => undefined) {}
  async publish(records: readonly OutboundRecord[]): Promise<void> {
    await this.before();
    this.records.push(...records);
  }
  reasonsOf(key: string): string[] {
    return this.records.filter((record) => record.key === key).map(reasonOf);
  }
}

/** The reason of a movement as it was published. */
export function reasonOf(record: OutboundRecord): string {
  return (JSON.parse(record.value!.toString()) as { data: { reason: string } }).data.reason;
}

/** A database with an outbox, and the relays that read it. */
export class RelayStage {
  readonly outbox = new Outbox(jsonCodec, { now: () => new Date() }, 'test');
  private readonly relays: OutboxRelay[] = [];

  private constructor(readonly database: TestDatabase) {}

  static async open(): Promise<RelayStage> {
    return new RelayStage(await testDatabase());
  }

  /** Starts a relay that this process' commits wake. */
  relayTo(sink: EventSink, options: Partial<RelayOptions> = {}): OutboxRelay {
    const { pool } = this.database;
    const relay = new OutboxRelay({ pool, sink, log: silentLog, metrics: noMetrics, ...options });
    this.relays.push(relay);
    this.outbox.onCommit(() => relay.wake());
    relay.start();
    return relay;
  }

  async close(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
    await this.database.close();
  }
}
