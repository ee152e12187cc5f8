import {
  Decimal,
  type ConsumptionAccepted,
  type EventId,
  type OpeningBalanceReported,
} from '@wardline/event-contracts';
import { deriveEventId, Reject } from '@wardline/event-handling';
import { describe, expect, it } from 'vitest';
import type { Movement } from './movement.js';
import { issue, issueAll, open, stockMoved, type Taken } from './stock-ledger.js';

const morning = new Date('2026-11-21T08:15:30.000Z');
const noon = new Date('2026-11-21T12:00:00.000Z');

function idOf(name: string): EventId {
  return deriveEventId(name, 'test', morning);
}

function accepted(record: string, change: Partial<ConsumptionAccepted> = {}): Taken<ConsumptionAccepted> {
  const data: ConsumptionAccepted = {
    ...{ eventId: idOf(`accepted ${record}`), correlationId: idOf(record), causationId: idOf(record) },
    ...{ occurredAt: morning, recordedAt: noon, source: 'consumption-ingest', recordEventId: idOf(record) },
    ...{ recordSource: 'cabinet-7', sequence: null, kind: 'USED', reverses: null, productCode: 'SUTURE-4-0' },
    ...{ locationCode: 'NORTH-ICU', lotNumber: 'L2411A', serialNumber: null, expiryDate: null, unit: 'Units' },
    ...{
      quantity: new Decimal('2.5'),
      recordedQuantity: new Decimal(1),
      recordedUnit: 'Pack',
      reason: null,
      warnings: [],
    },
    ...change,
  };
  return { data, receivedAt: noon };
}

function rejection(work: () => unknown): Reject {
  try {
    work();
  } catch (error) {
    if (error instanceof Reject) return error;
    throw error;
  }
  throw new Error('nothing was rejected');
}

const reversal = { kind: 'REVERSED', reverses: idOf('use') } as const;

describe('issuing consumed stock', () => {
  it('takes used stock from the ward to Consumption', () => {
    const movement = issue(accepted('use', { reason: 'operation' }), new Map());

    expect(movement).toMatchObject({
      ...{ movementType: 'CONSUMPTION', fromLocation: 'NORTH-ICU', toLocation: 'Consumption', reverses: null },
      ...{
        productCode: 'SUTURE-4-0',
        lotNumber: 'L2411A',
        serialNumber: null,
        quantity: new Decimal('2.5'),
        unit: 'Units',
      },
      ...{ sourceEventId: idOf('use'), correlationId: idOf('use'), causationId: idOf('accepted use') },
      ...{
        occurredAt: morning,
        recordedAt: noon,
        actor: 'cabinet-7',
        interface: 'clinical.consumption',
        reason: 'operation',
      },
    });
  });

  it.each([
    ['WASTED', 'WASTE', 'NORTH-ICU', 'Consumption'],
    ['RETURNED', 'RETURN', 'Consumption', 'NORTH-ICU'],
  ] as const)('books %s stock as %s from %s to %s', (kind, movementType, fromLocation, toLocation) => {
    expect(issue(accepted('use', { kind }), new Map())).toMatchObject({ movementType, fromLocation, toLocation });
  });

  it('gives the movement the same identity whenever the same acceptance is booked', () => {
    const first = issue(accepted('use'), new Map());
    const again = issue({ ...accepted('use'), receivedAt: new Date('2027-01-01T00:00:00Z') }, new Map());

    expect(again.eventId).toBe(first.eventId);
    expect(issue(accepted('other'), new Map()).eventId).not.toBe(first.eventId);
  });

  it('refuses what cannot be a movement, and says whose job it is', () => {
    const none = new Map();
    expect(rejection(() => issue(accepted('use', { quantity: new Decimal(0) }), none))).toMatchObject({
      ...{ code: 'QUANTITY_NOT_POSITIVE', owner: 'stores' },
    });
    expect(rejection(() => issue(accepted('use', { kind: 'UNKNOWN' }), none))).toMatchObject({
      ...{ code: 'UNKNOWN_KIND', owner: 'platform' },
    });
    expect(rejection(() => issue(accepted('use', { locationCode: 'Consumption' }), none))).toMatchObject({
      ...{ code: 'LOCATION_IS_VIRTUAL', owner: 'master-data' },
    });
  });
});

