import type { ConsumptionRecorded, Decimal, LocalDate } from '@wardline/event-contracts';
import type { Warning } from '../consumption-record.js';
import type { Lot, Product } from '../master-data.js';
import { hold, refuse, type Finding, type Refusal } from './finding.js';
import { awaitedLot } from './name-record.js';

/** Which lot or piece of a product was meant, in canonical form. */
export interface IdentifiedPiece {
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly warnings: readonly Warning[];
  /** The piece itself, where the product is tracked by serial. */
  readonly serial: Lot | null;
}

/** A blank text is no text: what many sources send for "none". */
export function given(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/**
 * The lot or serial by the product's tracking. `quantity` is in the stock unit, null where it could not be measured.
 * A number that the product is not told apart by is left out with a warning.
 */
export function identifyPiece(
  record: ConsumptionRecorded,
  product: Product,
  lots: readonly Lot[],
  quantity: Decimal | null,
): IdentifiedPiece | Finding {
  const lotNumber = product.tracking === 'LOT' ? given(record.lotNumber) : null;
  const serialNumber = product.tracking === 'SERIAL' ? given(record.serialNumber) : null;
  const missing = missingNumber(product, lotNumber, serialNumber, quantity);
  if (missing !== null) return missing;
  const number = lotNumber ?? serialNumber;
  const known = number === null ? null : knownLot(product, number, lots);
  if (known !== null && 'outcome' in known) return known;
  const expiryDate = known === null ? null : (known.expiryDate ?? record.expiryDate);
  return {
    lotNumber,
    serialNumber,
    expiryDate,
    warnings: [...ignored(record, product), ...expiryWarnings(record, known?.expiryDate ?? null)],
    serial: serialNumber === null ? null : known,
  };
}

function missingNumber(
  product: Product,
  lot: string | null,
  serial: string | null,
  quantity: Decimal | null,
): Refusal | null {
  if (product.tracking === 'LOT' && lot === null) {
    return refuse('LOT_REQUIRED', `${product.code} is tracked by lot and the record names none.`);
  }
  if (product.tracking !== 'SERIAL') return null;
  if (serial === null)
    return refuse('SERIAL_REQUIRED', `${product.code} is tracked by serial number and the record names none.`);
  if (quantity === null || quantity.eq(1)) return null;
  return refuse(
    'SERIAL_QUANTITY',
    `The serial ${serial} of ${product.code} is one piece, the record says ${quantity.toFixed()} ${product.unit}.`,
  );
}

function knownLot(product: Product, number: string, lots: readonly Lot[]): Lot | Finding {
  const lot = lots.find((candidate) => candidate.productCode === product.code && candidate.number === number);
  const awaits = [awaitedLot(product.code, number)];
  const noun = product.tracking === 'SERIAL' ? 'serial' : 'lot';
  if (lot === undefined) {
    const code = product.tracking === 'SERIAL' ? 'UNKNOWN_SERIAL' : 'UNKNOWN_LOT';
    return hold(code, `Odoo has no ${noun} "${number}" of ${product.code}.`, awaits);
  }
  if (lot.active) return lot;
  return hold('ARCHIVED_LOT', `The ${noun} "${number}" of ${product.code} is archived or deleted in Odoo.`, awaits);
}

function ignored(record: ConsumptionRecorded, product: Product): Warning[] {
  const warnings: Warning[] = [];
  if (product.tracking !== 'LOT' && given(record.lotNumber) !== null) warnings.push('LOT_IGNORED');
  if (product.tracking !== 'SERIAL' && given(record.serialNumber) !== null) warnings.push('SERIAL_IGNORED');
  return warnings;
}

/** Odoo's date outranks the source's. Only a use after expiry deserves a look: expired stock is wasted every day. */
function expiryWarnings(record: ConsumptionRecorded, master: LocalDate | null): Warning[] {
  const warnings: Warning[] = [];
  const effective = master ?? record.expiryDate;
  if (record.kind === 'USED' && effective !== null && effective < utcDay(record.occurredAt)) warnings.push('EXPIRED');
  if (master !== null && record.expiryDate !== null && master !== record.expiryDate) warnings.push('EXPIRY_DIFFERS');
  return warnings;
}

function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
