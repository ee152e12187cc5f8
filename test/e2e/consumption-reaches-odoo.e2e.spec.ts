import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { Hospital, type Product, type Ward } from './hospital.ts';
import { Subscriber, type Seen } from './outsider/subscriber.ts';
import { consumption, Upstream } from './outsider/upstream.ts';
import { sharedWardline, type Wardline } from './wardline.ts';

const topics = [
  ...['masterdata.product', 'masterdata.location', 'masterdata.lot'],
  ...['clinical.consumption-receipt', 'inventory.stock', 'erp.posting'],
];

describe('What a ward uses reaches Odoo, with nothing of ours at either end', () => {
  let wardline: Wardline;
  let hospital: Hospital;
  let upstream: Upstream;
  let subscriber: Subscriber;
  let ward: Ward;
  let gauze: Product;

  beforeAll(async () => {
    wardline = await sharedWardline();
    hospital = new Hospital(wardline.addresses.odoo);
    upstream = new Upstream(wardline.addresses);
    subscriber = await Subscriber.open(wardline.addresses, topics);
    const packOf6 = await hospital.byExternalId('uom', 'product_uom_pack_6');
    ward = await hospital.ward();
    gauze = await hospital.product({ tracking: 'lot', uom_ids: [[6, 0, [packOf6.id]]] });
    await hospital.stock(gauze, ward, 100, await hospital.lot(gauze, 'GA-2411'));
    await hospital.stock(gauze, ward, 50, await hospital.lot(gauze, 'GA-2412'));
    await eventually(() => expect(subscriber.seen('LotChanged', { productCode: gauze.code })).toHaveLength(2), {
      timeoutMs: 30_000,
    });
  }, 300_000);

  afterAll(async () => {
    await upstream?.close();
    await subscriber?.close();
  });

  const about = (record: string, field: string, id: unknown): Promise<Seen> =>
    eventually(
      () => {
        const found = subscriber.seen(record, { [field]: id });
        expect(found, `${record} with ${field} ${String(id)}`).toHaveLength(1);
        return found[0]!;
      },
      { timeoutMs: 30_000 },
    );

  it('takes two boxes of a lot out of Odoo as twelve pieces, and every step can be read by schema id', async () => {
    const record = consumption(gauze.code, ward.code, { quantity: '2', unit: 'Pack of 6', lotNumber: 'GA-2411' });
    await upstream.send(record);

    const receipt = await about('ConsumptionAccepted', 'recordEventId', record.eventId);
    expect(receipt.data).toMatchObject({
      ...{ productCode: gauze.code, locationCode: ward.code, lotNumber: 'GA-2411' },
      ...{ quantity: '12.000000', unit: 'Units', recordedQuantity: '2.000000', recordedUnit: 'Pack of 6' },
      ...{ correlationId: record.correlationId, causationId: record.eventId },
    });

    const moved = await about('StockMoved', 'correlationId', record.correlationId);
    expect(moved.key).toBe(`${ward.code}/${gauze.code}`);
    expect(moved.data).toMatchObject({
      ...{ movementType: 'CONSUMPTION', fromLocation: ward.code, toLocation: 'Consumption' },
      ...{ lotNumber: 'GA-2411', quantity: '12.000000', unit: 'Units' },
    });
    expect(moved.headers.get('ce_type')).toBe('org.wardline.inventory.StockMoved');

    const posted = await about('PostingSucceeded', 'sourceEventId', moved.data['eventId']);
    expect(posted.data).toMatchObject({ model: 'stock.picking', correlationId: record.correlationId });
    expect(await hospital.onHand(gauze, ward, 'GA-2411')).toBe(88);
    expect(await hospital.onHand(gauze, ward, 'GA-2412')).toBe(50);

    const transfers = await hospital.transfersOf([String(moved.data['eventId'])]);
    expect(transfers).toMatchObject([{ state: 'done', name: posted.data['reference'], id: posted.data['recordId'] }]);
  });

  it('tells a producer that names the product by its GTIN the same', async () => {
    const barcode = gtinOf(Date.now());
    await hospital.change('product.product', gauze.id, { barcode });
    await eventually(
      () => expect(subscriber.seen('ProductChanged', { productCode: gauze.code, gtin: barcode })).not.toEqual([]),
      {
        timeoutMs: 30_000,
      },
    );
    const product = { scheme: 'GTIN', value: barcode.replace(/^0/, ''), supplierCode: null };
    const record = consumption(gauze.code, ward.code, { product, quantity: '3', lotNumber: 'GA-2412' });
    await upstream.send(record);
    const moved = await about('StockMoved', 'correlationId', record.correlationId);
    await about('PostingSucceeded', 'sourceEventId', moved.data['eventId']);
    expect(await hospital.onHand(gauze, ward, 'GA-2412')).toBe(47);
  });
});

/** A 14-digit GTIN whose item number is a time, so that no two runs share one. */
function gtinOf(time: number): string {
  const digits = `0${String(time).slice(-12)}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
