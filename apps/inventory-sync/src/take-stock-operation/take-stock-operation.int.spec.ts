import { localDate } from '@wardline/event-contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lot, place, product, recorded, StockDesk, undoing } from '../../test/stock-desk.js';

let desk: StockDesk;
beforeAll(async () => {
  desk = await StockDesk.open();
});
afterEach(() => desk.reset());
afterAll(() => desk.database.close());

const lots = { product: 'SUTURE', lotNumber: 'L1' } as const;

describe('goods that come in', () => {
  it('are received from the vendors, put away, and answered, each by one receipt and one movement', async () => {
    const order = { documentReference: 'PO00042' };
    const receipt = recorded({
      ...lots,
      ...order,
      quantity: 2,
      unit: 'Pack of 6',
      expiryDate: localDate('2027-03-31'),
    });
    const putAway = recorded({ ...lots, operation: 'PUT_AWAY', to: 'STORE', quantity: 12 });
    expect(await desk.take(receipt, putAway)).toEqual(['Accepted RECEIVED', 'Accepted PUT_AWAY']);

    expect(await desk.balances()).toEqual({ 'STORE SUTURE L1': '12', 'Vendors SUTURE L1': '-12' });
    const [received, shelved] = await desk.published('inventory.stock');
    expect(received).toMatchObject({
      key: 'DOCK/SUTURE',
      data: {
        ...{ movementType: 'RECEIPT', fromLocation: 'Vendors', toLocation: 'DOCK', lotNumber: 'L1', unit: 'Units' },
        ...{ expiryDate: '2027-03-31', interface: 'warehouse.scan', actor: 'scanner-3', documentReference: 'PO00042' },
        ...{ causationId: receipt.eventId, reverses: null },
      },
    });
    expect(shelved).toMatchObject({ key: 'DOCK/SUTURE', data: { movementType: 'TRANSFER', toLocation: 'STORE' } });
    const [answer] = await desk.published('warehouse.scan-receipt');
    expect(answer!.data).toMatchObject({
      ...{ recordEventId: receipt.eventId, locationCode: 'DOCK', recordedUnit: 'Pack of 6', warnings: [] },
      movementEventId: received!.data['eventId'],
    });
    expect(JSON.stringify(answer!.data, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'staff-1',
    );
  });

  it('are found by their GTIN and by the complete name of a place', async () => {
    await desk.deliver(product('MASK', 'NONE', '04012345678901'));
    await desk.take(recorded({ product: '4012345678901', at: 'WH/STORE', quantity: 3 }));
    expect(await desk.balances()).toEqual({ 'STORE MASK': '3', 'Vendors MASK': '-3' });
  });

  it('go back to the supplier, and to scrap when they are written off', async () => {
    await desk.take(recorded({ at: 'STORE' }));
    await desk.take(recorded({ at: 'STORE', operation: 'RETURNED_TO_SUPPLIER', quantity: 4 }));
    await desk.take(recorded({ at: 'STORE', operation: 'WRITTEN_OFF', quantity: 1, reason: 'expired' }));
    expect(await desk.balances()).toEqual({ 'STORE GLOVE-M': '5', 'Scrap GLOVE-M': '1', 'Vendors GLOVE-M': '-6' });
    const types = (await desk.published('inventory.stock')).map(({ data }) => data['movementType']);
    expect(types).toEqual(['RECEIPT', 'RETURN', 'WASTE']);
  });
});

describe('a record that comes again', () => {
  it('has no second effect, even when the inbox has forgotten it', async () => {
    const receipt = recorded({ sequence: 7n });
    await desk.take(receipt, receipt);
    await desk.database.query('TRUNCATE delivery.inbox');
    expect(await desk.take(receipt)).toEqual([]);
    expect(await desk.balances()).toMatchObject({ 'DOCK GLOVE-M': '10' });
  });

  it('under another eventId is refused by the number of its source, in one batch and later', async () => {
    const first = recorded({ sequence: 7n });
    expect(await desk.take(first, recorded({ sequence: 7n }), recorded({ sequence: 8n }))).toEqual([
      'Accepted RECEIVED',
      'Refused DUPLICATE',
      'Accepted RECEIVED',
    ]);
    expect(await desk.take(recorded({ sequence: 7n }))).toEqual(['Refused DUPLICATE']);
    const last = (await desk.published('warehouse.scan-receipt')).at(-1)!;
    expect(last.data).toMatchObject({
      owner: 'source-system',
      message: expect.stringContaining(first.eventId) as string,
    });
  });
});

describe('a record that our master data cannot place yet', () => {
  it('waits for all that is missing at once, with later ones of its key, and goes on by itself', async () => {
    const stent = recorded({ product: 'STENT', at: 'WEST' });
    expect(await desk.take(stent, recorded({ product: 'STENT', at: 'WEST', quantity: 1 }))).toEqual([
      'Held UNKNOWN_PRODUCT',
      'Held WAITS_BEHIND',
    ]);
    expect(await desk.parked()).toMatchObject([
      { class: 'DATA', owner: 'master-data', awaits: ['product:INTERNAL:STENT', 'location:WEST'] },
      { state: 'waiting' },
    ]);
    await desk.deliver(product('STENT', 'NONE'));
    await desk.deliver(place('WEST'));
    await desk.drain();
    expect((await desk.receipts()).slice(-2)).toEqual(['Accepted RECEIVED', 'Accepted RECEIVED']);
    expect(await desk.balances()).toEqual({ 'Vendors STENT': '-11', 'WEST STENT': '11' });
  });

  it('waits for a lot until its receipt has brought it, or Odoo has', async () => {
    const move = { ...lots, operation: 'TRANSFERRED', at: 'STORE', to: 'NORTH-ICU', quantity: 1 } as const;
    expect(await desk.take(recorded(move), recorded({ ...move, lotNumber: 'L2', at: 'SOUTH-ER' }))).toEqual([
      'Held UNKNOWN_LOT',
      'Held UNKNOWN_LOT',
    ]);
    await desk.take(recorded({ ...lots, quantity: 5, at: 'DOCK' }));
    await desk.drain();
    await desk.deliver(lot('SUTURE', 'L2'));
    await desk.drain();
    expect(await desk.balances()).toMatchObject({ 'NORTH-ICU SUTURE L1': '1', 'NORTH-ICU SUTURE L2': '1' });
  });
});

describe('a reversal', () => {
  it('undoes an operation, once', async () => {
    const receipt = recorded({ ...lots, documentReference: 'PO00042' });
    await desk.take(receipt);
    const wrong = { ...undoing(receipt), quantity: recorded({ quantity: 9 }).quantity };
    expect(await desk.take(wrong, undoing(receipt), undoing(receipt))).toEqual([
      'Refused REVERSAL_DIFFERS',
      'Accepted REVERSED',
      'Refused ALREADY_REVERSED',
    ]);
    expect(await desk.balances()).toEqual({});
    const [first, second] = await desk.published('inventory.stock');
    expect(second!.data).toMatchObject({
      movementType: 'REVERSAL',
      reverses: first!.data['eventId'],
      toLocation: 'Vendors',
    });
    expect(await desk.take(undoing(receipt))).toEqual(['Refused ALREADY_REVERSED']);
  });

  it('that comes before its record waits for it', async () => {
    const receipt = recorded();
    const early = { ...undoing(receipt), location: { scheme: 'CODE', value: 'WH/DOCK' } as const };
    expect(await desk.take(early)).toEqual(['Held REVERSAL_BEFORE_ORIGINAL']);
    await desk.take(receipt);
    await desk.drain();
    expect(await desk.receipts()).toEqual(['Held REVERSAL_BEFORE_ORIGINAL', 'Accepted RECEIVED', 'Accepted REVERSED']);
    expect(await desk.balances()).toEqual({});
  });
});

describe('a record that is given up', () => {
  it('ends refused with who decided and why', async () => {
    const given = recorded({ product: 'NO-SUCH', sequence: 70n });
    await desk.take(given);
    const { items } = await desk.interventions.list({ code: 'UNKNOWN_PRODUCT' });
    await desk.interventions.abandon(items[0]!.exceptionId, { by: 'M. Weber', reason: 'never existed' });
    expect(await desk.receipts()).toEqual(['Held UNKNOWN_PRODUCT', 'Refused ABANDONED']);
    expect((await desk.published('warehouse.scan-receipt')).at(-1)!.data).toMatchObject({
      ...{ recordEventId: given.eventId, sequence: 70n, message: 'M. Weber gave the record up: never existed' },
    });
    expect(await desk.take(recorded({ sequence: 70n, at: 'STORE' }))).toEqual(['Refused DUPLICATE']);
  });
});

it('what nobody can store is refused and not lost', async () => {
  const odd = recorded({ lotNumber: 'L\0', reason: 'x' });
  expect(await desk.take(odd, recorded({ unit: ' ' }), recorded({ quantity: 0 }))).toEqual([
    'Refused TEXT_INVALID',
    'Refused TEXT_INVALID',
    'Refused QUANTITY_NOT_POSITIVE',
  ]);
});
