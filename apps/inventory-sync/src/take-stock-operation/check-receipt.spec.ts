import { Decimal, localDate } from '@wardline/event-contracts';
import { testMorning } from '@wardline/testing';
import { describe, expect, it } from 'vitest';
import { recorded, type Told } from '../../test/stock-desk.js';
import { requirements, type Requirements } from '../receiving-rules/receiving-rule.js';
import { checkReceipt } from './check-receipt.js';
import type { PlacedOperation } from './stock-operation.js';

const rules = { countApprovalLimit: new Decimal(100), overrideRoles: ['pharmacist'], maxClockSkew: 0 };

interface Case {
  readonly asks?: Partial<Requirements>;
  readonly told?: Told;
  readonly before?: number;
}

/** What is said of ten sutures that came on 21 November 2026. */
function saidOf({ asks, told = {}, before = 0 }: Case) {
  const record = recorded({ product: 'SUTURE', documentReference: 'PO00042', ...told });
  const { lotNumber, serialNumber, expiryDate, quantity, expectedQuantity, condition, reason } = record;
  const placed: PlacedOperation = {
    ...{ recordEventId: record.eventId, source: 'scanner-3', occurredAt: testMorning, correlationId: record.eventId },
    ...{ operation: 'RECEIVED', productCode: 'SUTURE', locationCode: 'DOCK', toLocationCode: null },
    ...{ lotNumber, serialNumber, expiryDate, quantity, unit: 'Units', recordedQuantity: quantity, recordedUnit: 'EA' },
    ...{ transferReference: null, documentReference: record.documentReference, expectedQuantity, condition, reason },
    temperatureLogReference: record.temperatureLogReference,
    ...{ performerRef: record.performerRef, approverRef: record.approverRef, warnings: [] },
  };
  const rule =
    asks === undefined
      ? null
      : { scope: 'CLASS' as const, subject: 'All / Sutures', requirements: requirements.parse(asks) };
  return checkReceipt(record, placed, { rule, receivedBefore: new Decimal(before) }, rules);
}

const lot = { lotNumber: 'L1', expiryDate: localDate('2027-01-20') };

describe('goods by the rule of their product', () => {
  it('are taken as they come where no rule holds, and where they have what it asks for', () => {
    expect(saidOf({})).toEqual([]);
    const all = { lot: true, expiryDate: true, minimumRemainingLifeDays: 60, temperatureLog: true, secondPerson: true };
    expect(saidOf({ asks: all, told: { ...lot, temperatureLogReference: 'LOG-1', approverRef: 'staff-2' } })).toEqual(
      [],
    );
  });

  it.each<[string, string, Partial<Requirements>, Told]>([
    ['LOT_MISSING', 'source-system', { lot: true }, { lotNumber: ' ' }],
    ['SERIAL_MISSING', 'source-system', { serial: true }, {}],
    ['EXPIRY_MISSING', 'source-system', { expiryDate: true }, { lotNumber: 'L1' }],
    ['EXPIRY_MISSING', 'source-system', { minimumRemainingLifeDays: 1 }, {}],
    ['REMAINING_LIFE_TOO_SHORT', 'stores', { minimumRemainingLifeDays: 61 }, lot],
    ['TEMPERATURE_LOG_MISSING', 'source-system', { temperatureLog: true }, {}],
  ])('are refused with %s, which is the job of %s, and come in by the word of a role', (code, owner, asks, told) => {
    expect(saidOf({ asks, told })).toMatchObject({ outcome: 'refused', code, owner });
    expect(saidOf({ asks, told: { ...told, reason: 'override:pharmacist no other to be had' } })).toEqual([
      code,
      'OVERRIDDEN',
    ]);
    expect(saidOf({ asks, told: { ...told, reason: 'override:porter in a hurry' } })).toMatchObject({ code });
  });

  it('are refused in words that say what came, what is asked and by which rule', () => {
    expect(saidOf({ asks: { minimumRemainingLifeDays: 90 }, told: lot })).toMatchObject({
      message:
        'Lot L1 of SUTURE expires on 2027-01-20, 60 days after it came; the receiving rule of class All / Sutures asks for 90.',
      remedy:
        'Send the goods back. A role that may let the goods in all the same says so in a new record: reason "override:<role> <why>".',
    });
  });

  it.each<[string, Told]>([
    ['one person is named', {}],
    ['nobody is said to have received them', { performerRef: null, approverRef: 'staff-2' }],
    ['both are the same', { approverRef: 'staff-1' }],
    ['a role stands in for the second', { reason: 'override:pharmacist alone on duty' }],
  ])('that two persons must look at wait for the second where %s', (_, told) => {
    const found = saidOf({ asks: { secondPerson: true }, told });
    expect(found).toMatchObject({
      outcome: 'held',
      code: 'SECOND_PERSON_MISSING',
      class: 'AUTHORISATION',
      owner: 'approver',
    });
  });
});

describe('goods by their document', () => {
  it.each<[string, number, number, object]>([
    ['all of it', 10, 0, []],
    ['a part of it', 30, 5, ['SHORT_RECEIPT']],
    ['the last part of it', 15, 5, []],
    ['more than it has', 14, 5, { outcome: 'held', code: 'OVER_RECEIPT', class: 'BUSINESS', owner: 'stores' }],
    ['what it does not have', 0, 0, { outcome: 'held', code: 'WRONG_ITEM', class: 'BUSINESS', owner: 'stores' }],
  ])('are %s', (_, expected, before, found) => {
    expect(saidOf({ told: { expected }, before })).toMatchObject(found);
  });

  it('may come in too great a number up to what the rule allows, or by the word of a role', () => {
    expect(saidOf({ asks: { overReceiptPercent: 10 }, told: { expected: 14 }, before: 5 })).toEqual([]);
    expect(saidOf({ asks: { overReceiptPercent: 7 }, told: { expected: 14 }, before: 5 })).toMatchObject({
      message: 'PO00042 announces 14 Units of SUTURE, and 7 % more are allowed; with this record 15 have come.',
    });
    const told = { expected: 0, reason: 'override:pharmacist ordered by telephone' };
    expect(saidOf({ told })).toEqual(['WRONG_ITEM', 'OVERRIDDEN']);
  });
});

describe('damaged goods', () => {
  it('go to quarantine whatever the rule asks, with their reason', () => {
    const damaged = { condition: 'DAMAGED' as const, reason: 'box crushed' };
    expect(saidOf({ asks: { lot: true, temperatureLog: true, secondPerson: true }, told: damaged })).toEqual([
      'DAMAGED',
    ]);
    expect(saidOf({ told: { ...damaged, reason: null } })).toMatchObject({
      ...{ outcome: 'refused', code: 'DAMAGE_REASON_MISSING', owner: 'source-system' },
    });
    expect(saidOf({ told: { ...damaged, expected: 5 } })).toMatchObject({ code: 'OVER_RECEIPT' });
  });
});
