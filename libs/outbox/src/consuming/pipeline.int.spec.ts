import { StockMoved, Topic } from '@wardline/event-contracts';
import {
  deriveEventId,
  Fenced,
  Paused,
  RetryLater,
  type DecodeResult,
  type InboundRecord,
} from '@wardline/event-handling';
import { jsonCodec } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Book, BookingService, missing } from '../../test/booking-service.js';
import { HandlerRegistry } from './handler-registry.js';

let service: BookingService;

function eventIdOf(record: InboundRecord): unknown {
  const result = jsonCodec.decode(record.topic, record.value) as DecodeResult & { readonly ok: true };
  return result.data['eventId'];
}

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

describe('the consumer pipeline', () => {
  it('commits inbox, state, events and position together, and answers the next offset', async () => {
    expect(await service.deliver(service.record('ICU/A', '1'), service.record('ICU/B', '2'))).toBe(2n);
    expect(await service.booked()).toEqual(['1', '2']);
    expect(await service.toldReasons()).toEqual(['1', '2']);
    expect(await service.pipeline.claim(Topic.InventoryConsumption, 0)).toEqual({ generation: 2, nextOffset: 2n });
  });

  it('applies a redelivered batch, and a repeat under another offset, once', async () => {
    const batch = [service.record('ICU/A', '1'), service.record('ICU/A', '2')];
    await service.deliver(...batch);
    await service.deliver(...batch);
    await service.deliver(
      { ...batch[0]!, offset: service.nextOffset() },
      { ...batch[0]!, offset: service.nextOffset() },
      service.record('ICU/A', '3'),
    );
    expect(await service.booked()).toEqual(['1', '2', '3']);
  });

  it('keeps nothing of a batch when the database refuses the commit, and says so to the transport', async () => {
    service.book.failures.set('2', () => Object.assign(new Error('terminating connection'), { code: '57P01' }));
    await expect(service.deliver(service.record('ICU/A', '1'), service.record('ICU/A', '2'))).rejects.toThrow(
      'terminating connection',
    );
    expect(await service.booked()).toEqual([]);
    expect((await service.pipeline.claim(Topic.InventoryConsumption, 0)).nextOffset).toBeNull();
  });

  it('refuses the batch of an instance whose partition was taken over', async () => {
    const stale = await service.pipeline.claim(Topic.InventoryConsumption, 0);
    await service.pipeline.claim(Topic.InventoryConsumption, 0);
    await expect(service.pipeline.process([service.record('ICU/A', '1')], stale)).rejects.toThrow(Fenced);
    expect(await service.booked()).toEqual([]);
  });

  it('refuses to go on beyond the place that a restored database has lost, and goes on from there', async () => {
    const claim = await service.pipeline.claim(Topic.InventoryConsumption, 0);
    const [first, second, third] = ['1', '2', '3'].map((reason) => service.record('ICU/A', reason));
    await service.pipeline.process([first!], claim);
    await service.pipeline.process([second!], { ...claim, nextOffset: 1n });
    // What a backup from between the two would know.
    await service.database.query('UPDATE delivery.consumer_position SET next_offset = 1');
    await service.database.query('DELETE FROM booked WHERE reason = $1', ['2']);
    await service.database.query('DELETE FROM delivery.inbox WHERE event_id <> $1', [eventIdOf(first!)]);
    await expect(service.pipeline.process([third!], { ...claim, nextOffset: 2n })).rejects.toThrow(Fenced);
    const again = await service.pipeline.claim(Topic.InventoryConsumption, 0);
    expect(again.nextOffset).toBe(1n);
    await service.pipeline.process([second!, third!], again);
    expect(await service.booked()).toEqual(['1', '2', '3']);
  });

  it('pauses for a dependency that is away and parks nothing for it', async () => {
    service.book.failures.set('2', () => new RetryLater('Odoo is away', { class: 'DEPENDENCY', after: 700 }));
    const away = service.deliver(service.record('ICU/A', '1'), service.record('ICU/A', '2'));
    await expect(away).rejects.toThrow(Paused);
    expect(await service.booked()).toEqual([]);
    expect(await service.database.query('SELECT 1 FROM delivery.parked')).toEqual([]);
  });

  it('undoes what a failing handler wrote, parks its message and goes on with the rest of the batch', async () => {
    service.book.failures.set('bad', missing);
    await service.deliver(service.record('ICU/A', 'bad'), service.record('ICU/B', '1'), service.record('ICU/C', '2'));
    expect(await service.booked()).toEqual(['1', '2']);
    expect((await service.toldReasons()).sort()).toEqual(['1', '2', 'held']);
    const raised = await service.published(Topic.OperationsException);
    expect(raised).toMatchObject([
      { code: 'UNKNOWN_PRODUCT', exceptionClass: 'DATA', owner: 'master-data', messageKey: 'ICU/A', attempts: 1 },
    ]);
  });

  it.each([
    ['unwritable', 'null value in column "reason"'],
    ['unpublishable', 'poison is not a field'],
  ])('tells nothing of a message that turns out %s after its handler, and applies all others', async (reason, why) => {
    await service.deliver(service.record('ICU/A', '1'), service.record('ICU/B', reason), service.record('ICU/C', '2'));
    expect(await service.booked()).toEqual(['1', '2']);
    expect(await service.toldReasons()).toEqual(['1', '2']);
    const parked = await service.database.query<{ state: string; message: string }>(
      'SELECT state, message FROM delivery.parked',
    );
    expect(parked).toMatchObject([{ state: 'retrying', message: expect.stringContaining(why) as string }]);
    service.pass(1_000);
    await service.drainAll();
    expect(await service.toldReasons()).toEqual(['1', '2']);
  });

  it('skips a known record type without handler and parks one that the catalogue does not know', async () => {
    const other = jsonCodec.encode({
      topic: Topic.InventoryStock,
      key: 'k',
      type: StockMoved,
      data: { eventId: deriveEventId('x', 'y', new Date(0)) },
    });
    const unknown = Buffer.from(JSON.stringify({ type: 'org.wardline.inventory.Teleported', data: {} }));
    await service.deliver(
      { ...service.record('ICU/A', '-'), value: other },
      { ...service.record('ICU/A', '-'), value: unknown },
      service.record('ICU/A', '1'),
    );
    expect(await service.booked()).toEqual(['1']);
    expect(await service.database.query('SELECT code, state FROM delivery.parked')).toEqual([
      { code: 'UNKNOWN_TYPE', state: 'parked' },
    ]);
  });

  it('parks what cannot be read without holding its key: garbage cannot stop a ward', async () => {
    await service.deliver(
      { ...service.record('ICU/A', '-'), value: Buffer.from('!') },
      { ...service.record('ICU/A', '-'), value: null },
      service.record('ICU/A', '1'),
    );
    expect(await service.booked()).toEqual(['1']);
    const parked = await service.database.query('SELECT code, holds_key, owner FROM delivery.parked ORDER BY id');
    expect(parked).toEqual([
      { code: 'UNDECODABLE', holds_key: false, owner: 'source-system' },
      { code: 'EMPTY_VALUE', holds_key: false, owner: 'source-system' },
    ]);
  });

  it('finds the one bad message in a batch of 300 and applies all others in order', async () => {
    service.book.failures.set('137', missing);
    await service.deliver(
      ...Array.from({ length: 300 }, (_, index) => service.record(`ICU/${index % 7}`, String(index))),
    );
    const behind = Array.from({ length: 300 }, (_, index) => index).filter(
      (index) => index % 7 === 137 % 7 && index >= 137,
    );
    expect(await service.booked()).toEqual(
      Array.from({ length: 300 }, (_, index) => index)
        .filter((index) => !behind.includes(index))
        .map(String),
    );
    expect((await service.database.query(`SELECT 1 FROM delivery.parked WHERE state = 'waiting'`)).length).toBe(
      behind.length - 1,
    );
  });
});

