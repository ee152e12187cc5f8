import { subject, type Drift } from './drift.js';

/** Kinds of drift that Odoo's own records bring about: lots, units, quants, companies, and lines that were done. */
export const odooDrifts: readonly Drift[] = [
  {
    name: 'two lots merged into a third in Odoo',
    kind: 'LOT_DIFFERS',
    happens: (world, { suture }) => {
      world.tamper(suture('L1'), -38);
      world.tamper(suture('L2'), -40);
      world.tamper(suture('L3'), 78);
      return { subjects: ['L1', 'L2', 'L3'].map((lot) => subject(suture(lot))) };
    },
  },
  {
    name: 'a lot renamed in Odoo',
    kind: 'LOT_DIFFERS',
    happens: (world, { suture }) => {
      world.tamper(suture('L2'), -40);
      world.tamper(suture('L2-CORRECTED'), 40);
      return { subjects: [subject(suture('L2')), subject(suture('L2-CORRECTED'))] };
    },
  },
  {
    name: 'a product counted in another unit in Odoo after its postings',
    kind: 'UNIT_FACTOR',
    happens: (world, { gloves }) => {
      world.countIn(gloves, 'Pack of 6');
      return { subjects: [subject(gloves)] };
    },
  },
  {
    name: 'a quant moved to a location of another company',
    kind: 'QUANT_DRIFT',
    happens: (world, { gloves }) => {
      const other = { ...gloves, ward: `SOUTH ${gloves.ward}` };
      world.tamper(gloves, -31);
      world.tamper(other, 31);
      return { subjects: [subject(other), subject(gloves)] };
    },
  },
  {
    name: 'a second quant of the same lot',
    kind: 'DOUBLED',
    happens: (world, { suture }) => {
      world.tamper(suture('L1'), 38);
      return { subjects: [subject(suture('L1'))] };
    },
  },
  {
    name: 'a serial that Odoo holds in two places',
    kind: 'DOUBLED',
    happens: (world, { pump, suture }) => {
      const other = { ...pump, ward: suture('').ward };
      world.tamper(other, 1);
      return { subjects: [subject(other)] };
    },
  },
  {
    name: 'a line of ours changed in Odoo after it was done, which the ledger follows',
    kind: 'UNAPPROVED_ADJUSTMENT',
    happens: (world, { gloves }) => {
      const changed = { interface: 'odoo', reason: 'changed in Odoo after it was done (1)' };
      world.tamper(gloves, 2);
      const [ward, away] = [gloves.ward, 'Consumption'];
      world.book({ from: away, to: ward, ...gloves, quantity: 5 }, { ...changed, movementType: 'RETURN' });
      world.book({ from: ward, to: away, ...gloves, quantity: 3 }, { ...changed, movementType: 'CONSUMPTION' });
      return { subjects: [subject(gloves)] };
    },
  },
];
