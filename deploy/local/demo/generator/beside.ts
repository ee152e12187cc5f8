import { productOf, type DayInProgress, type Draft } from './day-in-progress.ts';
import { itemFor, placesOfUse, use } from './everyday.ts';
import { senders, type Sender } from './senders.ts';
import type { Story } from './story.ts';
import { byEdge, story, type Fits } from './telling.ts';

const is =
  (...names: string[]): Fits =>
  ({ name }) =>
    names.includes(name);
const emar = is('example-medication-record');
const ehr = is('example-hospital-ehr');

/** What clinical systems tell beside the use of stock, and is right. */
export const beside: readonly Story[] = [
  story('ward by encounter', 12, emar, byEncounter),
  story('not given', 3, ehr, (day, sender, kind) => told(day, sender, { kind, form: { status: 'not-done' } })),
  story('asked for stock', 1, is('example-storeroom-requests'), requested),
];

/** What they tell, and cannot be taken as it is. */
export const unclear: readonly Story[] = [
  story('no such stay', 2, emar, noSuchStay),
  story('stopped', 2, ehr, (day, sender, kind) =>
    told(day, sender, { kind, form: { status: 'stopped' }, expect: byEdge('business-rule') }),
  ),
];

/** Something of which no stock is to be booked. */
function told(day: DayInProgress, sender: Sender, given: Partial<Draft> & Pick<Draft, 'kind'>): void {
  const item = { product: productOf('GLOVE-M'), lot: null, serial: null };
  day.add(sender, { what: 'USED', place: day.pick(sender.places), item, expect: { end: 'noted' }, ...given });
}

const administration = senders.find(is('example-patient-administration'))!;

/** The record names no place: it belongs to the ward to which patient administration admitted its stay before. */
function byEncounter(day: DayInProgress, sender: Sender, kind: string): void {
  const place = day.pick(placesOfUse(sender));
  const encounter = `V${day.options.seed}${day.records.length + 1}`;
  told(day, administration, { kind: 'admission', place, form: { event: 'A01', encounter } });
  use(day, sender, {
    kind,
    what: 'USED',
    place,
    item: itemFor(day, sender, place),
    form: { ward: 'by encounter', encounter },
  });
}

function noSuchStay(day: DayInProgress, sender: Sender, kind: string): void {
  const form = { ward: 'by encounter', encounter: `V-NONE-${day.records.length + 1}` };
  told(day, sender, { kind, form, expect: byEdge('101') });
}

/** A wish for stock is no movement: replenishment will weigh it. */
function requested(day: DayInProgress, sender: Sender, kind: string): void {
  told(day, sender, { kind, quantity: String(day.between(10, 50)) });
}
