import { Decimal } from '@wardline/event-contracts';
import { outboxOf } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PostingBench } from '../../test/posting-workbench.js';
import { showPosting } from '../show-posting/posting-view.store.js';

let bench: PostingBench;
beforeAll(async () => {
  const rule = { category: 'All / Gloves', policy: 'coalesced', windowSeconds: 60 } as const;
  bench = await PostingBench.open({ POSTING_POLICY: [rule] });
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const theWindowCloses = (): Date => new Date('2026-11-21T08:16:00.000Z');

async function quantities(): Promise<[quantity: string | undefined, state: string][]> {
  return bench.odoo.transfers.map(({ row, state }) => [row[15], state]);
}

it('the movements of a window become one document when it closes, and each is told with it', async () => {
  const movements = [
    await bench.move({ quantity: new Decimal('0.5') }),
    await bench.move(),
    await bench.move({ quantity: new Decimal(2) }),
  ];
  expect(await bench.round()).toBeNull();
  bench.now = theWindowCloses();
  expect(await bench.round()).toMatchObject({ posted: 3 });

  expect(await quantities()).toEqual([['3.5', 'done']]);
  const told = (await outboxOf(bench.database)).map(({ data }) => [data['sourceEventId'], data['recordId']]);
  expect(told).toEqual(movements.map(({ eventId }) => [eventId, 101n]));
  const shown = await showPosting(bench.database, movements[1]!.eventId);
  expect(shown?.sourceEvents).toEqual(movements.map(({ eventId }) => eventId));
});

it('a return in the window is a document of its own', async () => {
  await bench.move({ quantity: new Decimal(3) });
  const back = { movementType: 'RETURN', fromLocation: 'Consumption', toLocation: 'NORTH-ICU' } as const;
  await bench.move(back);
  bench.now = theWindowCloses();
  await bench.round();
  expect(await quantities()).toEqual([
    ['3', 'done'],
    ['1', 'done'],
  ]);
});

it('a crash before, in or after the call never changes what is in the document', async () => {
  await bench.move();
  await bench.move();
  bench.now = theWindowCloses();
  bench.odoo.fail('button_validate', 'timeout after commit');
  await bench.round();
  await bench.move({ quantity: new Decimal(5) });
  bench.now = new Date('2026-11-21T08:17:00.000Z');

  expect(await bench.round(await bench.lease('after the crash'))).toMatchObject({ posted: 2 });
  expect(await bench.round(await bench.lease('later'))).toMatchObject({ posted: 1 });
  expect(await quantities()).toEqual([
    ['2', 'done'],
    ['5', 'done'],
  ]);
});

it('a refused document is dissolved, so that only the bad movement waits for a person', async () => {
  const good = await bench.move({ quantity: new Decimal(1) });
  const culprit = await bench.move({ quantity: new Decimal(12) });
  bench.now = theWindowCloses();
  await bench.round();
  expect(bench.odoo.transfers).toEqual([]);

  bench.odoo.badQuantity = '12';
  await bench.round();
  expect(await bench.states(good, culprit)).toEqual(['posted', 'refused']);
  expect(await quantities()).toEqual([['1', 'done']]);
});
