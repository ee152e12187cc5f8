import { localDate, type ConsumptionAccepted } from '@wardline/event-contracts';
import { testMorning } from '@wardline/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recorded, sent, StockDesk, undoing, used } from '../../test/stock-desk.js';

let desk: StockDesk;
beforeAll(async () => {
  desk = await StockDesk.open();
});
afterEach(() => desk.reset());
afterAll(() => desk.database.close());

const hour = 3_600_000;
const lots = { product: 'SUTURE', lotNumber: 'L1' } as const;
const pump = { product: 'PUMP', serialNumber: 'SN-1', quantity: 1 } as const;

describe('a transfer in two steps', () => {
  const shipped = { ...lots, operation: 'SHIPPED', at: 'STORE', to: 'NORTH-ICU', transferReference: 'TR-1' } as const;
  const arrived = { ...lots, operation: 'ARRIVED', at: 'NORTH-ICU', transferReference: 'TR-1' } as const;

  it('arrives in parts, shows what is still on the way, and takes no more than was shipped', async () => {
    await desk.take(recorded({ ...lots, at: 'STORE' }));
    await desk.take(recorded({ ...shipped, quantity: 8 }), recorded({ ...arrived, quantity: 5 }));
    expect(await desk.balances()).toMatchObject({ 'In transit SUTURE L1': '3', 'NORTH-ICU SUTURE L1': '5' });
    expect(
      await desk.database.query('SELECT transfer_reference, quantity, shipped, shipped_from FROM stock_on_the_way'),
    ).toEqual([{ transfer_reference: 'TR-1', quantity: '3.000000', shipped: '8.000000', shipped_from: ['STORE'] }]);
    expect(await desk.take(recorded({ ...arrived, quantity: 4 }), recorded({ ...arrived, quantity: 3 }))).toEqual([
      'Refused ARRIVED_MORE_THAN_SHIPPED',
      'Accepted ARRIVED',
    ]);
    expect(await desk.balances()).toMatchObject({ 'NORTH-ICU SUTURE L1': '8', 'STORE SUTURE L1': '2' });
  });

  it('that arrives before its shipment is known waits for it', async () => {
    await desk.take(recorded({ ...lots, at: 'STORE' }));
    expect(await desk.take(recorded({ ...arrived, quantity: 5 }))).toEqual(['Held NOT_SHIPPED_YET']);
    await desk.take(recorded({ ...shipped, quantity: 5 }));
    await desk.drain();
    expect(await desk.balances()).toMatchObject({ 'NORTH-ICU SUTURE L1': '5', 'STORE SUTURE L1': '5' });
  });

  it('cannot be undone once it has arrived', async () => {
    const shipment = recorded({ ...shipped, quantity: 5 });
    await desk.take(recorded({ ...lots, at: 'STORE' }), shipment, recorded({ ...arrived, quantity: 2 }));
    expect(await desk.take(undoing(shipment))).toEqual(['Refused ALREADY_ARRIVED']);
  });
});

describe('a count', () => {
  const counted = { operation: 'COUNTED', at: 'STORE', documentReference: 'SHEET-1', reason: 'yearly count' } as const;

  it('books the difference to what the ledger had at its time, not to what it has now', async () => {
    await desk.take(recorded({ at: 'STORE', occurredAt: new Date(testMorning.getTime() - 3 * hour) }));
    await desk.take(recorded({ at: 'STORE', operation: 'TRANSFERRED', to: 'NORTH-ICU', quantity: 4 }));
    const asOf = new Date(testMorning.getTime() - hour);
    expect(await desk.take(recorded({ ...counted, quantity: 9, occurredAt: asOf }))).toEqual(['Accepted COUNTED']);
    expect(await desk.balances()).toMatchObject({ 'STORE GLOVE-M': '5', 'Inventory adjustment GLOVE-M': '1' });
    expect((await desk.published('inventory.stock')).at(-1)!.data).toMatchObject({
      ...{ movementType: 'ADJUSTMENT', fromLocation: 'STORE', reason: 'yearly count', occurredAt: asOf },
    });
  });

  it('that finds what the ledger has books nothing and is accepted', async () => {
    await desk.take(recorded({ at: 'STORE' }));
    expect(await desk.take(recorded(counted))).toEqual(['Accepted COUNTED']);
    expect((await desk.published('warehouse.scan-receipt')).at(-1)!.data).toMatchObject({ movementEventId: null });
    expect(await desk.balances()).toEqual({ 'STORE GLOVE-M': '10', 'Vendors GLOVE-M': '-10' });
  });

  it('above the limit waits for an approval by somebody else than the counter', async () => {
    const big = { ...counted, quantity: 500 };
    expect(await desk.take(recorded(big))).toEqual(['Held APPROVAL_MISSING']);
    expect(await desk.parked()).toMatchObject([
      { code: 'APPROVAL_MISSING', class: 'AUTHORISATION', owner: 'approver' },
    ]);
    const own = recorded({ ...big, at: 'DOCK', approverRef: 'staff-1' });
    expect(await desk.take(own)).toEqual(['Held APPROVAL_MISSING']);
    expect(await desk.take(recorded({ ...big, at: 'SOUTH-ER', approverRef: 'staff-2' }))).toEqual(['Accepted COUNTED']);
    expect(await desk.balances()).toEqual({ 'SOUTH-ER GLOVE-M': '500', 'Inventory adjustment GLOVE-M': '-500' });
    expect(await desk.database.query('SELECT performer_ref, approver_ref FROM stock_operation')).toEqual([
      { performer_ref: 'staff-1', approver_ref: 'staff-2' },
    ]);
  });
});

