import { ConflictException } from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import type { QuantityInUnit } from './balance-as-of.store.js';

/**
 * Adds up what is in one unit; a unit whose movements cancel out does not matter beside another. 409 where it is in several.
 */
export function totalOf(
  parts: readonly QuantityInUnit[],
  product: string,
): { readonly quantity: string; readonly unit: string | null } {
  const byUnit = new Map<string, Decimal>();
  for (const { unit, quantity } of parts) byUnit.set(unit, (byUnit.get(unit) ?? new Decimal(0)).plus(quantity));
  const [[unit, quantity] = [null, new Decimal(0)], ...others] = [...byUnit].sort(([, a], [, b]) =>
    b.abs().comparedTo(a.abs()),
  );
  if (others.some(([, other]) => !other.isZero())) {
    const units = [...byUnit.keys()].join(', ');
    throw new ConflictException(`${product} was kept there in ${units}, which cannot be added: ask lot by lot`);
  }
  return { quantity: quantity.toFixed(6), unit };
}
