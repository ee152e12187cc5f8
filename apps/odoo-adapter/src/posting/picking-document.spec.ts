import { Decimal, type EventId } from '@wardline/event-contracts';
import { expect, it } from 'vitest';
import { hospital } from '../../test/failing-odoo.js';
import { loadFields, loadRow, pickingDocument } from './picking-document.js';
import type { Movement, Posting } from './posting.js';
import { resolveMovement } from './resolve-movement.js';
import { differences, type PickingRecord } from './verify-posting.js';

const eventId = '01a1fdd4-6efc-7692-beb9-8ef3ac8e886a' as EventId;

function document(...quantities: string[]) {
  return documentOf({}, ...quantities);
}

function documentOf(change: Partial<Movement>, ...quantities: string[]) {
  const postings = quantities.map((quantity): Posting => ({
    ...{ eventId, correlationId: eventId, position: 1n, key: 'NORTH-ICU/SUTURE', policy: 'batched', windowStart: null },
    ...{ dueAt: new Date(0), state: 'posting', document: `stock_moved_${eventId}`, attempts: 0 },
    movement: {
      ...{
        productCode: 'SUTURE',
        fromLocation: 'NORTH-ICU',
        toLocation: 'Consumption',
        lotNumber: 'L1',
        serialNumber: null,
      },
      ...{ quantity: new Decimal(quantity), unit: 'Units', movementType: 'CONSUMPTION', occurredAt: new Date(0) },
      ...{ expiryDate: null, reason: 'dropped', ...change },
    },
  }));
  return pickingDocument(
    { document: `stock_moved_${eventId}`, postings },
    resolveMovement(postings[0]!.movement, hospital),
  );
}

function readBack(change: Partial<PickingRecord['lines'][number]> = {}): PickingRecord {
  const line = { productId: 2, lotId: 501, fromId: 40, toId: 38, quantity: new Decimal('2.5'), ...change };
  return { id: 1, name: 'WH/WCON/00001', state: 'done', lines: [line] };
}

it('the row names transfer, move and line by external ids that lead back to the event', () => {
  const row = Object.fromEntries(loadRow(document('2.5')).map((value, column) => [loadFields[column], value]));
  expect(row).toEqual({
    ...{
      id: `wardline.stock_moved_${eventId}`,
      'picking_type_id/.id': '17',
      'location_id/.id': '40',
      'location_dest_id/.id': '38',
    },
    origin: `wardline ${eventId}`,
    ...{
      'move_ids/id': `wardline.stock_moved_${eventId}_move`,
      'move_ids/product_id/.id': '2',
      'move_ids/product_uom_qty': '2.5',
    },
    ...{ 'move_ids/product_uom/.id': '1', 'move_ids/location_id/.id': '40', 'move_ids/location_dest_id/.id': '38' },
    ...{ 'move_line_ids/id': `wardline.stock_moved_${eventId}_line`, 'move_line_ids/product_id/.id': '2' },
    ...{ 'move_line_ids/product_uom_id/.id': '1', 'move_line_ids/lot_id/.id': '501', 'move_line_ids/quantity': '2.5' },
    ...{
      'move_line_ids/picked': '1',
      'move_line_ids/location_id/.id': '40',
      'move_line_ids/location_dest_id/.id': '38',
    },
  });
});

it('an adjustment says in Odoo why it was made', () => {
  const missing = { toLocation: 'Inventory adjustment', reason: 'count: two fewer' };
  expect(documentOf(missing, '2').origin).toBe(`wardline ${eventId}: count: two fewer`);
  expect(documentOf({ ...missing, reason: null }, '2').origin).toBe(`wardline ${eventId}`);
});

it('a coalesced document carries the sum and says how many events stand behind its first', () => {
  expect(document('0.1', '0.2', '0.3')).toMatchObject({
    quantity: new Decimal('0.6'),
    origin: `wardline ${eventId} and 2 more`,
    events: 3,
  });
});

it('what reads back as sent is no difference', () => {
  expect(differences(document('2.5'), readBack())).toEqual([]);
});

it.each([
  [readBack({ quantity: new Decimal('2.4') }), 'quantity 2.4 instead of 2.5'],
  [readBack({ productId: 3 }), 'product 3 instead of 2'],
  [readBack({ lotId: null }), 'lot none instead of 501'],
  [readBack({ fromId: 41 }), 'source location 41 instead of 40'],
  [readBack({ toId: 13 }), 'destination location 13 instead of 38'],
  [{ ...readBack(), lines: [] }, 'quantity 0 instead of 2.5'],
  [{ ...readBack(), lines: [...readBack().lines, ...readBack().lines] }, 'quantity 5 instead of 2.5'],
])('a transfer that says something else is found out', (record, words) => {
  expect(differences(document('2.5'), record)).toEqual([words]);
});
