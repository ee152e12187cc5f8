import {
  Decimal,
  PostingRefused,
  PostingSucceeded,
  WithheldPostingSettled,
  type EventId,
} from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { envelopeOf, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import type { Movement } from '../movement.js';
import { PostingStatuses } from '../posting-status.store.js';
import { StockLedger } from '../stock-ledger.store.js';
import { NotePostingRefused } from './note-posting-refused.handler.js';
import { NoteWithheldSettled } from './note-withheld-settled.handler.js';
import { NotePostingSucceeded } from './note-posting-succeeded.handler.js';

const movement = newEventId(testMorning);
let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase(migrations);
  const booked: Movement = {
    ...{ eventId: movement, sourceEventId: movement, correlationId: movement, causationId: movement, reverses: null },
    ...{ movementType: 'CONSUMPTION', productCode: 'GLOVE-M', fromLocation: 'NORTH-ICU', toLocation: 'Consumption' },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(2), unit: 'Units', reason: null },
    ...{ transferReference: null, documentReference: null },
    ...{ occurredAt: testMorning, recordedAt: testMorning, actor: 'cabinet-7', interface: 'clinical.consumption' },
  };
  await database.transaction((tx) => new StockLedger().append(tx, [booked]));
});
afterEach(() => database.close());

async function posted(sourceEventId: EventId, reference: string): Promise<void> {
  const document = { model: 'stock.move', recordId: 42n, reference, postedAt: testMorning };
  const posting = envelopeOf(PostingSucceeded, { sourceEventId, ...document });
  await database.transaction((tx) => new NotePostingSucceeded(new PostingStatuses()).handleBatch([posting], tx));
}

async function refused(message: string): Promise<void> {
  const refusal = envelopeOf(PostingRefused, { sourceEventId: movement, code: 'ODOO_VALIDATION', message });
  await database.transaction((tx) => new NotePostingRefused(new PostingStatuses()).handleBatch([refusal, refusal], tx));
}

const document = { model: 'stock.move', record_id: '42', reference: 'WH/CONS/00042', posted_at: testMorning };

it('shows why Odoo does not hold a movement, then the document that does', async () => {
  await refused('You need a lot.');
  expect(await database.query('SELECT * FROM posting_status')).toMatchObject([
    { event_id: movement, state: 'REFUSED', code: 'ODOO_VALIDATION', message: 'You need a lot.', reference: null },
  ]);

  await posted(movement, 'WH/CONS/00042');
  expect(await database.query('SELECT * FROM posting_status')).toEqual([
    { event_id: movement, state: 'POSTED', ...document, code: null, message: null },
  ]);
});

it('keeps what is posted as posted', async () => {
  await posted(movement, 'WH/CONS/00042');
  await refused('Too late.');
  await posted(movement, 'WH/CONS/00043');

  expect(await database.query('SELECT state, reference, code FROM posting_status')).toEqual([
    { state: 'POSTED', reference: 'WH/CONS/00042', code: null },
  ]);
});

it('leaves the postings of orders and invoices to their owners', async () => {
  await posted(newEventId(testMorning), 'BILL/0001');
  expect(await database.query('SELECT * FROM posting_status')).toEqual([]);
});

it('shows the line by which an old interface posted a movement in shadow mode, and nothing of one that nobody posted', async () => {
  const settled = (outcome: 'ALONE' | 'EXACT', lines: bigint[]) =>
    envelopeOf(WithheldPostingSettled, {
      ...{ sourceEventId: movement, checkpointId: movement, outcome, moveLineIds: lines, message: '' },
      ...{ reference: 'WH/OUT/7', movedAt: lines.length === 0 ? null : testMorning },
    });
  const note = (one: ReturnType<typeof settled>) =>
    database.transaction((tx) => new NoteWithheldSettled(new PostingStatuses()).handleBatch([one], tx));
  await note(settled('ALONE', []));
  expect(await database.query('SELECT * FROM posting_status')).toEqual([]);
  await note(settled('EXACT', [7n]));
  expect(await database.query('SELECT * FROM posting_status')).toMatchObject([
    { event_id: movement, state: 'POSTED', model: 'stock.move.line', record_id: '7', reference: 'WH/OUT/7' },
  ]);
});
