import { gtinOf, products, wards } from '../hospital.ts';
import { hour, productOf, type DayInProgress, type Draft } from './day-in-progress.ts';
import { takeBack, use } from './everyday.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';
import { and, byEdge, byReceipt, refused, story, tells, wrong, type Fits, type Told } from './telling.ts';

const namesUnit: Fits = ({ piecesOnly, edge }) => piecesOnly !== true && edge !== 'scan' && edge !== 'jsonl';
const hasSerials: Fits = ({ trackings, tells: whats }) => trackings.includes('serial') && whats.includes('USED');

/** Records that are wrong in themselves. */
export const mistakes: readonly Story[] = [
  story('too old', 0.7, tells('USED'), (day, sender) => use(day, sender, wrongTime(day, -45, 'TOO_OLD'))),
  story('in the future', 0.5, tells('USED'), (day, sender) => use(day, sender, wrongTime(day, 2, 'TIME_IN_FUTURE'))),
  story('quantity of zero', 0.5, tells('USED'), zero),
  story('wrong unit', 0.7, and(tells('USED'), namesUnit), wrongUnit),
  story('part of a step', 0.3, tells('USED', 'kafka', 'csv'), partOfAStep),
  story('lot missing', 0.7, tells('USED'), lotMissing),
  story('serial not there', 0.5, hasSerials, serialNotThere),
  story('serial missing', 0.3, hasSerials, serialMissing),
  story('miskeyed number', 0.4, tells('USED', 'kafka', 'scan', 'csv', 'jsonl'), miskeyed),
  story('reversed twice', 0.5, and(tells('USED'), tells('REVERSED', 'kafka', 'scan')), reversedTwice),
  story('reversal of nothing', 0.5, and(tells('USED'), tells('REVERSED')), reversalOfNothing),
  story('unreadable', 0.3, tells('USED', 'kafka'), unreadable),
];

function wrongTime(day: DayInProgress, days: number, code: string): Partial<Draft> {
  const at = new Date(day.nextTime().getTime() + days * 24 * hour);
  return { kind: days > 0 ? 'in the future' : 'too old', at, expect: byReceipt(code) };
}

function zero(day: DayInProgress, sender: Sender, kind: string): void {
  const told: Told = {
    scan: 'FORM',
    hl7: '102',
    fhir: 'value',
    epcis: 'QUANTITY_INVALID',
  };
  wrong(day, sender, { kind, quantity: '0', expect: refused(sender, 'QUANTITY_NOT_POSITIVE', told) });
}

function wrongUnit(day: DayInProgress, sender: Sender, kind: string): void {
  wrong(day, sender, { kind, unit: 'kg', quantity: '2', expect: byReceipt('UNIT_NOT_CONVERTIBLE') });
}

function partOfAStep(day: DayInProgress, sender: Sender, kind: string): void {
  const product = productOf('CHLORHEX');
  const item = { product, lot: product.lots[0]!.name, serial: null };
  wrong(day, sender, { kind, item, unit: 'ml', quantity: '0.123', expect: byReceipt('QUANTITY_PRECISION') });
}

function lotMissing(day: DayInProgress, sender: Sender, kind: string): void {
  const item = { product: productOf('SUTURE-4-0'), lot: null, serial: null };
  wrong(day, sender, { kind, item, expect: sender.needsLot === true ? byEdge('101') : byReceipt('LOT_REQUIRED') });
}

function serialNotThere(day: DayInProgress, sender: Sender, kind: string): void {
  const item = day.newPiece(productOf('STENT-3.0'), wards[0]);
  wrong(day, sender, { kind, item, place: wards[1], expect: byReceipt('SERIAL_NOT_THERE') });
}

function serialMissing(day: DayInProgress, sender: Sender, kind: string): void {
  const item = { product: productOf('STENT-3.0'), lot: null, serial: null };
  wrong(day, sender, { kind, item, expect: byReceipt('SERIAL_REQUIRED') });
}

function miskeyed(day: DayInProgress, sender: Sender, kind: string): void {
  const right = gtinOf(products[0]!);
  const value = `${right.slice(0, 13)}${(Number(right[13]) + 1) % 10}`;
  const expect = refused(sender, 'GTIN_INVALID', { scan: 'CHECK_DIGIT', jsonl: 'SCAN_INVALID' });
  wrong(day, sender, { kind, named: { scheme: 'GTIN', value }, expect });
}

function reversedTwice(day: DayInProgress, sender: Sender): void {
  const original = use(day, sender);
  takeBack(day, sender, original);
  takeBack(day, sender, original, { kind: 'reversed twice', expect: byReceipt('ALREADY_REVERSED') });
}

function reversalOfNothing(day: DayInProgress, sender: Sender, kind: string): void {
  if (sender.edge === 'fhir') return wrong(day, sender, { kind, what: 'REVERSED', expect: { end: 'noted' } });
  const told: Told = {
    scan: 'REVERSAL_OF_NOTHING',
    hl7: '204',
    csv: 'REVERSAL_OF_NOTHING',
    jsonl: 'REVERSAL_OF_NOTHING',
    epcis: 'REVERSAL_OF_NOTHING',
  };
  wrong(day, sender, { kind, what: 'REVERSED', expect: refused(sender, 'REVERSAL_OF_NOTHING', told) });
}

function unreadable(day: DayInProgress, sender: Sender, kind: string): void {
  wrong(day, sender, { kind, sequence: null, expect: { end: 'unreadable' } });
}
