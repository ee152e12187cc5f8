import { Decimal, type ConsumptionAccepted, type ConsumptionKind, type EventId } from '@wardline/event-contracts';
import { deriveEventId, Reject } from '@wardline/event-handling';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceChanges, type BalanceChange } from './balance.js';
import type { Movement, Original } from './movement.js';
import { issueAll, type Taken } from './stock-ledger.js';

const day = new Date('2026-11-21T08:00:00.000Z');

interface Use {
  readonly kind: ConsumptionKind;
  readonly location: string;
  readonly product: string;
  readonly lot: string | null;
  readonly millionths: number;
  /** Which earlier record to reverse after this one, as a fraction of what may be reversed; null for none. */
  readonly reversing: number | null;
}

const use: fc.Arbitrary<Use> = fc.record({
  kind: fc.constantFrom('USED', 'WASTED', 'RETURNED'),
  location: fc.constantFrom('NORTH-ICU', 'NORTH-OR', 'SOUTH-ER'),
  product: fc.constantFrom('GLOVE-M', 'SUTURE-4-0'),
  lot: fc.constantFrom(null, 'L1', 'L2'),
  millionths: fc.integer({ min: 1, max: 999_999_999 }),
  reversing: fc.option(fc.double({ min: 0, max: 0.999, noNaN: true })),
});

/** A day as upstream could have recorded it: uses, and reversals of earlier records, each of them once. */
const recordedDay = fc.array(use, { maxLength: 40 }).map(recordDay);

function recordDay(uses: readonly Use[]): Taken<ConsumptionAccepted>[] {
  const standing: ConsumptionAccepted[] = [];
  return uses.flatMap((one, index) => {
    const used = recordUse(one, index);
    standing.push(used);
    if (one.reversing === null) return [taken(used)];
    const [original] = standing.splice(Math.floor(one.reversing * standing.length), 1);
    return [taken(used), taken(undo(original!, index))];
  });
}

function recordUse({ kind, location, product, lot, millionths }: Use, index: number): ConsumptionAccepted {
  const quantity = new Decimal(millionths).div(1_000_000);
  return {
    ...{
      ...ids(`use ${index}`),
      occurredAt: day,
      recordedAt: day,
      source: 'consumption-ingest',
      recordSource: 'cabinet-7',
    },
    ...{ sequence: null, kind, reverses: null, productCode: product, locationCode: location, lotNumber: lot },
    ...{
      serialNumber: null,
      expiryDate: null,
      quantity,
      unit: 'Units',
      recordedQuantity: quantity,
      recordedUnit: 'Units',
    },
    ...{ reason: null, warnings: [] },
  };
}

function undo(original: ConsumptionAccepted, index: number): ConsumptionAccepted {
  return { ...original, ...ids(`undo ${index}`), kind: 'REVERSED', reverses: original.recordEventId };
}

function ids(name: string): Pick<ConsumptionAccepted, 'eventId' | 'recordEventId' | 'correlationId' | 'causationId'> {
  const id = (role: string): EventId => deriveEventId(name, role, day);
  return {
    eventId: id('accepted'),
    recordEventId: id('record'),
    correlationId: id('record'),
    causationId: id('record'),
  };
}

function taken(data: ConsumptionAccepted): Taken<ConsumptionAccepted> {
  return { data, receivedAt: day };
}

/** Books a day in batches that end at the given places, as the handler does with what earlier batches left. */
function bookInBatches(records: readonly Taken<ConsumptionAccepted>[], ends: readonly number[]): Movement[] {
  const cuts = [...new Set([0, ...ends.map((end) => end % (records.length + 1)), records.length])].sort(
    (a, b) => a - b,
  );
  const ledger: Movement[] = [];
  for (const [index, start] of cuts.entries()) {
    ledger.push(...issueAll(records.slice(start, cuts[index + 1] ?? start), originalsIn(ledger)));
  }
  return ledger;
}

function originalsIn(ledger: readonly Movement[]): Original[] {
  const undoing = new Map(ledger.map((movement) => [movement.reverses, movement.eventId]));
  return ledger.map((movement) => ({ movement, reversedBy: undoing.get(movement.eventId) ?? null }));
}

function balancesOf(movements: readonly Movement[]): Record<string, string> {
  const named = ({ location, productCode, lotNumber }: BalanceChange) => `${location}/${productCode}/${lotNumber}`;
  const standing = balanceChanges(movements).filter(({ quantity }) => !quantity.isZero());
  return Object.fromEntries(standing.map((change) => [named(change), change.quantity.toFixed(6)]));
}

describe('balances', () => {
  it('are what went in less what went out, added up one movement at a time or all at once', () => {
    fc.assert(
      fc.property(recordedDay, (records) => {
        const movements = issueAll(records, []);
        const total = new Map<string, Decimal>();
        for (const change of movements.flatMap((movement) => balanceChanges([movement]))) {
          const name = `${change.location}/${change.productCode}/${change.lotNumber}`;
          total.set(name, change.quantity.plus(total.get(name) ?? 0));
        }
        const standing = [...total].filter(([, quantity]) => !quantity.isZero());
        expect(Object.fromEntries(standing.map(([name, quantity]) => [name, quantity.toFixed(6)]))).toEqual(
          balancesOf(movements),
        );
      }),
    );
  });

  it('sum to zero for each product over all places, the virtual ones too', () => {
    fc.assert(
      fc.property(recordedDay, (records) => {
        const changes = balanceChanges(issueAll(records, []));
        for (const product of ['GLOVE-M', 'SUTURE-4-0']) {
          const ofProduct = changes.filter(({ productCode }) => productCode === product);
          expect(Decimal.sum(0, ...ofProduct.map(({ quantity }) => quantity)).toString()).toBe('0');
        }
      }),
    );
  });

  it('are as before after a movement and its reversal', () => {
    fc.assert(
      fc.property(recordedDay, use, (records, one) => {
        const used = recordUse(one, records.length);
        const withError = [...records, taken(used), taken(undo(used, records.length))];
        expect(balancesOf(issueAll(withError, []))).toEqual(balancesOf(issueAll(records, [])));
      }),
    );
  });

  it('and movements are the same however a day is cut into batches', () => {
    fc.assert(
      fc.property(recordedDay, fc.array(fc.nat(100), { maxLength: 8 }), (records, ends) => {
        expect(bookInBatches(records, ends)).toEqual(issueAll(records, []));
      }),
    );
  });

  it('are not kept in two units', () => {
    const boxes = {
      ...recordUse({ kind: 'USED', location: 'A', product: 'P', lot: null, millionths: 1, reversing: null }, 1),
    };
    const movements = issueAll([taken(boxes), taken({ ...boxes, ...ids('pieces'), unit: 'Box' })], []);
    expect(() => balanceChanges(movements)).toThrow(Reject);
    expect(() => balanceChanges(movements)).toThrow(/kept in Units; a movement in Box/);
  });
});