describe('reversing a record', () => {
  const use = accepted('use', { expiryDate: '2027-03-31' as Movement['expiryDate'] });
  const [booked] = issueAll([use], []) as [Movement];

  it('sends the same quantity and lot back, naming the movement it undoes', () => {
    const [undone] = issueAll(
      [accepted('undo', { ...reversal, reason: 'wrong patient' })],
      [{ movement: booked, reversedBy: null }],
    );

    expect(undone).toMatchObject({
      ...{ movementType: 'REVERSAL', fromLocation: 'Consumption', toLocation: 'NORTH-ICU', reverses: booked.eventId },
      ...{ quantity: booked.quantity, unit: 'Units', lotNumber: 'L2411A', expiryDate: '2027-03-31' },
      ...{ sourceEventId: idOf('undo'), reason: 'wrong patient' },
    });
  });

  it('can name a record of the same run', () => {
    const [, undone] = issueAll([use, accepted('undo', reversal)], []);
    expect(undone!.reverses).toBe(booked.eventId);
  });

  it('takes lot and serial from the record when it does not repeat them', () => {
    const [, undone] = issueAll([use, accepted('undo', { ...reversal, lotNumber: null })], []);
    expect(undone!.lotNumber).toBe('L2411A');
  });

  it('waits for a record that is not booked yet', () => {
    const rejected = rejection(() => issueAll([accepted('undo', reversal)], []));
    expect(rejected).toMatchObject({
      code: 'REVERSAL_BEFORE_ORIGINAL',
      class: 'BUSINESS',
      awaits: [`consumption:${idOf('use')}`],
    });
  });

  it('happens once, in a later run as in the same one', () => {
    const later = () =>
      issueAll([accepted('again', reversal)], [{ movement: booked, reversedBy: idOf('undoing movement') }]);
    expect(rejection(later)).toMatchObject({ code: 'ALREADY_REVERSED', class: 'BUSINESS' });
    expect(rejection(() => issueAll([use, accepted('undo', reversal), accepted('again', reversal)], [])).code).toBe(
      'ALREADY_REVERSED',
    );
  });

  it('is the same movement when it comes a second time itself', () => {
    const [first] = issueAll([accepted('undo', reversal)], [{ movement: booked, reversedBy: null }]);
    const [second] = issueAll([accepted('undo', reversal)], [{ movement: booked, reversedBy: first!.eventId }]);
    expect(second).toEqual(first);
  });

  it.each([
    [{ quantity: new Decimal(2) }, 'quantity 2 instead of 2.5'],
    [{ productCode: 'SUTURE-3-0' }, 'product SUTURE-3-0 instead of SUTURE-4-0'],
    [{ locationCode: 'NORTH-OR' }, 'location NORTH-OR instead of NORTH-ICU to Consumption'],
    [{ lotNumber: 'L9' }, 'lot L9 instead of L2411A'],
    [{ serialNumber: 'SN-1' }, 'serial SN-1 instead of none'],
    [{ unit: 'Pack' }, 'unit Pack instead of Units'],
  ])('is refused when it says something else than the record: %j', (change, words) => {
    const rejected = rejection(() => issueAll([use, accepted('undo', { ...reversal, ...change })], []));
    expect(rejected.code).toBe('REVERSAL_DIFFERS');
    expect(rejected.message).toContain(words);
  });

  it('is refused when it names nothing, or a reversal', () => {
    expect(rejection(() => issueAll([accepted('undo', { kind: 'REVERSED' })], [])).code).toBe('REVERSAL_OF_NOTHING');
    const undoUndo = accepted('redo', { kind: 'REVERSED', reverses: idOf('undo') });
    expect(rejection(() => issueAll([use, accepted('undo', reversal), undoUndo], [])).code).toBe(
      'REVERSAL_OF_REVERSAL',
    );
  });
});

describe('the event of a movement', () => {
  it('is keyed by the ward and the product whichever way the stock went', () => {
    for (const kind of ['USED', 'WASTED', 'RETURNED'] as const) {
      const [event] = stockMoved({ ...issue(accepted('use', { kind }), new Map()), position: 7n });
      expect(event).toMatchObject({
        topic: 'inventory.stock',
        key: 'NORTH-ICU/SUTURE-4-0',
        data: { ledgerPosition: 7n },
      });
    }
  });

  it('follows from the acceptance and shares its correlation', () => {
    const [event] = stockMoved({ ...issue(accepted('use'), new Map()), position: 7n });
    expect(event!.cause).toEqual({ eventId: idOf('accepted use'), correlationId: idOf('use') });
  });
});

describe('an opening balance', () => {
  function reported(quantity: number): Taken<OpeningBalanceReported> {
    const data: OpeningBalanceReported = {
      ...{ eventId: idOf('report'), correlationId: idOf('report'), causationId: null, source: 'odoo-adapter' },
      ...{ occurredAt: morning, recordedAt: morning, productCode: 'GLOVE-M', locationCode: 'NORTH-ICU' },
      ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(quantity), unit: 'Units' },
    };
    return { data, receivedAt: noon };
  }

  it('comes from Inventory adjustment', () => {
    expect(open(reported(240))).toMatchObject({
      ...{
        movementType: 'ADJUSTMENT',
        fromLocation: 'Inventory adjustment',
        toLocation: 'NORTH-ICU',
        quantity: new Decimal(240),
      },
      ...{ interface: 'odoo', reason: 'opening balance', actor: 'odoo-adapter', sourceEventId: idOf('report') },
    });
  });

  it('goes to it when Odoo is below zero, and is no movement at zero', () => {
    expect(open(reported(-3))).toMatchObject({
      ...{ fromLocation: 'NORTH-ICU', toLocation: 'Inventory adjustment', quantity: new Decimal(3) },
    });
    expect(open(reported(0))).toBeUndefined();
  });
});
