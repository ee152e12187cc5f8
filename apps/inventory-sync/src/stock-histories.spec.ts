import { Decimal } from '@wardline/event-contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pureHistories as histories } from '../test/config.ts';
import { Feed, isUse, morning, places, step, steps, type Step } from '../test/stock-feed.js';
import { balanceChanges } from './balance.js';
import { isQuarantine, isVirtual, virtualLocation, type Movement } from './movement.js';
import { StockPicture, type Piece } from './stock-picture.js';

const options = { numRuns: histories, interruptAfterTimeLimit: histories > 1_000 ? 3_600_000 : 30_000 };
const timeout = options.interruptAfterTimeLimit + 10_000;

const lot: Piece = { productCode: 'SUTURE', lotNumber: 'L1', serialNumber: null };
const serial: Piece = { productCode: 'PUMP', lotNumber: null, serialNumber: 'SN-1' };
const plain: Piece = { productCode: 'GLOVE', lotNumber: null, serialNumber: null };
const history = fc.array(step, { maxLength: 25 });
const piece = fc.constantFrom(lot, serial, plain);

/** Balances that are not zero, from the movements alone. */
function balancesOf(movements: readonly Movement[]): Record<string, string> {
  const changes = balanceChanges(movements).filter(({ quantity }) => !quantity.isZero());
  const lines = changes.map(
    (change) =>
      [
        `${change.location} ${change.productCode} ${change.lotNumber}${change.serialNumber}`,
        change.quantity.toFixed(),
      ] as const,
  );
  return Object.fromEntries(lines.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function played(kind: Piece, given: readonly Step[]): Feed {
  const feed = new Feed(kind, new StockPicture());
  for (const each of given) feed.take(each);
  return feed;
}

/** Balances kept up as movements come, by place. */
class Account {
  readonly #places = new Map<string, Decimal>();
  #read = 0;

  constructor(private readonly movements: readonly Movement[]) {}

  /** The balances after what has been booked since the last look. */
  places(): (readonly [place: string, quantity: Decimal])[] {
    for (const { location, quantity } of balanceChanges(this.movements.slice(this.#read)))
      this.#places.set(location, quantity.plus(this.#places.get(location) ?? 0));
    this.#read = this.movements.length;
    return [...this.#places];
  }

  /** What the places with these names hold together. */
  sum(holds: (place: string) => boolean): Decimal {
    return [...this.#places].reduce(
      (sum, [place, quantity]) => (holds(place) ? sum.plus(quantity) : sum),
      new Decimal(0),
    );
  }
}

/** What an operation changes of all that stands on shelves and in quarantine; a count is known by its movement only. */
const onShelves: Readonly<Record<string, number>> = {
  ...{ RECEIVED: 1, ARRIVED: 1, SHIPPED: -1, WRITTEN_OFF: -1, RETURNED_TO_SUPPLIER: -1 },
};

/** What the answers say should be on shelves and in quarantine, beside what was used and what counts found. */
function said({ operations }: Feed): Decimal {
  return operations.reduce(
    (sum, { placed, reversedBy }) =>
      reversedBy === null ? sum.plus(placed.quantity.times(onShelves[placed.operation] ?? 0)) : sum,
    new Decimal(0),
  );
}

const { consumption, adjustment, inTransit } = virtualLocation;

describe('after any history of operations and use', () => {
  it(
    'what came in, went out and is there adds up, and neither quarantine nor a transfer holds less than nothing',
    () => {
      const holds = fc.property(piece, history, (kind, given) => {
        const feed = new Feed(kind, new StockPicture());
        const account = new Account(feed.movements);
        for (const each of given) {
          feed.take(each);
          const guarded = account.places().filter(([place]) => isQuarantine(place) || place === inTransit);
          expect(guarded.filter(([, quantity]) => quantity.lt(0))).toEqual([]);
        }
        const there = account.sum((place) => !isVirtual(place));
        const elsewhere = account.sum((place) => place === consumption || place === adjustment);
        expect(there.toFixed()).toBe(said(feed).minus(elsewhere).toFixed());
        expect(account.sum(() => true).toFixed()).toBe('0');
      });
      fc.assert(holds, options);
    },
    timeout,
  );

  it(
    'a serial is in one place at most',
    () => {
      const holds = fc.property(history, (given) => {
        const feed = new Feed(serial, new StockPicture());
        const account = new Account(feed.movements);
        for (const each of given) {
          feed.take(each);
          const places = account.places().filter(([place]) => !isVirtual(place) || place === inTransit);
          const having = places.filter(([, quantity]) => quantity.gt(0));
          expect(having.length).toBeLessThanOrEqual(1);
          expect(having.filter(([, quantity]) => quantity.gt(1))).toEqual([]);
        }
      });
      fc.assert(holds, options);
    },
    timeout,
  );

  it(
    'a count leaves at its time what was found, by all that is known then',
    () => {
      const holds = fc.property(fc.constantFrom(lot, plain), history, step, (kind, given, last) => {
        const stock = new StockPicture();
        const feed = new Feed(kind, stock);
        for (const each of given) feed.take(each);
        feed.take({ ...last, what: 'COUNTED' });
        const at = new Date(morning + last.minute * 60_000);
        expect(stock.onHandThen(places[last.at]!, kind, at).toFixed()).toBe(String(last.quantity));
      });
      fc.assert(holds, options);
    },
    timeout,
  );

  it(
    'reversing all operations, the last first, leaves nothing',
    () => {
      const holds = fc.property(piece, history, (kind, given) => {
        const feed = played(
          kind,
          given.filter(({ what }) => !isUse(what) && what !== 'REVERSED'),
        );
        for (const operation of [...feed.operations].reverse()) {
          const current = feed.operations.find(({ eventId }) => eventId === operation.eventId);
          feed.undo(current);
        }
        expect(balancesOf(feed.movements)).toEqual({});
      });
      fc.assert(holds, options);
    },
    timeout,
  );

  it(
    'a reversal right after its operation leaves every balance as it was',
    () => {
      const holds = fc.property(piece, history, step, (kind, given, last) => {
        const feed = played(kind, given);
        const before = balancesOf(feed.movements);
        const done = feed.operations.length;
        if (last.what !== 'REVERSED' && !isUse(last.what)) feed.take(last);
        if (feed.operations.length > done) feed.undo(feed.operations.at(-1));
        expect(balancesOf(feed.movements)).toEqual(before);
      });
      fc.assert(holds, options);
    },
    timeout,
  );
});

it(
  'independent feeds end in the same balances and answers however they are interleaved',
  () => {
    const feeds = fc.tuple(history, history, history);
    const holds = fc.property(feeds, fc.infiniteStream(fc.nat(2)), (given, turns) => {
      const apart = [lot, serial, plain].map((kind, nth) => played(kind, given[nth]!));
      const stock = new StockPicture();
      const together = [lot, serial, plain].map((kind) => new Feed(kind, stock));
      const queues = given.map((each) => [...each]);
      while (queues.some((queue) => queue.length > 0)) {
        const turn = turns.next().value as number;
        const nth = [turn, (turn + 1) % 3, (turn + 2) % 3].find((one) => queues[one]!.length > 0)!;
        together[nth]!.take(queues[nth]!.shift()!);
      }
      expect(together.map(({ answers }) => answers)).toEqual(apart.map(({ answers }) => answers));
      expect(balancesOf(together.flatMap(({ movements }) => movements))).toEqual(
        balancesOf(apart.flatMap(({ movements }) => movements)),
      );
    });
    fc.assert(holds, options);
  },
  timeout,
);

it('the histories are worth something: every kind of operation and every refusal of the ledger occurs', () => {
  const answers = fc
    .sample(fc.tuple(piece, history), { numRuns: 2_000, seed: 7 })
    .flatMap(([kind, given]) => played(kind, given).answers);
  const refusals = [
    'ARRIVED_MORE_THAN_SHIPPED',
    'MORE_THAN_QUARANTINED',
    'NOT_SHIPPED_YET',
    'SERIAL_ELSEWHERE',
    'ALREADY_ARRIVED',
  ];
  expect([...steps, ...refusals].filter((one) => !answers.includes(one))).toEqual([]);
});
