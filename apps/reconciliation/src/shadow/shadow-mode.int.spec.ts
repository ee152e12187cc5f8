import { PostingSwitched, PostingWithheld, WithheldPostingSettled, type EventId } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ReconciliationBench } from '../../test/reconciliation-bench.js';
import type { Moved } from '../../test/stock-world.js';

let bench: ReconciliationBench;
const gloves = { ward: 'ICU', product: 'GLOVE', lot: '' };
const minute = 60_000;
const checkpointId = newEventId(new Date());
beforeAll(async () => {
  bench = await ReconciliationBench.open();
});
afterAll(() => bench.database.close());

/** A ward in shadow mode beside the interface of Odoo's user 2. */
beforeEach(async () => {
  await bench.reset();
  const { world } = bench;
  world.open(gloves, 100);
  world.report();
  world.tell('erp.change', PostingSwitched, {
    ...{ checkpointId, flow: 'consumption', site: 'ICU', oldUserIds: [2n], toleranceMs: BigInt(10 * minute) },
    ...{ mode: 'SHADOW', from: world.now, reason: 'go-live' },
  });
  await bench.read();
});

function withhold(moved: Moved): Moved {
  const settleAt = new Date(bench.world.now.getTime() + 10 * minute);
  const what = { sourceEventId: moved.eventId, checkpointId, flow: 'consumption', site: 'ICU', settleAt };
  bench.world.tell('erp.posting', PostingWithheld, what);
  return moved;
}

function settle(sourceEventId: EventId, outcome: WithheldPostingSettled['outcome'], movedAt: Date | null): void {
  const what = { moveLineIds: [1n], reference: 'WH/OUT/7', movedAt, message: 'The old interface did it.' };
  bench.world.tell('erp.posting', WithheldPostingSettled, { sourceEventId, checkpointId, outcome, ...what });
}

async function look(): Promise<void> {
  bench.world.report();
  await bench.read();
  await bench.compare();
}

it('what the old interface posts is no difference while its record may come, nor when it has', async () => {
  const { world } = bench;
  world.tamper(gloves, -3, { usage: 'production', reference: 'WH/OUT/7' });
  const movedAt = world.now;
  await look();
  expect(await bench.suspicions()).toEqual([]);
  const moved = withhold(world.use(gloves, 3));
  await look();
  expect(await bench.suspicions()).toEqual([]);
  settle(moved.eventId, 'EXACT', movedAt);
  await look();
  world.tick(60 * minute);
  await look();
  expect(await bench.suspicions()).toEqual([]);
});

it('a movement that only Wardline has is a case, and ends when Wardline posts it', async () => {
  const { world } = bench;
  const moved = withhold(world.use(gloves, 3));
  await look();
  expect(await bench.suspicions()).toEqual([]);
  settle(moved.eventId, 'ALONE', null);
  await look();
  const subject = `movement:${moved.eventId}`;
  expect(await bench.cases()).toMatchObject([{ subject, kind: 'MISSING_IN_ODOO', owner: 'stores', state: 'OPEN' }]);
  settle(moved.eventId, 'POSTED_HERE', null);
  world.post(moved);
  await look();
  expect(await bench.cases()).toMatchObject([{ subject, state: 'CLOSED' }]);
});

it('the same fact told otherwise is a difference of the place, with the movement that is wrong', async () => {
  const { world } = bench;
  const moved = withhold(world.use(gloves, 12));
  world.tamper(gloves, -2, { usage: 'production', reference: 'WH/OUT/7' });
  settle(moved.eventId, 'DIFFERS', world.now);
  await look();
  expect(await bench.suspicions()).toEqual([]);
  world.tick(60 * minute);
  await look();
  expect(await bench.cases()).toMatchObject([
    { subject: 'stock:ICU/GLOVE/', kind: 'UNIT_FACTOR', wrongEvent: moved.eventId, state: 'OPEN' },
  ]);
});

it('what only the old interface has is a case of its own, and the shelf is equal', async () => {
  const { world } = bench;
  world.tamper(gloves, -5, { usage: 'production', reference: 'WH/OUT/9' });
  const { eventId } = world.book(
    { from: 'ICU', to: 'Consumption', ...gloves, quantity: 5 },
    {
      interface: 'odoo',
      movementType: 'CONSUMPTION',
      reason: 'old interface, no record of ours',
      documentReference: 'WH/OUT/9',
    },
  );
  world.tick(60 * minute);
  await look();
  expect(await bench.cases()).toMatchObject([
    { subject: `movement:${eventId}`, kind: 'UNKNOWN_TO_US', owner: 'stores', wrongEvent: eventId },
  ]);
});
