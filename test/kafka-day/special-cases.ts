import type { ConsumptionRecorded } from '@wardline/event-contracts';
import { accepted, code, internal, minutes, type DayOfRecords, type Draft } from './day-of-records.ts';
import type { Expectation } from './kafka-record.ts';
import { gtinOf, lateProduct, operatingRoomGln, products } from '../../deploy/local/demo/hospital.ts';

const refused = (reason: string): Expectation => ({ outcome: 'refused', code: reason });
const days = 24 * 60 * minutes;

/** Everything that is not everyday, each to be played once, spread over the day in this order. */
export function specialCases(day: DayOfRecords): (() => void)[] {
  const glove = { product: internal('GLOVE-M'), place: code('NORTH-ED'), quantity: '2', unit: 'EA' };
  return [
    ...acceptedCases(day),
    ...reversals(day),
    ...repeats(day),
    ...wrongRecords(day, glove),
    ...heldCases(day),
    ...unreadable(day),
  ];
}

function acceptedCases(day: DayOfRecords): (() => void)[] {
  const box = { product: internal('GLOVE-L'), place: code('NORTH-OR1'), quantity: '1', unit: 'Box of 100' };
  const lateUse = { product: internal('IV-SET'), place: code('SOUTH-MED'), quantity: '1', unit: 'H87' };
  return [
    () => day.add(box, accepted),
    () => day.add({ ...box, product: internal('GAUZE-10'), unit: 'Pack of 6', quantity: '2' }, accepted),
    () =>
      day.add({ ...box, product: internal('CHLORHEX'), lotNumber: 'CH0077', unit: 'L', quantity: '0.25' }, accepted),
    () => day.add({ ...box, place: { scheme: 'GLN', value: operatingRoomGln }, unit: 'EA' }, accepted),
    () => day.add({ ...box, product: internal('SALINE-500'), lotNumber: 'SA2402', unit: 'EA' }, accepted),
    ...Array.from(
      { length: 10 },
      (_, index) => () => day.add({ ...lateUse, occurredAt: day.before(2 * days + index * minutes) }, accepted),
    ),
  ];
}

function reversals(day: DayOfRecords): (() => void)[] {
  const once = Array.from({ length: 11 }, () => () => reverse(day, day.ordinary(), accepted));
  const twice = (): void => {
    const original = day.ordinary();
    reverse(day, original, accepted);
    reverse(day, original, refused('ALREADY_REVERSED'));
  };
  const ofNothing = (): void => {
    const original = { product: internal('IV-SET'), place: code('NORTH-ICU'), quantity: '1', unit: 'EA' };
    const reverses = day.identity('never sent');
    day.add({ ...original, kind: 'REVERSED', reverses }, refused('REVERSAL_OF_NOTHING'));
  };
  return [...once, twice, twice, ofNothing];
}

function reverse(day: DayOfRecords, original: ConsumptionRecorded, expect: Expectation): void {
  const { product, location: place, lotNumber, serialNumber, unit, source } = original;
  const same = { product, place, lotNumber, serialNumber, unit, source, quantity: original.quantity.toString() };
  day.add({ ...same, kind: 'REVERSED', reverses: original.eventId, reason: 'entered in error' }, expect);
}

function repeats(day: DayOfRecords): (() => void)[] {
  const sameEvent = Array.from({ length: 14 }, () => () => day.repeat(day.ordinary()));
  const sameFact = Array.from({ length: 4 }, (_, index) => () => {
    const { location: place, quantity, ...first } = day.ordinary();
    day.add(
      { ...first, place, quantity: quantity.toString(), eventId: day.identity(`again ${index}`) },
      refused('DUPLICATE'),
    );
  });
  return [...sameEvent, ...sameFact];
}

function wrongRecords(day: DayOfRecords, glove: Draft): (() => void)[] {
  const serial = { product: internal('STENT-3.0'), place: code('SOUTH-OR'), quantity: '1', unit: 'EA' };
  const wrong: [Draft, string][] = [
    [{ ...glove, quantity: '0' }, 'QUANTITY_NOT_POSITIVE'],
    [{ ...glove, quantity: '-3' }, 'QUANTITY_NOT_POSITIVE'],
    [{ ...glove, occurredAt: day.before(-2 * days) }, 'TIME_IN_FUTURE'],
    [{ ...glove, occurredAt: day.before(45 * days) }, 'TOO_OLD'],
    [{ ...glove, product: internal('SUTURE-4-0') }, 'LOT_REQUIRED'],
    [serial, 'SERIAL_REQUIRED'],
    [{ ...serial, serialNumber: 'STENT-3.0/NORTH-ICU/006' }, 'SERIAL_NOT_THERE'],
    [{ ...glove, unit: 'kg' }, 'UNIT_NOT_CONVERTIBLE'],
    [
      { ...glove, product: internal('CHLORHEX'), lotNumber: 'CH0077', unit: 'ml', quantity: '0.123' },
      'QUANTITY_PRECISION',
    ],
    [
      { ...glove, product: { scheme: 'GTIN', value: miskeyed(gtinOf(products[0]!)), supplierCode: null } },
      'GTIN_INVALID',
    ],
  ];
  return wrong.map(
    ([draft, why]) =>
      () =>
        day.add(draft, refused(why)),
  );
}

/** The late product is created in the course of the day, so its uses settle; the wrong ward stays for somebody to look at. */
function heldCases(day: DayOfRecords): (() => void)[] {
  const late = { product: internal(lateProduct.code), place: code('NORTH-ICU'), quantity: '1', unit: 'EA' };
  const lost = { product: internal('GLOVE-M'), place: code('NORTH-ICU-2'), quantity: '1', unit: 'EA' };
  return [
    ...Array.from({ length: 4 }, () => () => day.add(late, { outcome: 'held', settled: true })),
    () => day.add(lost, { outcome: 'held', settled: false }),
    () => day.add(lost, { outcome: 'held', settled: false }),
  ];
}

function unreadable(day: DayOfRecords): (() => void)[] {
  const expect: Expectation = { outcome: 'unreadable' };
  return [
    () => day.raw(Buffer.from('{"product":"GLOVE-M","quantity":1}'), expect),
    () => day.raw(Buffer.from([0, 0, 0x0f, 0x42, 0x3f, 1, 2, 3]), expect),
    () => day.raw(null, expect),
  ];
}

/** A GTIN whose check digit is wrong. */
function miskeyed(gtin: string): string {
  return `${gtin.slice(0, 13)}${(Number(gtin[13]) + 1) % 10}`;
}
