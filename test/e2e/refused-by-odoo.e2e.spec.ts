import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { openStory, type Story } from './story.ts';
import type { Product, Ward } from './hospital.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';
import type { ParkedMessage } from './service-answers.ts';

const adapter = 'odoo-adapter';

describe('A posting that Odoo refuses', () => {
  let story: Story;
  let ward: Ward;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    return async () => {
      await story.wardline.line('restore');
      await story.close();
    };
  }, 300_000);

  it('is parked, later ones of its key wait and other keys post; mended and tried again, they are posted in order', async () => {
    const { hospital, upstream, services, subscriber } = story;
    const { refused, other, records } = await refusal();
    const [first, second, third] = records;
    expect(refused).toMatchObject({ code: 'ODOO_VALIDATION', class: 'BUSINESS', owner: 'stores' });
    const movement = await eventually(async () => {
      const movements = await services.movements(first.eventId);
      expect(movements).toMatchObject([{ posting: { state: 'REFUSED' } }]);
      return movements[0]!;
    });
    await eventually(() => {
      const events = subscriber.seen('PostingRefused', { sourceEventId: movement.eventId });
      expect(events.map(({ data }) => data['code'])).toEqual(['ODOO_VALIDATION']);
    });
    const elsewhere = consumption(other.code, ward.code);
    await upstream.send(elsewhere);
    await story.posted(elsewhere);
    expect(await hospital.transfersOf([movement.eventId])).toEqual([]);

    await heardOf(refused.product, 'LOT');
    await hospital.change('product.product', refused.product.id, { tracking: 'none' });
    await heardOf(refused.product, 'NONE');
    await upstream.send(third);
    await eventually(async () => expect(await services.movements(third.eventId)).toHaveLength(1), {
      timeoutMs: 30_000,
    });
    for (const behind of [second, third])
      expect(await services.movements(behind.eventId)).toMatchObject([{ posting: { state: 'PENDING' } }]);

    expect(await services.decide(adapter, refused.exceptionId, 'retry', { by: 's.berg' })).toBe(202);
    for (const record of records) await story.posted(record, 60_000);
    const ids = await Promise.all(records.map(async ({ eventId }) => (await services.movements(eventId))[0]!.eventId));
    const transfers = await hospital.transfersOf(ids);
    expect(transfers.map(({ origin, state }) => [origin, state])).toEqual(ids.map((id) => [`wardline ${id}`, 'done']));
    expect(await hospital.onHand(refused.product, ward)).toBe(44);
    await eventually(() => {
      const resolved = subscriber.seen('ExceptionResolved', { exceptionId: refused.exceptionId });
      expect(resolved.map(({ data }) => data['outcome'])).toEqual(['DONE']);
    });
  }, 180_000);

  it('may be given up by a person with a reason, and the later ones of its key are posted', async () => {
    const { hospital, services } = story;
    const { refused, records } = await refusal();
    await hospital.change('product.product', refused.product.id, { tracking: 'none' });
    expect(await services.decide(adapter, refused.exceptionId, 'abandon', { reason: 'counted instead' })).toBe(400);
    expect(await services.decide(adapter, refused.exceptionId, 'abandon', { by: 's.berg' })).toBe(400);
    const decision = { by: 's.berg', reason: 'counted instead' };
    expect(await services.decide(adapter, refused.exceptionId, 'abandon', decision)).toBe(200);
    expect(await services.decide(adapter, refused.exceptionId, 'retry', { by: 's.berg' })).toBe(409);
    await story.posted(records[1], 60_000);
    const [first] = await services.movements(records[0].eventId);
    expect(first?.posting).toMatchObject({ state: 'REFUSED' });
    expect(await hospital.transfersOf([first?.eventId ?? ''])).toEqual([]);
    const [settled] = (await services.parked(adapter, { state: 'abandoned' })).filter(
      ({ exceptionId }) => exceptionId === refused.exceptionId,
    );
    expect(settled).toMatchObject({ settledBy: 's.berg', settledReason: 'counted instead' });
  }, 180_000);

  /** Waits until consumption-ingest knows how Odoo tracks a product now. */
  async function heardOf(product: Product, tracking: string): Promise<void> {
    await eventually(
      async () => {
        const changes = story.subscriber.seen('ProductChanged', { productCode: product.code });
        expect(changes.at(-1)?.data['tracking']).toBe(tracking);
        const lag = await story.services.metric('consumption-ingest', 'wardline_lag_messages', {
          topic: 'masterdata.product',
        });
        expect(lag).toBe(0);
      },
      { timeoutMs: 30_000, everyMs: 100 },
    );
  }

  type Refused = ParkedMessage & { readonly product: Product };

  /** While the line is cut somebody makes a product lot-tracked whose use without a lot was accepted before: Odoo then wants the lot. */
  async function refusal(): Promise<{
    refused: Refused;
    other: Product;
    records: [Consumption, Consumption, Consumption];
  }> {
    const { hospital, upstream, services, wardline } = story;
    const [product, other] = [await hospital.product(), await hospital.product()];
    for (const each of [product, other]) await hospital.stock(each, ward, 50);
    for (const each of [product, other]) await story.known(each, ward);
    const records: [Consumption, Consumption, Consumption] = [
      consumption(product.code, ward.code, { quantity: '1' }),
      consumption(product.code, ward.code, { quantity: '2' }),
      consumption(product.code, ward.code, { quantity: '3' }),
    ];
    await wardline.line('cut');
    await upstream.send(records[0], records[1]);
    await eventually(async () => expect(await services.movements(records[1].eventId)).toHaveLength(1), {
      timeoutMs: 30_000,
    });
    await hospital.change('product.product', product.id, { tracking: 'lot' });
    await wardline.line('restore');
    const parked = await eventually(
      async () => {
        const [one] = await services.parked(adapter, { key: `${ward.code}/${product.code}`, state: 'parked' });
        expect(one).toBeDefined();
        return one!;
      },
      { timeoutMs: 60_000 },
    );
    return { refused: { ...parked, product }, other, records };
  }
});
