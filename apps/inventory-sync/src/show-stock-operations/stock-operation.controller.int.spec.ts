import { BadRequestException, NotFoundException } from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { recorded, StockDesk, used } from '../../test/stock-desk.js';
import { NettingQueue } from './netting-queue.store.js';
import { OperationReceipts } from './operation-receipt.store.js';
import { StockOperationController } from './stock-operation.controller.js';

let desk: StockDesk;
let controller: StockOperationController;
beforeAll(async () => {
  desk = await StockDesk.open();
  controller = new StockOperationController(new NettingQueue(desk.database), new OperationReceipts(desk.database));
});
afterEach(() => desk.reset());
afterAll(() => desk.database.close());

it('what is used before its receipt waits in the netting queue, and the receipt settles the oldest first', async () => {
  const [first, second] = [used({ quantity: new Decimal(5) }), used({ quantity: new Decimal(3) })];
  await desk.take(recorded({ at: 'NORTH-ICU', quantity: 1 }));
  await desk.deliver(first, second);
  const [waiting, ...others] = await controller.netting({});
  expect(others).toEqual([]);
  expect(waiting).toMatchObject({
    ...{ location: 'NORTH-ICU', productCode: 'GLOVE-M', onHand: '-7.000000', unit: 'Units' },
    movements: [
      {
        sourceEventId: first.data['recordEventId'],
        movementType: 'CONSUMPTION',
        uncovered: '4.000000',
        settledAt: null,
      },
      { sourceEventId: second.data['recordEventId'], uncovered: '3.000000', settledBy: null },
    ],
  });

  await desk.take(recorded({ at: 'NORTH-ICU', quantity: 5 }));
  expect(await controller.netting({})).toMatchObject([
    { onHand: '-2.000000', movements: [{ sourceEventId: second.data['recordEventId'] }] },
  ]);
  const settled = await controller.netting({ location: 'NORTH-ICU', product: 'GLOVE-M', settled: 'true' });
  const receipt = (await desk.published('inventory.stock')).at(-1)!;
  expect(settled).toMatchObject([
    { movements: [{ sourceEventId: first.data['recordEventId'], settledBy: receipt.data['eventId'] }] },
  ]);
  expect(settled[0]!.movements[0]!.settledAt).not.toBeNull();

  await desk.take(recorded({ at: 'NORTH-ICU', quantity: 2 }));
  expect(await controller.netting({})).toEqual([]);
  await expect(controller.netting({ settled: 'true' })).rejects.toThrow(BadRequestException);
});

it('what is on the way is shown by transfer until the last of it has arrived', async () => {
  const way = { product: 'SUTURE', lotNumber: 'L1', transferReference: 'TR-1' } as const;
  await desk.take(recorded({ product: 'SUTURE', lotNumber: 'L1', at: 'STORE' }));
  await desk.take(recorded({ ...way, operation: 'SHIPPED', at: 'STORE', to: 'NORTH-ICU', quantity: 4 }));
  await desk.take(recorded({ ...way, operation: 'ARRIVED', at: 'NORTH-ICU', quantity: 3 }));
  expect(await controller.inTransit({ transfer: 'TR-1' })).toMatchObject([
    {
      transferReference: 'TR-1',
      lotNumber: 'L1',
      quantity: '1.000000',
      shipped: '4.000000',
      from: ['STORE'],
      to: ['NORTH-ICU'],
    },
  ]);
  await desk.take(recorded({ ...way, operation: 'ARRIVED', at: 'NORTH-ICU', quantity: 1 }));
  expect(await controller.inTransit({})).toEqual([]);
});

it('answers for a record whether it was taken, what it waits for, or why not', async () => {
  const [good, bad, early] = [recorded(), recorded({ quantity: 0 }), recorded({ product: 'STENT' })];
  await desk.take(good, bad, early);
  expect(await controller.receipt(good.eventId)).toMatchObject({
    outcome: 'accepted',
    operation: 'RECEIVED',
    code: null,
  });
  expect(await controller.receipt(bad.eventId)).toMatchObject({ outcome: 'refused', code: 'QUANTITY_NOT_POSITIVE' });
  expect(await controller.receipt(early.eventId)).toMatchObject({
    outcome: 'held',
    code: 'UNKNOWN_PRODUCT',
    owner: 'master-data',
  });
  await expect(controller.receipt(recorded().eventId)).rejects.toThrow(NotFoundException);
});
