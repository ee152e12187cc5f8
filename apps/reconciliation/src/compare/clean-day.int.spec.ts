import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { days } from '../../test/config.js';
import { ReconciliationBench } from '../../test/reconciliation-bench.js';
import type { Moved } from '../../test/stock-world.js';
import type { Spot } from '../../test/world-places.js';

let bench: ReconciliationBench;
beforeAll(async () => {
  bench = await ReconciliationBench.open();
});
afterAll(() => bench.database.close());

const spots: readonly Spot[] = [
  { ward: 'ICU', product: 'GLOVE', lot: '' },
  { ward: 'ICU', product: 'SUTURE', lot: 'L1' },
  { ward: 'OR', product: 'SUTURE', lot: 'L2' },
];

const topics = ['erp.change', 'inventory.stock', 'erp.posting', 'inventory.consumption'];

/** What may happen next: somebody uses something, moves it, the adapter posts or reports, a service reads, or they are compared. */
const step = fc.oneof(
  fc.record({ does: fc.constant('use'), of: fc.nat(2), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ does: fc.constant('transfer'), of: fc.nat(2), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ does: fc.constant('post'), of: fc.nat(20), quantity: fc.constant(0) }),
  fc.record({ does: fc.constant('report'), of: fc.nat(2), quantity: fc.nat(5) }),
  fc.record({ does: fc.constant('read'), of: fc.nat(3), quantity: fc.nat(9) }),
  fc.record({ does: fc.constant('read'), of: fc.nat(3), quantity: fc.nat(9) }),
  fc.record({ does: fc.constant('compare'), of: fc.constant(0), quantity: fc.constant(0) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

it('of a day that goes well never invents a difference, whatever is in flight', async () => {
  const day = fc.array(step, { minLength: 80, maxLength: 120 });
  await fc.assert(fc.asyncProperty(day, playDay), { numRuns: days });
}, 600_000);

async function playDay(steps: readonly Step[]): Promise<void> {
  await bench.reset();
  for (const spot of spots) bench.world.open(spot, 50);
  bench.world.open({ ...spots[0]!, ward: 'STORE' }, 10);
  await bench.read('masterdata.location');
  bench.world.report();
  await bench.read('erp.change');
  const unposted: Moved[] = [];
  for (const one of steps) await play(one, unposted);
  for (const moved of unposted) bench.world.post(moved);
  bench.world.report();
  await bench.read();
  await bench.compare();
  expect(await bench.suspicions()).toEqual([]);
  const [open] = await bench.database.query<{ legs: number }>(
    `SELECT count(*)::int AS legs FROM leg WHERE contained_in IS NULL AND location NOT IN ('Consumption', 'Inventory adjustment')`,
  );
  expect(open).toEqual({ legs: 0 });
}

async function play({ does, of, quantity }: Step, unposted: Moved[]): Promise<void> {
  const { world } = bench;
  const spot = spots[of % spots.length]!;
  if (does === 'use') unposted.push(world.use(spot, quantity));
  if (does === 'transfer')
    unposted.push(world.book({ from: spot.ward, to: 'STORE', ...spot, quantity }, { interface: 'warehouse.scan' }));
  if (does === 'post') unposted.splice(of, 1).forEach((moved) => world.post(moved));
  if (does === 'report')
    world.report({ whole: quantity === 0, busy: quantity === 1 ? [`${spot.ward}/${spot.product}`] : [] });
  if (does === 'read') for (let n = 0; n < 4; n += 1) await bench.readOne(topics[of]!, quantity + n);
  if (does === 'compare') {
    world.tick(20_000);
    await bench.reconciliation.cycle();
    expect(await bench.suspicions()).toEqual([]);
  }
}
