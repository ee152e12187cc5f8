import { Decimal, Topic, UnitChanged } from '@wardline/event-contracts';
import { businessEvent } from '@wardline/event-handling';
import { idOf, type Many2one } from '../odoo.js';
import { readContext, type MasterModel, type MasterRow, type Reading } from './master-model.js';

/** A unit as Odoo 19 has it: so many of another one, or a root. */
export interface UnitRow {
  readonly id: number;
  readonly name: string;
  readonly relative_factor: number;
  readonly relative_uom_id: Many2one;
  readonly active: boolean;
}

/** Decimals that Odoo keeps of quantities: decimal precision "Product Unit", 2 where it is not set. */
export async function quantityDigits({ odoo }: Pick<Reading, 'odoo'>): Promise<number> {
  const [precision] = await odoo.searchRead<{ digits: number }>('decimal.precision', {
    domain: [['name', '=', 'Product Unit']],
    fields: ['digits'],
    limit: 1,
  });
  return precision?.digits ?? 2;
}

/**
 * How many of its root a unit is: the product of the relative factors up the chain, exactly. Throws for a chain that does
 * not end.
 */
export function factorToRoot(unit: UnitRow, units: ReadonlyMap<number, UnitRow>): { factor: Decimal; root: UnitRow } {
  let factor = new Decimal(1);
  let at = unit;
  for (let steps = 0; steps <= units.size; steps += 1) {
    const next = units.get(idOf(at.relative_uom_id) ?? -1);
    if (next === undefined) return { factor, root: at };
    factor = factor.times(String(at.relative_factor));
    at = next;
  }
  throw new RangeError(`unit ${unit.name} is defined by itself in Odoo`);
}

/** Units. Any change reads all of them again: the factor of one depends on others. */
export const units: MasterModel = {
  model: 'uom.uom',
  domain: [],
  fields: ['name'],
  feeds: [{ model: 'decimal.precision', concerns: () => [] }],
  dependents: ['product.product'],
  understand: async (rows, { odoo }) =>
    rows.length === 0 ? [] : unitRows(await allUnits(odoo), await quantityDigits({ odoo })),
  event: ({ code, active, odooId, data }, at) =>
    businessEvent(Topic.MasterdataUnit, code, UnitChanged, {
      occurredAt: at,
      unit: code,
      factor: new Decimal(String(data['factor'])),
      rootUnit: String(data['rootUnit']),
      rounding: new Decimal(String(data['rounding'])),
      active,
      odooId: BigInt(odooId),
    }),
  announces: (code) => [`unit:${code}`],
};

async function allUnits(odoo: Reading['odoo']): Promise<UnitRow[]> {
  return odoo.searchRead<UnitRow>('uom.uom', {
    domain: [],
    fields: ['name', 'relative_factor', 'relative_uom_id', 'active'],
    order: 'id',
    context: readContext,
  });
}

function unitRows(all: readonly UnitRow[], digits: number): MasterRow[] {
  const byId = new Map(all.map((unit) => [unit.id, unit]));
  return all.map((unit) => {
    const { factor, root } = factorToRoot(unit, byId);
    const rounding = new Decimal(10).pow(-digits);
    const data = { factor: factor.toDecimalPlaces(12).toFixed(), rootUnit: root.name, rounding: rounding.toFixed() };
    return { odooId: unit.id, code: unit.name, active: unit.active, data };
  });
}
