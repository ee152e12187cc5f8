import { expect, it } from 'vitest';
import { factorToRoot, type UnitRow } from './units.js';

const rows: UnitRow[] = [
  { id: 1, name: 'Units', relative_factor: 1, relative_uom_id: false, active: true },
  { id: 2, name: 'Pack of 6', relative_factor: 6, relative_uom_id: [1, 'Units'], active: true },
  { id: 3, name: 'Carton', relative_factor: 8, relative_uom_id: [2, 'Pack of 6'], active: true },
  { id: 4, name: 'Third', relative_factor: 0.1, relative_uom_id: [3, 'Carton'], active: true },
  { id: 5, name: 'Egg', relative_factor: 2, relative_uom_id: [6, 'Hen'], active: true },
  { id: 6, name: 'Hen', relative_factor: 2, relative_uom_id: [5, 'Egg'], active: true },
];
const units = new Map(rows.map((row) => [row.id, row]));

it.each([
  ['Units', '1'],
  ['Pack of 6', '6'],
  ['Carton', '48'],
  ['Third', '4.8'],
])('%s is %s of its root, exactly', (name, factor) => {
  const found = factorToRoot(
    rows.find((row) => row.name === name)!,
    units,
  );
  expect([found.factor.toFixed(), found.root.name]).toEqual([factor, 'Units']);
});

it('a unit that is defined by itself is an error with its name', () => {
  expect(() => factorToRoot(units.get(5)!, units)).toThrow('unit Egg is defined by itself in Odoo');
});
