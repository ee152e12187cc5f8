import {
  Decimal,
  OdooStockReportCompleted,
  OdooStockReported,
  Topic,
  type EventId,
  type OdooMove,
} from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';

/** Stock of one product and lot (or serial) at one internal location; `lotNumber` is '' where there is none. */
export interface Place {
  readonly locationCode: string;
  readonly productCode: string;
  readonly lotNumber: string;
  readonly isSerial: boolean;
}

/** What Odoo holds at a place, in the product's stock unit. */
export interface Balance extends Place {
  readonly quantity: Decimal;
  readonly unit: string;
}

/** One end of a movement of ours at an internal location. */
export interface PostingLeg extends Place {
  readonly eventId: EventId;
  /** The product's stock unit. */
  readonly unit: string;
  /** When its document was seen posted; null while nobody can say whether Odoo holds it. */
  readonly postedAt: Date | null;
}

/** A foreign move's effect on one place. */
export interface PlaceChange {
  readonly place: Omit<Place, 'isSerial'>;
  readonly move: OdooMove;
}

/** One look at Odoo: the postings known before it, what it found, the postings known after it. */
export interface Look {
  readonly before: readonly PostingLeg[];
  readonly balances: readonly Balance[];
  readonly after: readonly PostingLeg[];
}

/** What a report says. */
export interface StockReport {
  readonly reportId: EventId;
  readonly sequence: bigint;
  readonly begun: Date;
  readonly completed: Date;
  readonly whole: boolean;
  readonly held: number;
  readonly lines: readonly ReportLine[];
  /** Places that something of ours was being posted to while they were looked at. */
  readonly unsettled: readonly string[];
}

/** A balance of a report, with the postings that came into it. */
export interface ReportLine {
  readonly balance: Balance;
  readonly legs: readonly PostingLeg[];
  readonly changes: readonly OdooMove[];
}

/** Names a place among all. */
export function placeKey({ locationCode, productCode, lotNumber }: Omit<Place, 'isSerial'>): string {
  return JSON.stringify([locationCode, productCode, lotNumber]);
}

/**
 * Places that a look says nothing certain of: a movement of ours was on its way to Odoo before, after, or came to be posted
 * in between. Whatever is left out here contains exactly what was posted before the look.
 */
export function busyPlaces({ before, after }: Pick<Look, 'before' | 'after'>): Set<string> {
  const settled = new Set(before.filter(({ postedAt }) => postedAt !== null).map(legKey));
  const moving = [
    ...before.filter(({ postedAt }) => postedAt === null),
    ...after.filter((leg) => !settled.has(legKey(leg))),
  ];
  return new Set(moving.map(placeKey));
}

function legKey(leg: PostingLeg): string {
  return `${leg.eventId} ${leg.locationCode}`;
}

/** What several looks say together: of each place, the first look at which it was quiet. */
export function joinLooks(looks: readonly Look[]): {
  readonly balances: ReadonlyMap<string, Balance>;
  readonly legs: ReadonlyMap<string, readonly PostingLeg[]>;
  readonly busy: ReadonlySet<string>;
} {
  const [first, ...more] = looks;
  if (first === undefined) throw new RangeError('a report needs a look');
  const balances = new Map(first.balances.map((balance) => [placeKey(balance), balance]));
  const legs = legsByPlace(first);
  let busy = busyPlaces(first);
  for (const key of busy) forget(key, balances, legs);
  for (const look of more) {
    const still = busyPlaces(look);
    const [found, posted] = [new Map(look.balances.map((balance) => [placeKey(balance), balance])), legsByPlace(look)];
    for (const key of [...busy].filter((one) => !still.has(one))) {
      if (found.has(key)) balances.set(key, found.get(key)!);
      legs.set(key, posted.get(key) ?? []);
    }
    busy = new Set([...busy].filter((key) => still.has(key)));
  }
  return { balances, legs, busy };
}

function forget(key: string, ...maps: readonly Map<string, unknown>[]): void {
  for (const map of maps) map.delete(key);
}

function legsByPlace({ before }: Look): Map<string, PostingLeg[]> {
  const legs = new Map<string, PostingLeg[]>();
  for (const leg of before.filter(({ postedAt }) => postedAt !== null))
    legs.set(placeKey(leg), [...(legs.get(placeKey(leg)) ?? []), leg]);
  return legs;
}

/**
 * The lines of a report: what differs from what was told last, what postings came into, or everything when it is whole.
 * Postings came also to where nothing was told of and nothing is left, as when a serial came and was used between two reports.
 */
export function reportLines(
  { balances, legs, busy }: ReturnType<typeof joinLooks>,
  told: readonly Balance[],
  changes: readonly PlaceChange[],
  whole: boolean,
): ReportLine[] {
  const before = new Map(told.map((balance) => [placeKey(balance), balance]));
  const keys = new Set([...balances.keys(), ...before.keys(), ...legs.keys()]);
  const lines: ReportLine[] = [];
  for (const key of [...keys].filter((one) => !busy.has(one)).toSorted()) {
    const was = before.get(key);
    const posted = legs.get(key) ?? [];
    const balance = balances.get(key) ?? emptied(was ?? posted[0]!);
    const isSame = balance.quantity.equals(was?.quantity ?? 0) && balance.unit === (was ?? balance).unit;
    if (isSame && posted.length === 0 && !(whole && !balance.quantity.isZero())) continue;
    const moves = changes.filter(({ place }) => placeKey(place) === key).map(({ move }) => move);
    lines.push({ balance, legs: posted, changes: moves });
  }
  return lines;
}

function emptied({ locationCode, productCode, lotNumber, isSerial, unit }: Balance | PostingLeg): Balance {
  return { locationCode, productCode, lotNumber, isSerial, unit, quantity: new Decimal(0) };
}

/** The events of a report; its completion comes last, but may be read first, as it lies on a partition of its own key. */
export function reportEvents(report: StockReport): BusinessEvent[] {
  const { reportId, sequence, begun, completed, whole, held, lines } = report;
  const completion = businessEvent(Topic.ErpChange, reportId, OdooStockReportCompleted, {
    ...{ occurredAt: completed, reportId, sequence, begun, completed, whole, held },
    balances: lines.length,
    unsettled: [...report.unsettled],
  });
  return [...lines.map((line) => lineEvent(report, line)), completion];
}

function lineEvent({ reportId, sequence, begun }: StockReport, { balance, legs, changes }: ReportLine): BusinessEvent {
  const { locationCode, productCode, lotNumber, isSerial, quantity, unit } = balance;
  const number = lotNumber === '' ? null : lotNumber;
  return businessEvent(Topic.ErpChange, `${locationCode}/${productCode}`, OdooStockReported, {
    ...{ occurredAt: begun, reportId, sequence, readAt: begun, productCode, locationCode },
    ...{ lotNumber: isSerial ? null : number, serialNumber: isSerial ? number : null, quantity, unit },
    postings: legs.map(({ eventId }) => eventId),
    changes: [...changes],
  });
}
