import { objectEvent, readEvent } from '@wardline/epcis';
import { expect, it } from 'vitest';
import { movementEvent, type ToldMovement } from './movement-event.js';

const gln = '4012345000009';
const movement: ToldMovement = {
  ...{ position: '7', eventId: '019361d8-0000-7000-8000-000000000007', movementType: 'RECEIPT' },
  ...{ productCode: 'SUTURE 3/0', gtin: '09521101530001', lotNumber: 'L+1/A', serialNumber: null },
  ...{ fromLocation: 'Vendors', toLocation: 'NORTH/ICU', quantity: '12.500000', unit: 'Units' },
  ...{ occurredAt: new Date('2026-11-21T08:00:00Z'), recordedAt: new Date('2026-11-21T08:00:03Z') },
  ...{ transferReference: null, documentReference: null, undoneAt: null },
};

/** What somebody who captures the event reads in it, in brief. */
function told(change: Partial<ToldMovement>): string {
  const event = objectEvent(movementEvent({ ...movement, ...change }, gln));
  const read = readEvent(event);
  if (!read.ok) return JSON.stringify(read.problems);
  const { meaning, items, readPoint, bizLocation, isError, problems, documents } = read.event;
  const means = Object.values(meaning).filter((word) => typeof word === 'string');
  const [what] = items.map((one) => `${one.quantity} ${one.unit} ${one.lotNumber ?? one.serialNumber}`);
  const where = [readPoint, bizLocation].map((place) => place?.extension ?? '-').join(' > ');
  const papers = documents.map(({ type, reference }) => `${type} ${reference.replace(/.*:/, '')}`);
  const words = [event['action'], ...means, what ?? '', where, ...papers, isError ? 'error' : ''];
  return [...words, ...problems.map(({ code }) => code)].filter((word) => word !== '').join(' | ');
}

it('each movement is an event that says the same to whoever captures it', () => {
  const ward = { fromLocation: 'NORTH/ICU', lotNumber: 'L1', quantity: '2.000000' };
  const away = { ...ward, movementType: 'TRANSFER' };
  const there = { ...away, toLocation: 'NORTH/ICU' };
  expect([
    told({ documentReference: 'PO-7' }),
    told({ ...ward, movementType: 'CONSUMPTION', toLocation: 'Consumption' }),
    told({ ...ward, movementType: 'WASTE', toLocation: 'Scrap' }),
    told({ ...ward, movementType: 'RETURN', fromLocation: 'Consumption' }),
    told({ ...ward, movementType: 'RETURN', toLocation: 'Vendors' }),
    told({ ...away, toLocation: 'NORTH/OR' }),
    told({ ...away, toLocation: 'In transit', transferReference: 'TR-1' }),
    told({ ...there, fromLocation: 'In transit', transferReference: 'TR-1' }),
    told({ ...away, toLocation: 'NORTH/ICU/Quarantine' }),
    told({ ...there, fromLocation: 'NORTH/ICU/Quarantine' }),
    told({ lotNumber: null, serialNumber: 'SN-1', quantity: '1.000000' }),
    told({ unit: 'kg' }),
    told({ undoneAt: new Date('2026-11-22T10:00:00Z') }),
  ]).toEqual([
    'OBSERVE | arrival | 12.5 C62 L+1/A | NORTH/ICU > NORTH/ICU | po PO-7',
    'OBSERVE | consumption | USED | 2 C62 L1 | NORTH/ICU > -',
    'DELETE | handling | WRITTEN_OFF | 2 C62 L1 | NORTH/ICU > -',
    'OBSERVE | consumption | RETURNED | 2 C62 L1 | NORTH/ICU > NORTH/ICU',
    'OBSERVE | departure | 2 C62 L1 | NORTH/ICU > -',
    'OBSERVE | move | TRANSFERRED | 2 C62 L1 | NORTH/ICU > NORTH/OR',
    'OBSERVE | departure | 2 C62 L1 | NORTH/ICU > - | desadv TR-1',
    'OBSERVE | arrival | 2 C62 L1 | NORTH/ICU > NORTH/ICU | desadv TR-1',
    'OBSERVE | handling | QUARANTINED | 2 C62 L1 | NORTH/ICU > NORTH/ICU',
    'OBSERVE | handling | RELEASED | 2 C62 L1 | NORTH/ICU > NORTH/ICU',
    'OBSERVE | arrival | 1 C62 SN-1 | NORTH/ICU > NORTH/ICU',
    'OBSERVE | arrival | 12.5 KGM L+1/A | NORTH/ICU > NORTH/ICU',
    'OBSERVE | arrival | 12.5 C62 L+1/A | NORTH/ICU > NORTH/ICU | error',
  ]);
});

it('a difference that a count found comes or goes, and is not passed off as what was counted', () => {
  const found = { movementType: 'ADJUSTMENT', fromLocation: 'Inventory adjustment' };
  const missing = { movementType: 'ADJUSTMENT', fromLocation: 'NORTH/ICU', toLocation: 'Inventory adjustment' };
  expect([found, missing].map((one) => movementEvent({ ...movement, ...one }, gln))).toMatchObject([
    { action: 'ADD', bizStep: 'other', bizLocation: `https://id.gs1.org/414/${gln}/254/NORTH%2FICU` },
    { action: 'DELETE', bizStep: 'other', readPoint: `https://id.gs1.org/414/${gln}/254/NORTH%2FICU` },
  ]);
});

it('what has no number of GS1 is named by our own code, exactly, and a unit without a code says no wrong amount', () => {
  const own = objectEvent(movementEvent({ ...movement, gtin: null, unit: 'Pack of 6' }, undefined));
  expect(own).toMatchObject({
    quantityList: [{ epcClass: 'urn:wardline:product:SUTURE%203%2F0:lot:L%2B1%2FA' }],
    ...{ bizLocation: { id: 'urn:wardline:location:NORTH%2FICU' } },
    ...{ 'wardline:quantity': '12.500000', 'wardline:unit': 'Pack of 6' },
  });
  expect(own['quantityList']).not.toMatchObject([{ quantity: expect.anything() }]);
  expect(objectEvent(movementEvent({ ...movement, lotNumber: 'Charge 7 Ä' }, gln))).toMatchObject({
    quantityList: [{ epcClass: 'urn:wardline:product:SUTURE%203%2F0:lot:Charge%207%20%C3%84', quantity: 12.5 }],
  });
  const long = { ...movement, toLocation: 'SOUTH-PHARMACY-COLD-ROOM-2' };
  expect(movementEvent(long, gln).bizLocation).toBe('urn:wardline:location:SOUTH-PHARMACY-COLD-ROOM-2');
});
