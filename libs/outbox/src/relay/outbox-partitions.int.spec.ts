import { eventually } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moved, Recorder, RelayStage } from '../../test/relay-fixture.js';

let stage: RelayStage;
let database: RelayStage['database'];
let outbox: RelayStage['outbox'];

beforeEach(async () => {
  stage = await RelayStage.open();
  ({ database, outbox } = stage);
});
afterEach(() => stage.close());

describe('the partitions of the outbox', () => {
  it('are dropped when their rows are old and published, but not under a transaction that is still open on it', async () => {
    await database.query(`SELECT setval('delivery.outbox_id', 999998)`);
    let finish: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (finish = resolve));
    const held = database.transaction(async (tx) => {
      await outbox.add(tx, [moved('ICU/HELD', 'late')]);
      await open;
    });
    for (const reason of ['1', '2']) await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', reason)]));
    await database.query('SELECT pg_sleep(1.1)'); // as long as a transaction may take and count as short
    const partitions = (): Promise<unknown[]> =>
      database.query(`SELECT 1 FROM pg_class WHERE relname = 'outbox_0' AND relkind = 'r'`);

    const first = new Recorder();
    const relay = stage.relayTo(first, { retentionHours: 0 });
    await eventually(() => expect(first.reasonsOf('ICU/A')).toEqual(['1', '2']));
    expect(await partitions()).toHaveLength(1);
    finish();
    await held;
    await eventually(() => expect(first.reasonsOf('ICU/HELD')).toEqual(['late']));
    await relay.stop();

    stage.relayTo(new Recorder(), { retentionHours: 0 });
    await eventually(async () => expect(await partitions()).toEqual([]));
  });

  it('are made ahead of what business writes while the broker is away, however much that is', async () => {
    const broker = Promise.withResolvers<void>();
    const sink = new Recorder(() => broker.promise);
    stage.relayTo(sink, { maintainMs: 20 });
    for (const millions of [0, 2, 4, 6]) {
      await database.query(`SELECT setval('delivery.outbox_id', greatest(1, $1::bigint))`, [millions * 1_000_000]);
      await eventually(() =>
        database.transaction((tx) => outbox.add(tx, [moved('ICU/A', `after ${millions} million`)])),
      );
    }
    expect(sink.records).toEqual([]);
    broker.resolve();
    await eventually(() =>
      expect(sink.reasonsOf('ICU/A')).toEqual([0, 2, 4, 6].map((millions) => `after ${millions} million`)),
    );
  });
});
