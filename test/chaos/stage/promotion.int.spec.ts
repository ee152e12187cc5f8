import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StockMoved, Topic } from '@wardline/event-contracts';
import type { EventSink, OutboundRecord } from '@wardline/event-handling';
import { openDatabase, Outbox, OutboxRelay, type Database } from '@wardline/outbox';
import { eventually, jsonCodec, noMetrics, silentLog } from '@wardline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from './site.ts';

let directory: string;
let site: Site;
let database: Database;
let topic: string[];
let relay: OutboxRelay;
const outbox = new Outbox(jsonCodec, { now: () => new Date() }, 'test');

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'wardline-promotion-'));
  chmodSync(directory, 0o755);
  site = await Site.start(directory, () => 1);
  topic = [];
  await begin();
});
afterEach(async () => {
  await end();
  await site.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A service starts: it connects, migrates and publishes. */
async function begin(): Promise<void> {
  database = await openDatabase({ url: site.url, migrations: [], applicationName: 'test', poolSize: 4 });
  relay = publishing();
}

function publishing(): OutboxRelay {
  const sink: EventSink = {
    publish: (records) => {
      topic.push(...records.map(nameOf));
      return Promise.resolve();
    },
  };
  const started = new OutboxRelay({ pool: database.pool, sink, log: silentLog, metrics: noMetrics, batchSize: 50 });
  started.start();
  return started;
}

async function end(): Promise<void> {
  await relay.stop();
  await database.close();
}

/** One transaction for each, as many transaction ids. */
async function commit(name: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  for (const reason of names) {
    const event = { topic: Topic.InventoryStock, key: 'ICU', type: StockMoved, data: { reason } };
    await database.transaction((tx) => outbox.add(tx, [event]));
  }
  relay.wake();
  return names;
}

function nameOf(record: OutboundRecord): string {
  return (JSON.parse(record.value!.toString()) as { data: { reason: string } }).data.reason;
}

it('a promoted standby publishes what its cursor does not tell of, and nothing of the day before it again', async () => {
  const before = await commit('before', 200);
  await eventually(() => expect(topic).toEqual(before));
  await relay.stop();
  const waiting = await commit('waiting', 20);
  await site.standBy();

  // What the standby never gets: its transaction ids and its places in the outbox are given out a second time below.
  relay = publishing();
  const lost = await commit('lost', 120);
  await eventually(() => expect(topic).toEqual([...before, ...waiting, ...lost]));
  await end();
  topic = [];
  await site.promote();
  await begin();

  await eventually(() => expect(topic).toEqual(waiting));
  const after = await commit('after', 60);
  await eventually(() => expect(topic).toEqual([...waiting, ...after]));
});
