import { ConsumptionAccepted, Topic } from '@wardline/event-contracts';
import { deriveEventId, Reject } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing, told } from '../../test/booking-service.js';
import { InterventionRefused } from '../intervention/operation.js';
import type { ParkedDrain } from './parked-drain.js';

let service: BookingService;

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

describe('a parked message', () => {
  it('holds back the later ones of its key and no other; after the cause is mended they apply in order', async () => {
    service.book.failures.set('a1', missing);
    await service.deliver(service.record('ICU/A', 'a1'), service.record('ICU/A', 'a2'), service.record('ICU/B', 'b1'));
    await service.deliver(service.record('ICU/A', 'a3'), service.record('ICU/B', 'b2'));
    expect(await service.booked()).toEqual(['b1', 'b2']);
    await service.drainAll();
    expect(await service.booked()).toEqual(['b1', 'b2']);
    service.book.failures.clear();
    expect(await service.database.transaction((tx) => service.parking.release(tx, ['product:A', 'product:B']))).toBe(1);
    await service.drainAll();
    await service.deliver(service.record('ICU/A', 'a4'));
    expect(await service.booked()).toEqual(['b1', 'b2', 'a1', 'a2', 'a3', 'a4']);
    const stock = await service.toldReasons();
    expect(stock).toContain('a2 waits behind UNKNOWN_PRODUCT');
    expect(await service.published(Topic.OperationsException)).toMatchObject([
      { code: 'UNKNOWN_PRODUCT' },
      { outcome: 'DONE' },
    ]);
  });

  it('raises no exception of its own where its service tells of all that wait for one name together', async () => {
    const together = (): Reject =>
      new Reject('UNKNOWN_PRODUCT', 'no A', { class: 'DATA', awaits: ['product:A'], isToldTogether: true });
    service.book.failures.set('a1', together).set('b1', together);
    await service.deliver(service.record('ICU/A', 'a1'), service.record('ICU/A', 'a2'), service.record('ICU/B', 'b1'));
    const awaited = await service.database.transaction((tx) => service.parking.awaited(tx));
    expect(awaited).toMatchObject([
      { awaits: ['product:A'], code: 'UNKNOWN_PRODUCT', messages: 3, first: { message: 'no A', owner: 'master-data' } },
    ]);
    service.pass(5_000);
    await service.drainAll();
    service.book.failures.clear();
    await service.database.transaction((tx) => service.parking.release(tx, ['product:A']));
    await service.drainAll();
    expect((await service.booked()).sort()).toEqual(['a1', 'a2', 'b1']);
    expect(await service.published(Topic.OperationsException)).toEqual([]);
    expect(await service.database.transaction((tx) => service.parking.awaited(tx))).toEqual([]);
  });

  it('comes back by itself when its data arrived without a signal', async () => {
    service.book.failures.set('a1', missing);
    await service.deliver(service.record('ICU/A', 'a1'));
    service.book.failures.clear();
    await service.drainAll();
    expect(await service.booked()).toEqual([]);
    service.pass(5_000);
    await service.drainAll();
    expect(await service.booked()).toEqual(['a1']);
  });

  it('is told to the world again only when it waits for something else', async () => {
    service.book.failures.set('a1', missing);
    await service.deliver(service.record('ICU/A', 'a1'));
    service.pass(5_000);
    await service.drainAll();
    service.book.failures.set(
      'a1',
      () => new Reject('UNKNOWN_LOT', 'no such lot', { class: 'DATA', publish: [told('ICU/A', 'held for a lot')] }),
    );
    service.pass(30_000);
    await service.drainAll();
    expect(await service.toldReasons()).toEqual(['held', 'held for a lot']);
    expect(await service.published(Topic.OperationsException)).toHaveLength(1);
  });

  it('with a technical fault is tried five times with growing pauses, then waits for the platform team', async () => {
    service.book.failures.set('a1', () => new TypeError('x is undefined'));
    await service.deliver(service.record('ICU/A', 'a1'));
    expect(await service.published(Topic.OperationsException)).toEqual([]);
    for (const pause of [1_000, 5_000, 30_000, 120_000]) {
      service.pass(pause);
      await service.drainAll();
    }
    expect(await service.database.query('SELECT state, attempts, owner, next_attempt_at FROM delivery.parked')).toEqual(
      [{ state: 'parked', attempts: 5, owner: 'platform', next_attempt_at: null }],
    );
    expect(await service.published(Topic.OperationsException)).toMatchObject([
      { code: 'TECHNICAL_FAULT', attempts: 5 },
    ]);
    expect(await service.database.query('SELECT attempt FROM delivery.parked_attempt')).toHaveLength(5);
  });

  it('is retried on a person’s word, and a second decision about a settled one is refused', async () => {
    service.book.failures.set('a1', () => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' }));
    await service.deliver(service.record('ICU/A', 'a1'), service.record('ICU/A', 'a2'));
    const [first, second] = (await service.interventions.list({})).items;
    await expect(service.interventions.retry(second!.exceptionId, 'a.meyer')).rejects.toThrow(InterventionRefused);
    service.book.failures.clear();
    await service.interventions.retry(first!.exceptionId, 'a.meyer');
    await service.drainAll();
    expect(await service.booked()).toEqual(['a1', 'a2']);
    expect(await service.interventions.show(first!.exceptionId)).toMatchObject({
      state: 'done',
      settledBy: 'a.meyer',
      history: [{ code: 'LOT_RECALLED' }],
    });
    await expect(
      service.interventions.abandon(first!.exceptionId, { by: 'a.meyer', reason: 'too late' }),
    ).rejects.toThrow('is done already');
    await expect(service.interventions.retry('00000000-0000-7000-8000-000000000000', 'a.meyer')).rejects.toThrow(
      'no parked message',
    );
  });

  it('is abandoned only by a named person with a reason; then the key goes on', async () => {
    service.book.failures.set('a1', () => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' }));
    await service.deliver(service.record('ICU/A', 'a1'), service.record('ICU/A', 'a2'));
    const [first] = (await service.interventions.list({ state: ['parked'] })).items;
    await service.interventions.abandon(first!.exceptionId, { by: 'a.meyer', reason: 'counted by hand' });
    await service.drainAll();
    expect(await service.booked()).toEqual(['a2']);
    expect(await service.toldReasons()).toContain('a1 abandoned by a.meyer: counted by hand');
    expect(await service.published(Topic.OperationsException)).toMatchObject([
      {},
      { outcome: 'ABANDONED', by: 'a.meyer', reason: 'counted by hand' },
    ]);
  });

  it('may be parked after the fact by the service itself, and holds its key from then on', async () => {
    const taken = service.record('ICU/A', 'a1');
    await service.deliver(taken);
    const eventId = deriveEventId('ICU/A/a1', 'test', new Date(0));
    const reject = new Reject('ODOO_VALIDATION', 'lot missing', { class: 'BUSINESS' });
    await service.database.transaction((tx) =>
      service.parking.park(
        tx,
        { record: taken, eventId, correlationId: eventId, typeName: ConsumptionAccepted.fullName },
        reject,
      ),
    );
    await service.deliver(service.record('ICU/A', 'a2'));
    expect(await service.booked()).toEqual(['a1']);
    const [parked] = (await service.interventions.list({ code: 'ODOO_VALIDATION' })).items;
    await service.interventions.retry(parked!.exceptionId, 'a.meyer');
    await service.drainAll();
    expect(await service.booked()).toEqual(['a1', 'a1', 'a2']);
  });

  it('is drained by several instances at once without breaking the order of its key', async () => {
    const other = service.anotherDrain();
    for (const key of ['A', 'B', 'C']) service.book.failures.set(`${key}0`, missing);
    const records = ['A', 'B', 'C'].flatMap((key) =>
      Array.from({ length: 8 }, (_, index) => service.record(`ICU/${key}`, `${key}${index}`)),
    );
    await service.deliver(...records);
    service.book.failures.clear();
    await service.database.transaction((tx) => service.parking.release(tx, ['product:A']));
    const work = async (instance: ParkedDrain): Promise<void> => {
      for (let idle = 0; idle < 5;) idle = (await instance.drainOne()) ? 0 : idle + 1;
    };
    await Promise.all([work(service.drain), work(other), work(service.drain)]);
    const order = await service.booked();
    for (const key of ['A', 'B', 'C'])
      expect(order.filter((reason) => reason.startsWith(key))).toEqual(
        Array.from({ length: 8 }, (_, index) => `${key}${index}`),
      );
  });
});
