import { Topic } from '@wardline/event-contracts';
import { RetryLater, type InboundRecord } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import type { ReplayReport } from './replay.js';

let service: BookingService;

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

const range = { topic: Topic.InventoryConsumption, partition: 0, by: 'a.berg', reason: 'the handler is new' };

/** Has everything up to the last of the records given again. */
async function give(records: readonly InboundRecord[], dryRun = false): Promise<ReplayReport> {
  const request = { ...range, from: 0n, to: records.at(-1)!.offset + 1n, dryRun };
  await service.replay.check(request);
  return service.replay.give(request, records);
}

/** Read by a version of the service that had no handler for them. */
async function readInVain(...records: InboundRecord[]): Promise<InboundRecord[]> {
  const pipeline = service.earlierPipeline();
  await pipeline.process(records, await pipeline.claim(Topic.InventoryConsumption, 0));
  return records;
}

const nothing = { read: 0, known: 0, handled: 0, failed: {}, waiting: 0, skipped: 0, unreadable: 0, events: {} };
const stockMoved = 'org.wardline.inventory.StockMoved';
const kept = () => service.database.query('SELECT requested_by, reason, counts FROM delivery.replay ORDER BY id');

describe('a range of a topic given to a consumer again', () => {
  it('brings what the consumer missed before it had its handler, and changes nothing the second time', async () => {
    const records = await readInVain(service.record('ICU/A', '1'), service.record('ICU/B', '2'));
    await service.deliver(service.record('ICU/A', '3'));
    const report = { ...nothing, read: 2, handled: 2, events: { [stockMoved]: 2 } };
    expect(await give(records)).toEqual(report);
    expect(await give(records)).toEqual({ ...nothing, read: 2, known: 2 });
    expect(await service.booked()).toEqual(['3', '1', '2']);
    expect(await service.toldReasons()).toEqual(['3', '1', '2']);
    expect(await kept()).toMatchObject([
      { requested_by: 'a.berg', reason: 'the handler is new', counts: report },
      { counts: { known: 2 } },
    ]);
  });

  it('is told in advance by a dry run, which leaves nothing behind', async () => {
    const records = await readInVain(service.record('ICU/A', '1'), service.record('ICU/B', '2'));
    service.book.failures.set('2', missing);
    const dry = await give(records, true);
    expect(dry).toEqual({
      ...nothing,
      read: 2,
      handled: 1,
      failed: { UNKNOWN_PRODUCT: 1 },
      events: expect.objectContaining({ [stockMoved]: 2 }),
    });
    expect(await service.booked()).toEqual([]);
    expect(await service.toldReasons()).toEqual([]);
    expect(await kept()).toEqual([]);
    expect(await give(records)).toEqual(dry);
    expect(await service.booked()).toEqual(['1']);
  });

  it('keeps its place behind what is parked of its key, and leaves what is parked alone', async () => {
    const parked = service.record('ICU/A', '1');
    service.book.failures.set('1', missing);
    await service.deliver(parked);
    const later = await readInVain(service.record('ICU/A', '2'));
    expect(await give([parked, ...later])).toMatchObject({ read: 2, known: 1, handled: 0, waiting: 1 });
    service.book.failures.clear();
    await service.database.query(`UPDATE delivery.parked SET next_attempt_at = $1 WHERE state = 'retrying'`, [
      service.now,
    ]);
    const { items } = await service.interventions.list({});
    await service.interventions.retry(items.find(({ state }) => state === 'parked')!.exceptionId, 'a.berg');
    await service.drainAll();
    expect(await service.booked()).toEqual(['1', '2']);
  });

  it('does not park again what nobody could read', async () => {
    const unreadable = service.record(null, 'x', { value: Buffer.from('!') });
    await service.deliver(unreadable);
    expect(await give([unreadable])).toEqual({ ...nothing, read: 1, unreadable: 1 });
    expect(await service.database.query('SELECT 1 FROM delivery.parked')).toHaveLength(1);
  });

  it('is refused where it would overtake what is still to come, and where nobody remembers what was taken', async () => {
    const [record] = await readInVain(service.record('ICU/A', '1'));
    await expect(service.replay.check({ ...range, from: 0n, to: 2n })).rejects.toThrow(
      'test has settled inventory.consumption/0 up to offset 1: what follows comes to it by itself, in order',
    );
    await expect(service.replay.check({ ...range, from: 0n, to: 501n })).rejects.toThrow('a range of 1 to 500 offsets');
    await expect(service.replay.check({ ...range, from: 1n, to: 1n })).rejects.toThrow('a range of 1 to 500 offsets');
    const old = { ...record!, timestamp: new Date(service.now.getTime() - 401 * 86_400_000) };
    await expect(give([old])).rejects.toThrow('remembered for 400 days only');
  });

  it('keeps nothing of a range while what its handler needs is away', async () => {
    const records = await readInVain(service.record('ICU/A', '1'), service.record('ICU/B', '2'));
    service.book.failures.set('2', () => new RetryLater('Odoo is away', { class: 'DEPENDENCY', after: 700 }));
    await expect(give(records)).rejects.toThrow('Odoo is away');
    expect(await service.booked()).toEqual([]);
    service.book.failures.clear();
    expect(await give(records)).toMatchObject({ handled: 2 });
  });
});
