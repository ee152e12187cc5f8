import { StockMoved, Topic } from '@wardline/event-contracts';
import type { OutboundRecord } from '@wardline/event-handling';
import { eventually, jsonCodec, noMetrics, silentLog, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../outbox.js';
import { OutboxRelay } from './relay.js';

let database: TestDatabase;
let relays: OutboxRelay[];
const published: OutboundRecord[] = [];

beforeEach(async () => {
  database = await testDatabase();
  relays = [];
  published.length = 0;
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await database.close();
});

/** A process of the service: its outbox wakes its own relay only. The relay looks by itself once an hour. */
function replica(): { outbox: Outbox; relay: OutboxRelay } {
  const sink = { publish: async (records: readonly OutboundRecord[]) => void published.push(...records) };
  const relay = new OutboxRelay({
    pool: database.pool,
    sink,
    log: silentLog,
    metrics: noMetrics,
    leaseMs: 900,
    idleMs: 3_600_000,
  });
  relays.push(relay);
  const outbox = new Outbox(jsonCodec, { now: () => new Date() }, 'test');
  outbox.onCommit(() => relay.wake());
  relay.start();
  return { outbox, relay };
}

async function move(outbox: Outbox, reason: string): Promise<void> {
  const data = { occurredAt: new Date(), reason };
  const event = { topic: Topic.InventoryStock, key: 'ICU/A', type: StockMoved, data };
  await database.transaction((tx) => outbox.add(tx, [event]));
}

const leads = async ({ relay }: { relay: OutboxRelay }): Promise<void> =>
  eventually(() => expect(relay.leading).toBe(true));

describe('a process whose relay stands by', () => {
  it('has its events published at once by the one that leads, however seldom that looks by itself', async () => {
    const leader = replica();
    await leads(leader);
    const standby = replica();
    for (let index = 1; index <= 30; index += 1) {
      await move(standby.outbox, String(index));
      if (index % 10 === 0) await eventually(() => expect(published).toHaveLength(index));
    }
    expect(standby.relay.leading).toBe(false);
  });

  it('publishes by itself what nobody has heard of, as soon as it leads', async () => {
    const leader = replica();
    await leads(leader);
    const standby = replica();
    await leader.relay.stop();
    await move(standby.outbox, 'unheard');
    await leads(standby);
    await eventually(() => expect(published).toHaveLength(1));
    await move(standby.outbox, 'its own');
    await eventually(() => expect(published).toHaveLength(2));
  });
});