describe('quarantine', () => {
  it('holds stock beside its place until it is released, and never gives more than it has', async () => {
    await desk.take(recorded({ ...lots, at: 'STORE' }));
    const away = { ...lots, at: 'STORE', quantity: 4 };
    await desk.take(recorded({ ...away, operation: 'QUARANTINED', reason: 'recall' }));
    expect(await desk.balances()).toMatchObject({ 'STORE SUTURE L1': '6', 'STORE/Quarantine SUTURE L1': '4' });
    expect((await desk.published('inventory.stock')).at(-1)).toMatchObject({
      key: 'STORE/SUTURE',
      data: { movementType: 'TRANSFER', fromLocation: 'STORE', toLocation: 'STORE/Quarantine', reason: 'recall' },
    });
    const move = recorded({ ...away, operation: 'TRANSFERRED', to: 'NORTH-ICU', quantity: 1 });
    expect(await desk.take(move, recorded({ ...away, operation: 'RELEASED', quantity: 5 }))).toEqual([
      'Refused LOT_QUARANTINED',
      'Refused MORE_THAN_QUARANTINED',
    ]);
    await desk.take(recorded({ ...away, at: 'STORE/Quarantine', operation: 'WRITTEN_OFF', quantity: 1 }));
    await desk.take(recorded({ ...away, operation: 'RELEASED', quantity: 3 }));
    expect(await desk.take({ ...move, eventId: recorded().eventId })).toEqual(['Accepted TRANSFERRED']);
    expect(await desk.balances()).toMatchObject({
      'STORE SUTURE L1': '8',
      'Scrap SUTURE L1': '1',
      'NORTH-ICU SUTURE L1': '1',
    });
  });

  it('and expiry give way to the word of a role, and of no other', async () => {
    const old = { ...lots, expiryDate: localDate('2026-11-20'), at: 'STORE' };
    expect(await desk.take(recorded(old))).toEqual(['Accepted RECEIVED EXPIRED']);
    const move = { ...old, operation: 'TRANSFERRED', to: 'NORTH-ICU', quantity: 1 } as const;
    expect(
      await desk.take(
        recorded(move),
        recorded({ ...move, reason: 'override:porter in a hurry' }),
        recorded({ ...move, reason: 'override:pharmacist no other in the house' }),
      ),
    ).toEqual(['Refused LOT_EXPIRED', 'Refused LOT_EXPIRED', 'Accepted TRANSFERRED EXPIRED OVERRIDDEN']);
  });
});

describe('a serial', () => {
  it('is in one place: what would put it into a second one is refused', async () => {
    await desk.take(recorded(pump));
    const elsewhere = recorded({ ...pump, at: 'STORE' });
    const stolen = recorded({ ...pump, at: 'SOUTH-ER', operation: 'TRANSFERRED', to: 'NORTH-ICU' });
    expect(await desk.take(elsewhere, recorded(pump), stolen)).toEqual(Array(3).fill('Refused SERIAL_ELSEWHERE'));
    const way = { ...pump, transferReference: 'TR-9' };
    await desk.take(recorded({ ...way, operation: 'SHIPPED', to: 'STORE' }));
    expect(await desk.take(recorded(pump), recorded({ ...way, at: 'STORE', operation: 'ARRIVED' }))).toEqual([
      'Refused SERIAL_ELSEWHERE',
      'Accepted ARRIVED',
    ]);
    expect(await desk.balances()).toEqual({ 'STORE PUMP SN-1': '1', 'Vendors PUMP SN-1': '-1' });
  });

  it('that was used and received anew does not come back from use a second time', async () => {
    const use = used({ productCode: 'PUMP', serialNumber: 'SN-1' });
    await desk.take(recorded({ ...pump, at: 'NORTH-ICU' }));
    await desk.deliver(use);
    await desk.take(recorded({ ...pump, at: 'STORE' }));
    const { recordEventId } = use.data as unknown as ConsumptionAccepted;
    await desk.deliver(used({ productCode: 'PUMP', serialNumber: 'SN-1', kind: 'REVERSED', reverses: recordEventId }));
    expect(await desk.parked()).toMatchObject([{ code: 'SERIAL_ELSEWHERE', class: 'BUSINESS', owner: 'stores' }]);
    expect(await desk.balances()).toMatchObject({ 'STORE PUMP SN-1': '1', 'Consumption PUMP SN-1': '1' });
  });

  it('taken to two places at once from two scanners ends in one', async () => {
    await Promise.all(['DOCK', 'STORE'].map((at) => desk.deliver(sent(recorded({ ...pump, at })))));
    expect((await desk.receipts()).sort()).toEqual(['Accepted RECEIVED', 'Refused SERIAL_ELSEWHERE']);
  });
});
