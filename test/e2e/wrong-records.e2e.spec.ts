import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { openStory, type Story } from './story.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';

const day = 86_400_000;

/** What stands on the ward of this story. */
interface Shelf {
  readonly ward: string;
  readonly plain: string;
  readonly byLot: string;
  readonly bySerial: string;
  /** In millilitres. */
  readonly liquid: string;
  /** Where the serial piece SN-2 is. */
  readonly otherWard: string;
}

interface WrongRecord {
  readonly code: string;
  readonly because: string;
  readonly record: (shelf: Shelf, accepted: Accepted) => Consumption;
}

/** Records that were accepted before, for those that speak of them. */
interface Accepted {
  readonly used: Consumption;
  readonly reversed: Consumption;
  readonly reversal: Consumption;
  readonly counted: Consumption;
}

const plainly = (different: Partial<Consumption>) => (shelf: Shelf) => consumption(shelf.plain, shelf.ward, different);
const named = (product: Consumption['product']) => plainly({ product });
const at = (location: Consumption['location']) => plainly({ location });

const wrongRecords: readonly WrongRecord[] = [
  { code: 'KIND_UNKNOWN', because: 'its kind is none we know', record: plainly({ kind: 'UNKNOWN' }) },
  { code: 'TEXT_INVALID', because: 'it has no source', record: plainly({ source: '' }) },
  { code: 'TIME_IN_FUTURE', because: 'it has not happened yet', record: plainly({ occurredAt: Date.now() + day }) },
  { code: 'TOO_OLD', because: 'it happened too long ago', record: plainly({ occurredAt: Date.now() - 45 * day }) },
  {
    code: 'DUPLICATE',
    because: 'its source has used this sequence before',
    record: ({ plain, ward }, { counted }) =>
      consumption(plain, ward, { source: counted.source, sequence: counted.sequence }),
  },
  {
    code: 'PRODUCT_SCHEME_UNKNOWN',
    because: 'its product code is of no known scheme',
    record: named({ scheme: 'UNKNOWN', value: 'X', supplierCode: null }),
  },
  {
    code: 'GTIN_INVALID',
    because: 'the check digit of its GTIN is wrong',
    record: named({ scheme: 'GTIN', value: '04012345001008', supplierCode: null }),
  },
  {
    code: 'NDC_INVALID',
    because: 'its NDC is none',
    record: named({ scheme: 'NDC', value: '12-34', supplierCode: null }),
  },
  {
    code: 'SUPPLIER_CODE_MISSING',
    because: 'its item number names no supplier',
    record: named({ scheme: 'SUPPLIER_ITEM', value: 'ND-1', supplierCode: null }),
  },
  {
    code: 'LOCATION_SCHEME_UNKNOWN',
    because: 'its place is of no known scheme',
    record: at({ scheme: 'UNKNOWN', value: 'ICU' }),
  },
  {
    code: 'GLN_INVALID',
    because: 'the check digit of its GLN is wrong',
    record: at({ scheme: 'GLN', value: '4012345000017' }),
  },
  { code: 'QUANTITY_NOT_POSITIVE', because: 'its quantity is zero', record: plainly({ quantity: '0' }) },
  { code: 'QUANTITY_NOT_POSITIVE', because: 'its quantity is negative', record: plainly({ quantity: '-3' }) },
  {
    code: 'QUANTITY_TOO_LARGE',
    because: 'its quantity does not fit once it is in the stock unit',
    record: ({ liquid, ward }) => consumption(liquid, ward, { quantity: '999999999999', unit: 'L' }),
  },
  {
    code: 'QUANTITY_PRECISION',
    because: 'Odoo would round it',
    record: ({ liquid, ward }) => consumption(liquid, ward, { quantity: '0.123', unit: 'ml' }),
  },
  { code: 'UNIT_NOT_CONVERTIBLE', because: 'gloves have no weight', record: plainly({ unit: 'kg' }) },
  { code: 'LOT_REQUIRED', because: 'it names no lot', record: ({ byLot, ward }) => consumption(byLot, ward) },
  {
    code: 'SERIAL_REQUIRED',
    because: 'it names no serial',
    record: ({ bySerial, ward }) => consumption(bySerial, ward),
  },
  {
    code: 'SERIAL_QUANTITY',
    because: 'a serial is one piece',
    record: ({ bySerial, ward }) => consumption(bySerial, ward, { serialNumber: 'SN-1', quantity: '2' }),
  },
  {
    code: 'SERIAL_NOT_THERE',
    because: 'the piece lies elsewhere',
    record: ({ bySerial, ward }) => consumption(bySerial, ward, { serialNumber: 'SN-2' }),
  },
  {
    code: 'SERIAL_IN_STOCK',
    because: 'the piece that comes back never left',
    record: ({ bySerial, ward }) => consumption(bySerial, ward, { serialNumber: 'SN-2', kind: 'RETURNED' }),
  },
  {
    code: 'REVERSES_UNEXPECTED',
    because: 'it reverses and is no reversal',
    record: ({ plain, ward }, { used }) => consumption(plain, ward, { reverses: used.eventId }),
  },
  {
    code: 'REVERSAL_OF_NOTHING',
    because: 'nobody sent what it reverses',
    record: plainly({ kind: 'REVERSED', reverses: '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00' }),
  },
  {
    code: 'REVERSAL_OF_REVERSAL',
    because: 'a reversal is not reversed',
    record: ({ plain, ward }, { reversal }) =>
      consumption(plain, ward, { kind: 'REVERSED', reverses: reversal.eventId }),
  },
  {
    code: 'ALREADY_REVERSED',
    because: 'what it reverses is undone already',
    record: ({ plain, ward }, { reversed }) =>
      consumption(plain, ward, { kind: 'REVERSED', reverses: reversed.eventId }),
  },
  {
    code: 'REVERSAL_DIFFERS',
    because: 'what it reverses was another quantity',
    record: ({ plain, ward }, { used }) =>
      consumption(plain, ward, { kind: 'REVERSED', reverses: used.eventId, quantity: '9' }),
  },
];

