import { eventually } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moved, reasonOf, Recorder, RelayStage } from '../../test/relay-fixture.js';

let stage: RelayStage;
let database: RelayStage['database'];
let outbox: RelayStage['outbox'];

beforeEach(async () => {
  stage = await RelayStage.open();
  ({ database, outbox } = stage);
});
afterEach(() => stage.close());

describe('the outbox relay', () => {
  it('publishes what is committed and nothing of what is rolled back', async () => {
    const sink = new Recorder();
    stage.relayTo(sink);
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1')]));
    await expect(
      database.transaction(async (tx) => {
        await outbox.add(tx, [moved('ICU/A', 'phantom')]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '2')]));
    await eventually(() => expect(sink.reasonsOf('ICU/A')).toEqual(['1', '2']));
    expect(sink.records).toHaveLength(2);
  });

  it('refuses events outside a transaction, after its end, and events that cannot be encoded', async () => {
    await expect(
      outbox.add({ query: () => Promise.resolve([]), write: () => undefined }, [moved('ICU/A', '1')]),
    ).rejects.toThrow('open transaction');
    const ended = await database.transaction((tx) => Promise.resolve(tx));
    await expect(outbox.add(ended, [moved('ICU/A', '1')])).rejects.toThrow('open transaction');
    const poison = { ...moved('ICU/A', '1'), data: { poison: true } };
    await expect(database.transaction((tx) => outbox.add(tx, [poison]))).rejects.toThrow('poison');
    await expect(database.transaction((tx) => outbox.add(tx, [moved('', '1')]))).rejects.toThrow('empty key');
  });

  it('is not held up by a transaction that stays open, and brings its events when it commits', async () => {
    const sink = new Recorder();
    stage.relayTo(sink);
    let finish: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (finish = resolve));
    const held = database.transaction(async (tx) => {
      await outbox.add(tx, [moved('ICU/HELD', 'late')]);
      await open;
    });
    for (let index = 0; index < 20; index += 1)
      await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', String(index))]));
    await eventually(() => expect(sink.reasonsOf('ICU/A')).toHaveLength(20));
    expect(sink.reasonsOf('ICU/HELD')).toEqual([]);
    finish();
    await held;
    await eventually(() => expect(sink.reasonsOf('ICU/HELD')).toEqual(['late']));
  });

  it('keeps commit order per key with many writers, transaction ids drawn early, and rollbacks: none lost, doubled or out of order', async () => {
    const sink = new Recorder();
    stage.relayTo(sink, { batchSize: 64 });
    const counters = new Map<string, number>();
    const writer = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) {
        const key = `ICU/${(number * 7 + turn) % 5}`;
        const write = database.transaction(async (tx) => {
          await tx.query('SELECT pg_current_xact_id()');
          if (turn % 3 === 0) await tx.query('SELECT pg_sleep(0.002)');
          await tx.query(`SELECT pg_advisory_xact_lock(hashtext($1))`, [key]); // the aggregate's own lock
          const next = (counters.get(key) ?? 0) + 1;
          await outbox.add(tx, [moved(key, String(next))]);
          if (turn % 11 === 10) throw new Error('rolled back');
          counters.set(key, next);
        });
        await write.catch((error: Error) => expect(error.message).toBe('rolled back'));
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, number) => writer(number)));
    const total = [...counters.values()].reduce((sum, count) => sum + count, 0);
    await eventually(() => expect(sink.records).toHaveLength(total));
    for (const [key, count] of counters)
      expect(sink.reasonsOf(key)).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
  });

  it('publishes again what the broker did not acknowledge, in the same order', async () => {
    let failures = 2;
    const sink = new Recorder(() => {
      if (failures-- > 0) throw new Error('broker away');
    });
    stage.relayTo(sink);
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1'), moved('ICU/A', '2')]));
    await eventually(() => expect(sink.reasonsOf('ICU/A')).toEqual(['1', '2']));
  });

  it('goes on after a restart without repeating what is published', async () => {
    const first = new Recorder();
    const relay = stage.relayTo(first);
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1')]));
    await eventually(() => expect(first.records).toHaveLength(1));
    await relay.stop();
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '2')]));
    const second = new Recorder();
    stage.relayTo(second);
    await eventually(() => expect(second.reasonsOf('ICU/A')).toEqual(['2']));
  });

  it('drains a backlog page by page, each row once', async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      await database.transaction((tx) =>
        outbox.add(
          tx,
          Array.from({ length: 100 }, (_, index) => moved(`ICU/${index % 3}`, `${batch}-${index}`)),
        ),
      );
    }
    const sink = new Recorder();
    stage.relayTo(sink, { batchSize: 37 });
    await eventually(() => expect(sink.records).toHaveLength(500));
    expect(new Set(sink.records.map(reasonOf)).size).toBe(500);
  });

  it('has one leader; when it falls silent another takes over and the old one cannot write its cursor', async () => {
    let stuck: (() => void) | undefined;
    const zombie = new Recorder(() => new Promise<void>((resolve) => (stuck = resolve)));
    const old = stage.relayTo(zombie, { leaseMs: 400 });
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1')]));
    await eventually(() => expect(stuck).toBeDefined());
    const heir = new Recorder();
    const successor = stage.relayTo(heir, { leaseMs: 400 });
    await eventually(async () => {
      // As if the old one had been stopped: it goes on renewing otherwise.
      await database.query(`UPDATE delivery.outbox_cursor SET lease_until = clock_timestamp() WHERE epoch = 1`);
      expect(heir.reasonsOf('ICU/A')).toEqual(['1']);
    });
    stuck!();
    await eventually(() => expect(old.leading).toBe(false));
    await eventually(() => expect(successor.leading).toBe(true));
  });

  it('does not wait for a lease that a clock gone wrong has dated an hour ahead', async () => {
    await database.query(
      `UPDATE delivery.outbox_cursor SET owner = 'gone', epoch = 7, lease_until = clock_timestamp() + interval '1 hour'`,
    );
    const sink = new Recorder();
    stage.relayTo(sink, { leaseMs: 400 });
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1')]));
    await eventually(() => expect(sink.reasonsOf('ICU/A')).toEqual(['1']));
  });

  it.each([
    ['its cursor was written by another database cluster', `system_id = 'restored from a dump'`],
    ['transaction ids went back', `prev = '4000000000:4000000000:'`],
  ])('publishes every kept row again when %s', async (_, change) => {
    const before = new Recorder();
    const relay = stage.relayTo(before);
    await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', '1'), moved('ICU/A', '2')]));
    await eventually(() => expect(before.records).toHaveLength(2));
    await relay.stop();
    await database.query(`UPDATE delivery.outbox_cursor SET ${change}`);
    const after = new Recorder();
    stage.relayTo(after);
    await eventually(() => expect(after.reasonsOf('ICU/A')).toEqual(['1', '2']));
  });

  it('never updates or deletes a row of the outbox', async () => {
    const sink = new Recorder();
    stage.relayTo(sink);
    for (let index = 0; index < 10; index += 1)
      await database.transaction((tx) => outbox.add(tx, [moved('ICU/A', String(index))]));
    await eventually(() => expect(sink.records).toHaveLength(10));
    const tables = await database.query<{ dead: string }>(
      `SELECT sum(n_tup_upd + n_tup_del + n_dead_tup)::text AS dead FROM pg_stat_user_tables WHERE relname LIKE 'outbox\\_%' AND relname <> 'outbox_cursor'`,
    );
    expect(tables[0]!.dead).toBe('0');
  });
});
