import { stores, wards } from '../hospital.ts';
import { productOf, type DayInProgress, type Item } from './day-in-progress.ts';
import { itemFor, placesOfUse, receiveLot, use } from './everyday.ts';
import { mistakes } from './mistakes.ts';
import type { DayRecord } from './record.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';
import { and, byReceipt, refused, story, tells, wrong, type Fits, type Told } from './telling.ts';
import { waiting } from './waiting.ts';

const counts: Fits = ({ counts: counting }) => counting === true;
const knowsLots: Fits = ({ trackings }) => trackings.includes('lot');
const hasNumbers: Fits = ({ edge, counts: counting, trackings }) =>
  (edge !== 'kafka' || counting === true) && trackings.some((tracking) => tracking !== 'serial');

/** What goes wrong on a day. */
export const trouble: readonly Story[] = [
  ...mistakes,
  ...waiting,
  story('repeat', 3, tells('USED'), (day, sender) => day.repeat(use(day, sender))),
  story('repeat', 3, tells('RECEIVED'), repeatedReceipt),
  story('number used again', 1, and(tells('USED'), hasNumbers), numberUsedAgain),
  story('gap', 1, and(tells('USED'), counts), gap),
  story('expired, used', 0.7, and(tells('USED'), knowsLots), expiredUse),
  story('expired, moved', 2, tells('TRANSFERRED'), expiredMoved),
  story('quarantined, moved', 1, and(tells('TRANSFERRED'), tells('QUARANTINED')), quarantinedMoved),
  story('more released than held', 1, tells('RELEASED'), releasedTooMuch),
];

function repeatedReceipt(day: DayInProgress, sender: Sender): void {
  const item = { product: productOf('GLOVE-M'), lot: null, serial: null };
  day.repeat(day.add(sender, { kind: 'receipt', what: 'RECEIVED', place: stores[0], item, quantity: '10' }));
}

const again: Told = {
  scan: 'SCAN_ID_USED',
  hl7: '205',
  fhir: 'conflict',
  csv: 'ROW_CHANGED',
  jsonl: 'ROW_CHANGED',
  epcis: 'EVENT_ID_REUSED',
};

function numberUsedAgain(day: DayInProgress, sender: Sender): void {
  const { product: named, lot, place, sequence, ...original } = pieceless(day, sender);
  const first = day.records.at(-1)!;
  const item = { product: productOf('GLOVE-M'), lot, serial: null };
  const same = { what: first.what, place, item, named, sequence, unit: original.unit, usesNumberOf: first };
  const quantity = String(Number(original.quantity) + 5);
  day.add(sender, { kind: 'number used again', ...same, quantity, expect: refused(sender, 'DUPLICATE', again) });
}

/** A use that is no piece with a serial number. */
function pieceless(day: DayInProgress, sender: Sender): DayRecord {
  const place = day.pick(placesOfUse(sender));
  const trackings = sender.trackings.filter((one) => one !== 'serial');
  const item = itemFor(day, { ...sender, trackings }, place);
  return use(day, sender, { what: 'USED', kind: 'use', reason: null, place, item });
}

/** Numbers that never come; what comes after them is as good as ever. */
function gap(day: DayInProgress, sender: Sender): void {
  use(day, sender, { kind: 'gap', sequence: day.nextSequence(sender, day.between(1, 4)) });
}

const saline = productOf('SALINE-500');
const expired: Item = {
  product: saline,
  lot: saline.lots.find(({ expiresInDays }) => expiresInDays < 0)!.name,
  serial: null,
};

/** Use has happened: it is accepted, with a warning. */
function expiredUse(day: DayInProgress, sender: Sender, kind: string): void {
  wrong(day, sender, { kind, item: expired, expect: { end: 'accepted' } });
}

/** EPCIS has no word for a reason. */
const saysWhy = ({ edge }: Sender): boolean => edge !== 'epcis';
const mayNot = { place: stores[0], toPlace: wards[2], what: 'TRANSFERRED' } as const;

function expiredMoved(day: DayInProgress, sender: Sender): void {
  day.add(sender, { kind: 'expired, moved', ...mayNot, item: expired, expect: byReceipt('LOT_EXPIRED') });
  if (!saysWhy(sender)) return;
  const reason = 'override:pharmacist no other lot in the house';
  day.add(sender, { kind: 'override', ...mayNot, item: expired, reason });
}

function quarantinedMoved(day: DayInProgress, sender: Sender): void {
  const place = stores[1];
  const item = receiveLot(day, sender, place, 'M');
  day.add(sender, { kind: 'quarantine', what: 'QUARANTINED', place, item, quantity: '5', reason: 'recall 26-11' });
  const moved = { ...mayNot, place, item, quantity: '3' };
  day.add(sender, { kind: 'quarantined, moved', ...moved, expect: byReceipt('LOT_QUARANTINED') });
  if (saysWhy(sender)) day.add(sender, { kind: 'override', ...moved, reason: 'override:stores-lead other box' });
}

function releasedTooMuch(day: DayInProgress, sender: Sender): void {
  const place = stores[1];
  const item = receiveLot(day, sender, place, 'X');
  day.add(sender, { kind: 'quarantine', what: 'QUARANTINED', place, item, quantity: '5', reason: 'recall 26-12' });
  const expect = byReceipt('MORE_THAN_QUARANTINED');
  day.add(sender, { kind: 'more released than held', what: 'RELEASED', place, item, quantity: '6', expect });
}
