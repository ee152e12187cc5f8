import type { Lot } from '../master-data.js';
import { refuse, type Refusal } from './finding.js';

/** Whether the piece is where the record needs it: in the location to be taken, nowhere in stock to come back. */
export function misplaced(serial: Lot, locationCode: string, effect: 'TAKES' | 'BRINGS'): Refusal | null {
  const place = serial.locationCode;
  const piece = `The serial ${serial.number} of ${serial.productCode}`;
  if (effect === 'BRINGS') {
    return place === null
      ? null
      : refuse('SERIAL_IN_STOCK', `${piece} is in stock at ${place}: it cannot come back to ${locationCode}.`);
  }
  if (place === locationCode) return null;
  return refuse(
    'SERIAL_NOT_THERE',
    `${piece} is ${place === null ? 'nowhere in stock' : `at ${place}`}, not at ${locationCode}.`,
  );
}
