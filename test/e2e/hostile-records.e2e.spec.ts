import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { named, type Product, type Ward } from './hospital.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';
import { openStory, type Story } from './story.ts';

/** Texts that mean something to a spreadsheet, a browser, a database, Odoo or the eye, and must mean nothing to us. */
const texts: readonly (readonly [what: string, text: string])[] = [
  ['a formula', '=cmd|/C calc!A0'],
  ['HTML and QWeb', '<b>x</b><t t-esc="user.env"/>'],
  ['SQL', "'; DROP TABLE stock_quant; --"],
  ['an Odoo domain', "['|',('id','!=',0),(1,'=',1)]"],
  ['an external id with dots and spaces', 'wardline.a.b c'],
  ['wildcards', '%_\\%'],
  ['text from right to left', '\u202eM-EVOLG\u202c'],
  ['letters without width', 'GLO\u200bVE\u2060M'],
  ['characters beyond the basic plane', '😀𝒜'],
  ['a name that every object has', '__proto__'],
];

describe('A record full of text that is meant for something else', () => {
  let story: Story;
  let ward: Ward;
  let bystander: Product;

  beforeAll(async () => {
    story = await openStory();
    const { hospital } = story;
    ward = await hospital.ward(`${named('WARD')} <i>'%\u202e`);
    bystander = await hospital.product();
    await hospital.stock(bystander, ward, 10);
    await story.known(bystander, ward);
    return () => story.close();
  }, 300_000);

  it.each(texts)(
    'is posted as what it says and touches nothing else: %s',
    async (_what, text) => {
      const { hospital } = story;
      const product = await hospital.product({ tracking: 'lot' }, `${text} ${named('ITEM')}`);
      const lot = `${text} ${named('LOT')}`;
      await hospital.stock(product, ward, 5, await hospital.lot(product, lot));
      await story.known(product, ward);
      const record = consumption(product.code, ward.code, {
        lotNumber: lot,
        quantity: '2',
        reason: text,
        source: text,
      });
      await story.upstream.send(record);
      const movement = await story.posted(record, 60_000);
      expect(await hospital.onHand(product, ward, lot)).toBe(3);
      expect(await hospital.onHand(bystander, ward)).toBe(10);
      expect((await hospital.transfersOf([movement.eventId])).map(({ state }) => state)).toEqual(['done']);
      const [accepted] = story.subscriber.seen('ConsumptionAccepted', { recordEventId: record.eventId });
      expect(accepted?.data).toMatchObject({ productCode: product.code, lotNumber: lot, reason: text });
    },
    120_000,
  );

  it.each<[string, Partial<Consumption>, string]>([
    ['a NUL in its reason', { reason: 'a\0b' }, 'TEXT_INVALID'],
    ['a NUL in its lot', { lotNumber: 'a\0b' }, 'TEXT_INVALID'],
    ['a reason of half a megabyte', { reason: 'x'.repeat(500_000) }, 'TEXT_INVALID'],
    ['a source of a thousand characters', { source: 's'.repeat(1_000) }, 'TEXT_INVALID'],
    ['the year 1', { occurredAt: -62_135_596_800_000 }, 'TOO_OLD'],
    ['the year 9999', { occurredAt: 253_402_300_799_999 }, 'TIME_IN_FUTURE'],
    ['microseconds for milliseconds', { occurredAt: Date.now() * 1_000 }, 'TIME_IN_FUTURE'],
    ['the last time that exists', { occurredAt: 8_640_000_000_000_000 }, 'TIME_IN_FUTURE'],
    ['nearly nothing', { quantity: '0.000001' }, 'QUANTITY_PRECISION'],
    ['the largest quantity there is', { quantity: '999999999999.999999' }, 'QUANTITY_PRECISION'],
  ])('is refused with a receipt and holds nobody up: %s', async (_what, different, code) => {
    const record = consumption(bystander.code, ward.code, different);
    const good = consumption(bystander.code, ward.code, { kind: 'RETURNED' });
    await story.upstream.send(record, good);
    expect(await story.receipt(record, 'refused')).toMatchObject({ code, owner: 'source-system' });
    await story.receipt(good, 'accepted');
    expect(await story.services.movements(record.eventId)).toEqual([]);
  });

  it('waits for its owner when it names a product that nobody has, and is found again by that name', async () => {
    for (const [, text] of texts) {
      const record = consumption(`${text} ${named('NOBODY')}`, ward.code);
      await story.upstream.send(record);
      expect(await story.receipt(record, 'held')).toMatchObject({ owner: 'master-data' });
      const key = `${ward.code}/${record.product.value}`;
      const parked = await eventually(async () => {
        const found = await story.services.parked('consumption-ingest', { key });
        expect(found).toHaveLength(1);
        return found[0]!;
      });
      const decision = { by: 'j.lind', reason: 'a test' };
      expect(await story.services.decide('consumption-ingest', parked.exceptionId, 'abandon', decision)).toBe(200);
    }
  }, 120_000);
});
