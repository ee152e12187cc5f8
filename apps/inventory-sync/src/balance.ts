import type { Decimal } from '@wardline/event-contracts';
import { Reject } from '@wardline/event-handling';
import type { Movement } from './movement.js';

/** A change of one balance; negative where stock leaves. */
export interface BalanceChange {
  readonly location: string;
  readonly productCode: string;
  readonly lotNumber: string;
  readonly serialNumber: string;
  readonly quantity: Decimal;
  readonly unit: string;
}

/** What the movements change, one line per balance, those that cancel out left in as zero. Throws `Reject` for two units of one balance. */
export function balanceChanges(movements: readonly Movement[]): BalanceChange[] {
  const changes = new Map<string, BalanceChange>();
  for (const movement of movements) {
    addTo(changes, movement, movement.fromLocation, movement.quantity.negated());
    addTo(changes, movement, movement.toLocation, movement.quantity);
  }
  return [...changes.values()];
}

function addTo(changes: Map<string, BalanceChange>, movement: Movement, location: string, quantity: Decimal): void {
  const { productCode, unit } = movement;
  const lotNumber = movement.lotNumber ?? '';
  const serialNumber = movement.serialNumber ?? '';
  const key = JSON.stringify([location, productCode, lotNumber, serialNumber]);
  const before = changes.get(key);
  if (before && before.unit !== unit) throw unitDiffers(productCode, location, before.unit, unit);
  changes.set(key, {
    ...{ location, productCode, lotNumber, serialNumber, unit },
    quantity: quantity.plus(before?.quantity ?? 0),
  });
}

/** A balance is kept in one unit: adding another would give a number that means nothing. */
export function unitDiffers(productCode: string, location: string, kept: string, given: string): Reject {
  return new Reject(
    'UNIT_DIFFERS',
    `The balance of ${productCode} at ${location} is kept in ${kept}; a movement in ${given} cannot be added to it. ` +
      `Set the product's unit of measure in Odoo back to ${kept}, then edit the message to that unit and retry it.`,
    { class: 'DATA' },
  );
}
