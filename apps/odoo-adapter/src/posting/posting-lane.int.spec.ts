import { Decimal } from '@wardline/event-contracts';
import { outboxOf } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LeaseLost } from '../lease.store.js';
import type { Failure } from '../../test/failing-odoo.js';
import { documentOf, PostingBench } from '../../test/posting-workbench.js';

let bench: PostingBench;
beforeAll(async () => {
  bench = await PostingBench.open();
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const bad = { quantity: new Decimal(13) };

async function results(): Promise<[type: string, sourceEventId: unknown][]> {
  const events = await outboxOf(bench.database);
  return events.filter(({ topic }) => topic === 'erp.posting').map(({ type, data }) => [type, data['sourceEventId']]);
}

it('a movement is posted once, read back, and told with the number of its document', async () => {
  const movement = await bench.move({ quantity: new Decimal('2.5') });
  expect(await bench.round()).toEqual({ posted: 1, refused: 0, outage: null });

  const [event] = await outboxOf(bench.database);
  expect(event).toMatchObject({ topic: 'erp.posting', key: 'NORTH-ICU/GLOVE-M', type: 'PostingSucceeded' });
  expect(event?.data).toMatchObject({
    ...{ sourceEventId: movement.eventId, model: 'stock.picking', recordId: 101n, reference: 'WH/WCON/101' },
    ...{ correlationId: movement.correlationId, causationId: movement.eventId },
  });
  expect(await bench.round()).toBeNull();
  expect(bench.odoo.done()).toEqual([documentOf(movement)]);
});

it.each<[method: string, failure: Failure]>([
  ['load', 'timeout after commit'],
  ['load', 'fault after commit'],
  ['load', 'fault'],
  ['load', 'conflict'],
  ['load', 'unreachable'],
  ['button_validate', 'timeout after commit'],
  ['button_validate', 'fault after commit'],
  ['button_validate', 'conflict'],
  ['button_validate', 'unreachable'],
  ['search_read', 'unreachable'],
])('when %s ends in "%s", each movement is in Odoo once all the same and told once', async (method, failure) => {
  const movements = [
    await bench.move(),
    await bench.move({ productCode: 'SUTURE', lotNumber: 'L1' }),
    await bench.move(),
  ];
  bench.odoo.fail(method, failure);
  const first = await bench.round();
  const second = await bench.round();

  expect((first?.posted ?? 0) + (second?.posted ?? 0)).toBe(3);
  expect(bench.odoo.done().toSorted()).toEqual(movements.map(documentOf).toSorted());
  expect((await results()).toSorted()).toEqual(
    movements.map(({ eventId }) => ['PostingSucceeded', eventId]).toSorted(),
  );
});

it('while Odoo cannot be reached nothing is refused, and afterwards the order is the same', async () => {
  const movements = [await bench.move(), await bench.move(), await bench.move()];
  bench.odoo.fail('search_read', 'unreachable', 3);
  for (let round = 0; round < 3; round += 1)
    expect(await bench.round()).toMatchObject({ posted: 0, refused: 0, outage: 'connection refused' });
  expect(await bench.states(...movements)).toEqual(['posting', 'posting', 'posting']);

  await bench.round();
  expect(bench.odoo.done()).toEqual(movements.map(documentOf));
});

it('one bad document among 200 is found, refused and parked; later ones of its key wait, all others are posted', async () => {
  const others = [];
  for (let n = 0; n < 100; n += 1) others.push(await bench.move({ fromLocation: 'NORTH-OR1' }));
  const before = await bench.move();
  const culprit = await bench.move(bad);
  const behind = await bench.move();
  await bench.round();

  expect(await bench.states(before, culprit, behind)).toEqual(['posted', 'refused', 'pending']);
  expect(await bench.states(...others)).toEqual(others.map(() => 'posted'));
  expect(bench.odoo.transfers.filter(({ state }) => state !== 'done')).toEqual([]);
  const parked = await bench.database.query('SELECT event_id, state, class, code, owner, message FROM delivery.parked');
  expect(parked).toEqual([
    {
      ...{ event_id: culprit.eventId, state: 'parked', class: 'BUSINESS', code: 'ODOO_VALIDATION', owner: 'stores' },
      message: expect.stringContaining('not with me') as string,
    },
  ]);
  expect((await results()).filter(([type]) => type === 'PostingRefused')).toEqual([
    ['PostingRefused', culprit.eventId],
  ]);
});

it('a retry posts the refused movement first and then what waited behind it', async () => {
  const culprit = await bench.move(bad);
  const behind = await bench.move();
  await bench.round();
  expect(await bench.round()).toBeNull();

  bench.odoo.badQuantity = 'none';
  await bench.take(culprit);
  await bench.round();
  expect(await bench.states(culprit, behind)).toEqual(['posted', 'posted']);
  expect(bench.odoo.done()).toEqual([culprit, behind].map(documentOf));
});

it('an abandoned movement is out of the way of its key and is never posted', async () => {
  const culprit = await bench.move(bad);
  const behind = await bench.move();
  await bench.round();
  await bench.database.transaction((tx) =>
    bench.handler.onAbandoned(culprit, tx, { by: 'anna', reason: 'charted twice' }),
  );
  await bench.round();
  expect(await bench.states(culprit, behind)).toEqual(['abandoned', 'posted']);
  expect(bench.odoo.done()).toEqual([documentOf(behind)]);
});

it('a wizard is no success: what it stands for is tried by itself and refused', async () => {
  const movement = await bench.move();
  bench.odoo.fail('button_validate', 'wizard');
  await bench.round();
  const [row] = await bench.database.query('SELECT state, code, error FROM posting WHERE event_id = $1', [
    movement.eventId,
  ]);
  expect(row).toEqual({
    ...{ state: 'refused', code: 'ODOO_NOT_EXECUTED' },
    error: 'Odoo asks a person before it validates: Backorder?, stock.backorder.confirmation',
  });
});

it('what reads back as another number is never told as posted', async () => {
  const movement = await bench.move({ quantity: new Decimal('1.25') });
  bench.odoo.rounds = (quantity) => Math.round(quantity * 10) / 10;
  await bench.round();
  const [row] = await bench.database.query<{ code: string; state: string }>('SELECT code, state FROM posting');
  expect(row).toEqual({ code: 'POSTED_DIFFERENTLY', state: 'refused' });
  expect(await results()).toEqual([['PostingRefused', movement.eventId]]);
});

it('a document on which Odoo itself breaks is tried five times while other keys flow, then it is for the platform team', async () => {
  const culprit = await bench.move();
  bench.odoo.fail('load', 'fault', 5);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await bench.round();
    await bench.database.query('UPDATE posting SET next_attempt_at = NULL');
  }
  const other = await bench.move({ fromLocation: 'NORTH-OR1' });
  await bench.round();
  expect(await bench.states(culprit, other)).toEqual(['refused', 'posted']);
  const [parked] = await bench.database.query('SELECT code, class, owner FROM delivery.parked');
  expect(parked).toEqual({ code: 'ODOO_FAILED', class: 'TECHNICAL', owner: 'platform' });
});

it('an instance that lost its lane writes nothing; its successor finds the document in Odoo and tells it once', async () => {
  const movement = await bench.move();
  const zombie = await bench.lease('zombie');
  bench.odoo.fail('button_validate', 'timeout after commit');
  await bench.round(zombie);
  const successor = await bench.lease('successor');

  await expect(bench.round(zombie)).rejects.toThrow(LeaseLost);
  expect(await results()).toEqual([]);
  expect(await bench.round(successor)).toMatchObject({ posted: 1 });
  expect(await results()).toEqual([['PostingSucceeded', movement.eventId]]);
  expect(bench.odoo.calls.filter((call) => call.endsWith('button_validate'))).toHaveLength(1);
});
