import { BadRequestException } from '@nestjs/common';
import { Decimal, localDate } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LedgerCheckStore } from '../continuous-check/ledger-check.store.js';
import { migrations } from '../migrations.js';
import type { Movement } from '../movement.js';
import { PostingStatuses } from '../posting-status.store.js';
import { StockLedger } from '../stock-ledger.store.js';
import { LedgerReadings } from './ledger-readings.store.js';
import { LedgerController } from './ledger.controller.js';

let database: TestDatabase;
let controller: LedgerController;

const use = moved({ lotNumber: 'L1', expiryDate: localDate('2027-03-31'), reason: 'operation' });
const undo = moved({
  ...{
    movementType: 'REVERSAL',
    fromLocation: 'Consumption',
    toLocation: 'NORTH-ICU',
    reverses: use.eventId,
    lotNumber: 'L1',
  },
});
const piece = moved({ productCode: 'PUMP', serialNumber: 'SN-1', fromLocation: 'NORTH-OR' });
const opening = moved({
  movementType: 'ADJUSTMENT',
  fromLocation: 'Inventory adjustment',
  toLocation: 'NORTH-OR',
  interface: 'odoo',
});

function moved(change: Partial<Movement>): Movement {
  const eventId = newEventId(testMorning);
  return {
    ...{
      eventId,
      sourceEventId: newEventId(testMorning),
      correlationId: eventId,
      causationId: eventId,
      reverses: null,
    },
    ...{ movementType: 'CONSUMPTION', productCode: 'GLOVE-M', fromLocation: 'NORTH-ICU', toLocation: 'Consumption' },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(2), unit: 'Units', reason: null },
    ...{ transferReference: null, documentReference: null },
    ...{ occurredAt: testMorning, recordedAt: testMorning, actor: 'cabinet-7', interface: 'clinical.consumption' },
    ...change,
  };
}

beforeAll(async () => {
  database = await testDatabase(migrations);
  controller = new LedgerController(new LedgerReadings(database), database, new LedgerCheckStore());
  const document = { model: 'stock.move', recordId: 42n, reference: 'WH/CONS/00042', postedAt: testMorning };
  await database.transaction(async (tx) => {
    await new StockLedger().append(tx, [use, undo, piece, opening]);
    const refusal = { code: 'ODOO_VALIDATION', message: 'You need a lot.' };
    await new PostingStatuses().note(tx, [
      { eventId: use.eventId, state: 'POSTED', document, refusal: null },
      { eventId: piece.eventId, state: 'REFUSED', document: null, refusal },
    ]);
  });
});
afterAll(() => database.close());

it('shows for a consumption record who moved what, when, why, through what, and the Odoo document', async () => {
  const { items } = await controller.movements({ sourceEventId: use.sourceEventId });

  expect(items).toMatchObject([
    {
      ...{
        position: '1',
        eventId: use.eventId,
        movementType: 'CONSUMPTION',
        fromLocation: 'NORTH-ICU',
        toLocation: 'Consumption',
      },
      ...{ lotNumber: 'L1', serialNumber: null, expiryDate: '2027-03-31', quantity: '2.000000', unit: 'Units' },
      ...{ actor: 'cabinet-7', occurredAt: testMorning, reason: 'operation', interface: 'clinical.consumption' },
      ...{ reverses: null, reversedBy: undo.eventId, correlationId: use.correlationId },
      posting: { state: 'POSTED', model: 'stock.move', recordId: '42', reference: 'WH/CONS/00042', code: null },
    },
  ]);
});

it('shows what is under way, what Odoo refused and why, and what needs no posting', async () => {
  const { items } = await controller.movements({ after: '1' });

  expect(items.map(({ posting }) => posting.state)).toEqual(['PENDING', 'REFUSED', 'NOT_DUE']);
  expect(items[1]!.posting).toMatchObject({ code: 'ODOO_VALIDATION', message: 'You need a lot.', reference: null });
});

it.each([
  [{ product: 'PUMP' }, [piece]],
  [{ lot: 'L1' }, [use, undo]],
  [{ lot: 'SN-1' }, [piece]],
  [{ location: 'NORTH-OR' }, [piece, opening]],
  [{ location: 'NORTH-ICU', product: 'PUMP' }, []],
])('finds movements by %j', async (query, expected) => {
  const { items } = await controller.movements(query);
  expect(items.map(({ eventId }) => eventId)).toEqual(expected.map(({ eventId }) => eventId));
});

it('pages through movements and balances without missing or repeating any', async () => {
  const movements = await allOf((query) => controller.movements(query));
  expect(movements.map(({ position }) => position)).toEqual(['1', '2', '3', '4']);

  const balances = await allOf((query) => controller.balances(query));
  expect(
    balances.map(({ location, productCode, lotNumber, serialNumber, quantity }) => [
      location,
      productCode,
      lotNumber ?? serialNumber,
      quantity,
    ]),
  ).toEqual([
    ['Consumption', 'GLOVE-M', 'L1', '0.000000'],
    ['Consumption', 'PUMP', 'SN-1', '2.000000'],
    ['Inventory adjustment', 'GLOVE-M', null, '-2.000000'],
    ['NORTH-ICU', 'GLOVE-M', 'L1', '0.000000'],
    ['NORTH-OR', 'GLOVE-M', null, '2.000000'],
    ['NORTH-OR', 'PUMP', 'SN-1', '-2.000000'],
  ]);
});

async function allOf<T>(read: (query: object) => Promise<{ items: readonly T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const { items, next } = await read({ limit: '1', ...(after && { after }) });
    all.push(...items);
    after = next;
  }
  return all;
}

it('names every wrong parameter at once', async () => {
  const asked = controller.movements({ sourceEventId: '7', after: 'x', limit: '0', lott: 'L1' });
  await expect(asked).rejects.toThrow(BadRequestException);
  const { message } = (await asked.catch((error: BadRequestException) => error.getResponse())) as { message: string[] };
  expect(message.join('\n')).toMatch(/sourceEventId[^]*after|after[^]*sourceEventId/);
  expect(message.join('\n')).toMatch(/limit/);
  expect(message.join('\n')).toMatch(/lott/);
  await expect(controller.balances({ after: 'garbage' })).rejects.toThrow(BadRequestException);
});