describe('A record that is wrong in itself is refused, with what was wrong, what to do and whose job it is:', () => {
  let story: Story;
  let shelf: Shelf;
  let accepted: Accepted;

  beforeAll(async () => {
    story = await openStory();
    const { hospital } = story;
    const [ward, otherWard] = [await hospital.ward(), await hospital.ward()];
    const plain = await hospital.product();
    const byLot = await hospital.product({ tracking: 'lot' });
    const bySerial = await hospital.product({ tracking: 'serial' });
    const { id: millilitre } = await hospital.byExternalId('uom', 'product_uom_milliliter');
    const liquid = await hospital.product({ uom_id: millilitre });
    await hospital.stock(bySerial, ward, 1, await hospital.lot(bySerial, 'SN-1'));
    await hospital.stock(bySerial, otherWard, 1, await hospital.lot(bySerial, 'SN-2'));
    for (const product of [plain, byLot, liquid, bySerial]) await story.known(product, ward);
    await eventually(
      () => {
        const places = story.subscriber.seen('LotChanged', { productCode: bySerial.code });
        expect(places.map(({ data }) => data['locationCode'])).toEqual(
          expect.arrayContaining([ward.code, otherWard.code]),
        );
      },
      { timeoutMs: 30_000 },
    );
    shelf = {
      ...{ ward: ward.code, otherWard: otherWard.code, plain: plain.code },
      ...{ byLot: byLot.code, bySerial: bySerial.code, liquid: liquid.code },
    };
    accepted = recordsBefore(shelf);
    await story.upstream.send(accepted.used, accepted.reversed, accepted.reversal, accepted.counted);
    for (const record of Object.values(accepted)) await story.receipt(record as Consumption, 'accepted');
    return () => story.close();
  }, 300_000);

  it.each(wrongRecords)('$code, because $because', async ({ code, record: make }) => {
    const record = make(shelf, accepted);
    await story.upstream.send(record);
    const receipt = await story.receipt(record, 'refused');
    expect(receipt).toMatchObject({ code, owner: 'source-system' });
    expect(receipt.message).not.toBe('');
    expect(receipt.remedy).not.toBe('');
    const events = await eventually(() => {
      const seen = story.subscriber.seen('ConsumptionRefused', { recordEventId: record.eventId });
      expect(seen).toHaveLength(1);
      return seen;
    });
    const { message, remedy, owner } = receipt;
    expect(events[0]?.data).toMatchObject({ code, message, remedy, owner, recordSource: record.source });
    expect(story.subscriber.seen('ConsumptionHeld', { recordEventId: record.eventId })).toEqual([]);
    expect(await story.services.movements(record.eventId)).toEqual([]);
  });

  it('and the next good record of the same key is taken as if nothing had been', async () => {
    const good = consumption(shelf.plain, shelf.ward);
    await story.upstream.send(good);
    await story.posted(good);
  });
});

function recordsBefore({ plain, ward }: Shelf): Accepted {
  const [used, reversed] = [consumption(plain, ward), consumption(plain, ward)];
  return {
    ...{ used, reversed },
    reversal: consumption(plain, ward, { kind: 'REVERSED', reverses: reversed.eventId }),
    counted: consumption(plain, ward, { source: `cabinet-${used.eventId}`, sequence: 12 }),
  };
}
