import { awaitedShipment } from './stock-operation.js';
import { isQuarantine, virtualLocation, type Movement } from '../movement.js';
import { secondPlace } from '../serial-place.js';
import type { StockPicture } from '../stock-picture.js';
import { hold, refuse, type Finding, type Refusal } from './finding.js';

/**
 * What a movement must leave true, whatever it is for: a serial is in one place, quarantine holds no less than nothing, and
 * of a transfer no more arrives than was shipped.
 */
export function stockGuard(movement: Movement, stock: StockPicture): Finding | null {
  return overdrawnTransfer(movement, stock) ?? overdrawnQuarantine(movement, stock) ?? elsewhere(movement, stock);
}

function overdrawnTransfer(movement: Movement, stock: StockPicture): Finding | null {
  const { fromLocation, transferReference, quantity, unit, productCode, reverses } = movement;
  if (fromLocation !== virtualLocation.inTransit || transferReference === null) return null;
  const left = stock.onTheWay(transferReference, movement);
  if (left === null)
    return hold(
      'NOT_SHIPPED_YET',
      `No ${productCode} of this lot has been shipped under transfer ${transferReference} yet.`,
      [awaitedShipment(transferReference, movement)],
    );
  if (left.gte(quantity)) return null;
  const said = `Of transfer ${transferReference} only ${left.toFixed()} ${unit} of ${productCode} are still on the way; `;
  return reverses === null
    ? refuse('ARRIVED_MORE_THAN_SHIPPED', `${said}${quantity.toFixed()} cannot arrive.`)
    : refuse('ALREADY_ARRIVED', `${said}the shipment of ${quantity.toFixed()} cannot be undone.`);
}

function overdrawnQuarantine(movement: Movement, stock: StockPicture): Refusal | null {
  const { fromLocation, quantity, unit, productCode } = movement;
  if (!isQuarantine(fromLocation)) return null;
  const held = stock.onHand(fromLocation, movement);
  if (held.gte(quantity)) return null;
  return refuse(
    'MORE_THAN_QUARANTINED',
    `${fromLocation} holds ${held.toFixed()} ${unit} of ${productCode}; ${quantity.toFixed()} cannot leave it.`,
  );
}

function elsewhere(movement: Movement, stock: StockPicture): Refusal | null {
  const place = secondPlace(movement, stock);
  if (place === null) return null;
  const { serialNumber, productCode } = movement;
  return refuse('SERIAL_ELSEWHERE', `Serial ${serialNumber} of ${productCode} is at ${place} by the ledger.`);
}