describe('partitions that share a commit', () => {
  const partitions = [0, 1, 2, 3, 4, 5];

  /** One batch of two records for each partition, all at once; the claims were taken before. */
  async function deliverToEach(
    claims?: Awaited<ReturnType<typeof claimEach>>,
  ): Promise<PromiseSettledResult<bigint>[]> {
    const held = claims ?? (await claimEach());
    return Promise.allSettled(
      partitions.map((partition) =>
        service.pipeline.process(
          ['1', '2'].map((number, offset) =>
            service.record(`ICU/${partition}`, `${partition}.${number}`, { partition, offset: BigInt(offset) }),
          ),
          held[partition]!,
        ),
      ),
    );
  }

  function claimEach() {
    return Promise.all(partitions.map((partition) => service.pipeline.claim(Topic.InventoryConsumption, partition)));
  }

  async function transactions(): Promise<number> {
    const rows = await service.database.query<{ n: string }>('SELECT count(DISTINCT xid) AS n FROM delivery.outbox');
    return Number(rows[0]!.n);
  }

  it('book everything once, each partition in its order and to its own offset, in fewer transactions', async () => {
    const results = await deliverToEach();
    expect(results.map((result) => result.status === 'fulfilled' && result.value)).toEqual(partitions.map(() => 2n));
    const booked = await service.booked();
    expect([...booked].sort()).toEqual(partitions.flatMap((partition) => [`${partition}.1`, `${partition}.2`]));
    for (const partition of partitions)
      expect(booked.indexOf(`${partition}.1`)).toBeLessThan(booked.indexOf(`${partition}.2`));
    expect(await transactions()).toBe(2);
    expect((await claimEach()).map(({ nextOffset }) => nextOffset)).toEqual(partitions.map(() => 2n));
  });

  it('are not held up by one that another instance has taken over', async () => {
    const claims = await claimEach();
    await service.pipeline.claim(Topic.InventoryConsumption, 4);
    const results = await deliverToEach(claims);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, true, false, true]);
    expect(results[4]).toMatchObject({ reason: expect.any(Fenced) as Fenced });
    expect((await service.booked()).filter((reason) => reason.startsWith('4'))).toEqual([]);
  });

  it('park the one bad message with what follows it of its key, and nothing of another partition', async () => {
    service.book.failures.set('3.1', missing);
    await deliverToEach();
    expect(await service.booked()).toHaveLength(10);
    const parked = await service.database.query('SELECT partition, state FROM delivery.parked ORDER BY id');
    expect(parked).toEqual([
      { partition: 3, state: 'parked' },
      { partition: 3, state: 'waiting' },
    ]);
  });

  it('tell the same key of two topics apart when one of them is held', async () => {
    service.book.failures.set('bad', missing);
    await service.deliver(service.record('ICU/0', 'bad'));
    const elsewhere = Topic.ClinicalConsumptionReceipt;
    const claims = [
      await service.pipeline.claim(Topic.InventoryConsumption, 0),
      await service.pipeline.claim(elsewhere, 0),
    ];
    const [held, free] = ['held', 'free'].map((reason) => service.record('ICU/0', reason));
    await Promise.all([
      service.pipeline.process([held!], claims[0]!),
      service.pipeline.process([{ ...free!, topic: elsewhere }], claims[1]!),
    ]);
    expect(await service.booked()).toEqual(['free']);
  });
});

describe('listing handlers', () => {
  it('refuses a class without @Handles and two handlers of one record type', () => {
    expect(() => new HandlerRegistry([{}])).toThrow('no @Handles');
    expect(() => new HandlerRegistry([new Book(), new Book()])).toThrow(
      'both handle org.wardline.clinical.ConsumptionAccepted',
    );
  });
});
