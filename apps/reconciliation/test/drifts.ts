import { at, subject, wrong, type Drift } from './drift.js';
import { odooDrifts } from './odoo-drifts.js';
import type { Moved, StockWorld } from './stock-world.js';
import type { Spot } from './world-places.js';

function posted(
  world: StockWorld,
  spot: Spot,
  quantity: number,
  inOdoo: Parameters<StockWorld['post']>[1] = {},
): Moved {
  const moved = world.use(spot, quantity, { unit: 6 });
  world.post(moved, inOdoo);
  return moved;
}

/** Kinds of drift, each with what it has to be taken for. */
export const drifts: readonly Drift[] = [
  {
    name: 'somebody counts more in Odoo',
    kind: 'UNAPPROVED_ADJUSTMENT',
    happens: (world, { gloves }) => at(gloves, () => world.tamper(gloves, 4, { usage: 'inventory' })),
  },
  {
    name: 'somebody counts less in Odoo',
    kind: 'UNAPPROVED_ADJUSTMENT',
    happens: (world, { gloves }) => at(gloves, () => world.tamper(gloves, -4, { usage: 'inventory' })),
  },
  {
    name: 'somebody counts in Odoo twice',
    kind: 'UNAPPROVED_ADJUSTMENT',
    happens: (world, { gloves }) =>
      at(gloves, () => {
        world.tamper(gloves, -4, { usage: 'inventory' });
        world.tamper(gloves, -3, { usage: 'inventory' });
      }),
  },
  {
    name: 'a count in the pharmacy',
    kind: 'UNAPPROVED_ADJUSTMENT',
    owner: 'pharmacy',
    happens: (world, { morphine }) => at(morphine, () => world.tamper(morphine, -1, { usage: 'inventory' })),
  },
  {
    name: 'the ledger follows a count in Odoo that nobody approved',
    kind: 'UNAPPROVED_ADJUSTMENT',
    happens: (world, { gloves }) =>
      at(gloves, () => {
        world.tamper(gloves, 4, { usage: 'inventory' });
        world.book(
          { from: 'Inventory adjustment', to: gloves.ward, ...gloves, quantity: 4 },
          { interface: 'odoo', reason: 'Product Quantity Updated' },
        );
      }),
  },
  {
    name: 'a receipt in Odoo that nobody told',
    kind: 'UNKNOWN_TO_US',
    happens: (world, { gloves }) =>
      at(gloves, () => world.tamper(gloves, 50, { usage: 'supplier', reference: 'WH/IN/7' })),
  },
  {
    name: 'a delivery out of Odoo that nobody told',
    kind: 'UNKNOWN_TO_US',
    happens: (world, { gloves }) =>
      at(gloves, () => world.tamper(gloves, -9, { usage: 'customer', reference: 'WH/OUT/7' })),
  },
  {
    name: 'a transfer in Odoo between two wards',
    kind: 'UNKNOWN_TO_US',
    happens: (world, { gloves, suture }) => {
      const other = { ...gloves, ward: suture('').ward };
      world.tamper(gloves, -7, { usage: 'internal', reference: 'WH/INT/7' });
      world.tamper(other, 7, { usage: 'internal', reference: 'WH/INT/7' });
      return { subjects: [subject(gloves), subject(other)] };
    },
  },
  {
    name: 'stock of a product that never moved there',
    kind: 'UNKNOWN_TO_US',
    happens: (world, { gloves, morphine }) => {
      const other = { ...gloves, ward: morphine.ward };
      return at(other, () => world.tamper(other, 12));
    },
  },
  {
    name: 'a quantity changed in the database of Odoo, upwards',
    kind: 'QUANT_DRIFT',
    happens: (world, { gloves }) => at(gloves, () => world.tamper(gloves, 11)),
  },
  {
    name: 'a quantity changed in the database of Odoo, downwards',
    kind: 'QUANT_DRIFT',
    happens: (world, { gloves }) => at(gloves, () => world.tamper(gloves, -11)),
  },
  {
    name: 'a quant deleted in Odoo',
    kind: 'QUANT_DRIFT',
    happens: (world, { morphine }) => at(morphine, () => world.tamper(morphine, -60)),
    owner: 'pharmacy',
  },
  {
    name: 'a fraction lost by rounding',
    kind: 'QUANT_DRIFT',
    happens: (world, { gloves }) => at(gloves, () => world.tamper(gloves, 0.004)),
  },
  {
    name: 'a posting undone without a trace',
    kind: 'MISSING_IN_ODOO',
    happens: (world, { gloves }) => wrong(gloves, posted(world, gloves, 13, { quantity: 0 })),
  },
  {
    name: 'a movement that Odoo refused',
    kind: 'MISSING_IN_ODOO',
    happens: (world, { gloves }) => {
      const moved = world.use(gloves, 2);
      world.refuse(moved);
      return { subjects: [`movement:${moved.eventId}`], wrongEvent: moved.eventId };
    },
  },
  {
    name: 'a movement that was never posted',
    kind: 'MISSING_IN_ODOO',
    owner: 'platform',
    happens: (world, { gloves }) => {
      const moved = world.use(gloves, 2);
      world.tick(1_000_000);
      return { subjects: [`movement:${moved.eventId}`], wrongEvent: moved.eventId };
    },
  },
  {
    name: 'a posting counted twice by Odoo',
    kind: 'DOUBLED',
    happens: (world, { gloves }) => wrong(gloves, posted(world, gloves, 13, { quantity: 26 })),
  },
  {
    name: 'a use entered in Odoo by hand as well',
    kind: 'DOUBLED',
    happens: (world, { gloves }) => {
      const moved = posted(world, gloves, 13);
      world.tamper(gloves, -13, { usage: 'production', reference: 'WH/OUT/9' });
      return wrong(gloves, moved);
    },
  },
  {
    name: 'a record booked twice',
    kind: 'DOUBLED',
    owner: 'platform',
    happens: (world, { gloves }) => {
      const cause = world.accept(gloves, 2);
      const [first, second] = [1, 2].map(() =>
        world.book({ from: gloves.ward, to: 'Consumption', ...gloves, quantity: 2 }, { causationId: cause }),
      );
      for (const moved of [first!, second!]) world.post(moved);
      return { subjects: [`record:${cause}`], wrongEvent: first!.eventId };
    },
  },
  {
    name: 'the other lot taken in Odoo',
    kind: 'LOT_DIFFERS',
    happens: (world, { suture }) => {
      world.post(world.use(suture('L1'), 4), { lot: 'L2' });
      return { subjects: [subject(suture('L1')), subject(suture('L2'))] };
    },
  },
  {
    name: 'lots swapped in Odoo without a move',
    kind: 'LOT_DIFFERS',
    happens: (world, { suture }) => {
      world.tamper(suture('L1'), -5);
      world.tamper(suture('L2'), 5);
      return { subjects: [subject(suture('L1')), subject(suture('L2'))] };
    },
  },
  {
    name: 'another lot booked than accepted',
    kind: 'LOT_DIFFERS',
    happens: (world, { suture }) => {
      const moved = world.use(suture('L1'), 1, { lot: 'L2' });
      world.post(moved);
      return { subjects: [`record:${moved.cause}`], wrongEvent: moved.eventId };
    },
  },
  {
    name: 'packs posted as pieces',
    kind: 'UNIT_FACTOR',
    happens: (world, { gloves }) => wrong(gloves, posted(world, gloves, 12, { quantity: 72 })),
  },
  {
    name: 'pieces posted as packs',
    kind: 'UNIT_FACTOR',
    happens: (world, { gloves }) => wrong(gloves, posted(world, gloves, 12, { quantity: 2 })),
  },
  {
    name: 'another quantity booked than accepted',
    kind: 'UNIT_FACTOR',
    owner: 'platform',
    happens: (world, { gloves }) => {
      const moved = world.use(gloves, 12, { quantity: 2 });
      world.post(moved);
      return { subjects: [`record:${moved.cause}`], wrongEvent: moved.eventId };
    },
  },
  {
    name: 'a record that the ledger never booked',
    kind: 'MISSING_IN_LEDGER',
    owner: 'platform',
    happens: (world, { gloves }) => {
      const record = world.accept(gloves, 2);
      world.tick(1_000_000);
      return { subjects: [`record:${record}`] };
    },
  },
  {
    name: 'a posting in Odoo that the ledger never told of',
    kind: 'UNKNOWN_TO_US',
    owner: 'platform',
    happens: (world, { gloves }) => {
      const moved = posted(world, gloves, 3);
      world.unread.set('inventory.stock', world.unread.get('inventory.stock')!.slice(0, -1));
      world.report();
      world.tick(1_000_000);
      return {
        subjects: [`movement:${moved.eventId}`, subject(gloves), `record:${moved.cause}`],
        wrongEvent: moved.eventId,
      };
    },
  },
  ...odooDrifts,
];
