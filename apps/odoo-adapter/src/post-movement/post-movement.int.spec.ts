import { Decimal, type EventId } from '@wardline/event-contracts';
import { Reject, RetryLater } from '@wardline/event-handling';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PostingBench } from '../../test/posting-workbench.js';

let bench: PostingBench;
beforeAll(async () => {
  bench = await PostingBench.open({ POSTING_MAX_PENDING: 3 });
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

it('a movement is kept with what is needed to post it and to park it, and a repeat changes nothing', async () => {
  const movement = await bench.move({ quantity: new Decimal('2.500000'), productCode: 'PUMP', serialNumber: null });
  await bench.take(movement);
  const rows = await bench.database.query(
    'SELECT event_id, lane, policy, state, message_key, movement, topic, type_name FROM posting',
  );
  expect(rows).toEqual([
    {
      ...{ event_id: movement.eventId, lane: '1/ward-consumption', policy: 'immediate', state: 'pending' },
      ...{ message_key: 'NORTH-ICU/PUMP', topic: 'inventory.stock', type_name: 'org.wardline.inventory.StockMoved' },
      movement: expect.objectContaining({
        quantity: '2.5',
        fromLocation: 'NORTH-ICU',
        toLocation: 'Consumption',
      }) as unknown,
    },
  ]);
});

it('a movement that came out of Odoo is there already', async () => {
  const movement = await bench.move({ interface: 'odoo' });
  expect(await bench.states(movement)).toEqual(['none']);
});

it('a correction that brings the ledger to what Odoo holds is not posted, it would undo itself', async () => {
  const correction = { movementType: 'ADJUSTMENT', toLocation: 'Inventory adjustment' } as const;
  const [counted, corrected] = [
    await bench.move({ ...correction, documentReference: 'count sheet 12' }),
    await bench.move({ ...correction, documentReference: 'reconciliation 0193f1a2' }),
  ];
  expect([await bench.states(counted), await bench.states(corrected)]).toEqual([['pending'], ['none']]);
});

it('an unknown product is refused to the world and waits for its announcement', async () => {
  const refusal = (await caught(bench.move({ productCode: 'NO-SUCH' }))) as Reject;
  expect(refusal).toBeInstanceOf(Reject);
  expect(refusal).toMatchObject({ code: 'UNKNOWN_PRODUCT', owner: 'master-data', awaits: ['product:NO-SUCH'] });
  expect(refusal.publish).toMatchObject([
    { topic: 'erp.posting', key: 'NORTH-ICU/NO-SUCH', data: { code: 'UNKNOWN_PRODUCT' } },
  ]);
});

it('when too many wait for Odoo the consumer pauses and nothing is parked', async () => {
  for (let n = 0; n < 3; n += 1) await bench.move();
  expect(await caught(bench.move())).toMatchObject({ name: 'RetryLater', class: 'DEPENDENCY', after: 1_000 });
});

it('until Odoo is set up and read the consumer pauses', async () => {
  await bench.database.query('DELETE FROM poll_cursor');
  expect(await caught(bench.move())).toBeInstanceOf(RetryLater);
});

it('what is posted stays posted when it comes again, and an unknown movement cannot be abandoned into being', async () => {
  const movement = await bench.move();
  await bench.round();
  await bench.take(movement);
  expect(await bench.states(movement)).toEqual(['posted']);
  const other = { ...movement, eventId: '00000000-0000-7000-8000-000000000001' as EventId };
  await bench.database.transaction((tx) => bench.handler.onAbandoned(other, tx, { by: 'anna', reason: 'none' }));
  expect(await bench.states(other, movement)).toEqual(['none', 'posted']);
});
