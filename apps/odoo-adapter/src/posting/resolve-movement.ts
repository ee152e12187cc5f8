import { Reject } from '@wardline/event-handling';
import type { Movement } from './posting.js';

/** The virtual location of what was used, one per company, by the name the ledger gives it. */
export const consumption = 'Consumption';

/** A product as Odoo has it, as far as posting needs it. */
export interface ProductFact {
  readonly odooId: number;
  readonly unit: string;
  readonly unitId: number;
  readonly tracking: string;
  readonly category: string;
}

/** A location as Odoo has it; several companies may have a virtual one of the same code. */
export interface LocationFact {
  readonly odooId: number;
  readonly usage: string;
  readonly companyId: number | null;
}

/** What was set up in Odoo for a company. */
export interface CompanyFact {
  readonly companyId: number;
  readonly company: string;
  readonly consumptionLocationId: number;
  readonly operationTypeId: number;
  /** Decimal places that Odoo keeps of a quantity (decimal precision "Product Unit"). */
  readonly quantityDigits: number;
}

/** What is known of Odoo, by the codes that movements use. Lots are keyed `<product code>/<lot number>`. */
export interface OdooFacts {
  readonly products: ReadonlyMap<string, ProductFact>;
  readonly locations: ReadonlyMap<string, readonly LocationFact[]>;
  readonly lots: ReadonlyMap<string, number>;
  readonly companies: ReadonlyMap<number, CompanyFact>;
}

/** A movement in Odoo's ids. */
export interface ResolvedMovement {
  readonly product: ProductFact;
  readonly company: CompanyFact;
  readonly lotId: number | null;
  readonly fromId: number;
  readonly toId: number;
}

/**
 * Brings a movement into Odoo's ids. Throws `Reject` for what Odoo does not have, and for what it would post as something
 * else without a word: another unit, more decimals than it keeps, a serial that is not one piece.
 */
export function resolveMovement(movement: Movement, facts: OdooFacts): ResolvedMovement {
  const product = facts.products.get(movement.productCode);
  if (product === undefined)
    throw unknown('product', movement.productCode, 'Create it in Odoo or correct its internal reference.');
  const company = companyFor(movement, facts);
  checkQuantity(movement, product, company);
  return {
    product,
    company,
    lotId: lotFor(movement, facts),
    fromId: placeFor(movement.fromLocation, company, facts),
    toId: placeFor(movement.toLocation, company, facts),
  };
}

function companyFor({ fromLocation, toLocation }: Movement, facts: OdooFacts): CompanyFact {
  const physical = [fromLocation, toLocation].find((code) => code !== consumption && holdsStock(code, facts));
  if (physical === undefined) {
    const code = fromLocation === consumption ? toLocation : fromLocation;
    throw unknown('location', code, 'Create it in Odoo or correct its barcode.');
  }
  const companyId = facts.locations.get(physical)?.find(isStock)?.companyId ?? null;
  if (companyId === null) {
    throw data('LOCATION_WITHOUT_COMPANY', `Location ${physical} belongs to no company in Odoo; give it one.`, [
      `location:${physical}`,
    ]);
  }
  const company = facts.companies.get(companyId);
  if (company === undefined) {
    const message = `Company ${companyId} of location ${physical} is not set up for Wardline; see "provisioning" under /info.`;
    throw data('COMPANY_NOT_SET_UP', message, [`company:${companyId}`]);
  }
  return company;
}

function checkQuantity(
  { quantity, unit, productCode, serialNumber }: Movement,
  product: ProductFact,
  company: CompanyFact,
): void {
  if (unit !== product.unit) {
    const message = `The movement counts ${productCode} in ${unit}, Odoo in ${product.unit}; correct the ledger or the product's unit.`;
    throw data('UNIT_DIFFERS', message, [`product:${productCode}`]);
  }
  if (quantity.lessThanOrEqualTo(0) || quantity.decimalPlaces() > company.quantityDigits) {
    const message = `Odoo keeps ${company.quantityDigits} decimals and would post ${quantity.toFixed()} ${unit} of ${productCode} as another number. Raise the decimal precision "Product Unit" in Odoo.`;
    throw data('QUANTITY_PRECISION', message, []);
  }
  if (serialNumber !== null && !quantity.equals(1)) {
    throw data(
      'SERIAL_QUANTITY',
      `Serial ${serialNumber} of ${productCode} is one piece, the movement says ${quantity.toFixed()}.`,
      [],
    );
  }
}

function lotFor({ productCode, lotNumber, serialNumber }: Movement, facts: OdooFacts): number | null {
  const name = serialNumber ?? lotNumber;
  if (name === null) return null;
  const code = `${productCode}/${name}`;
  const lot = facts.lots.get(code);
  if (lot === undefined) throw unknown('lot', code, 'Create the lot in Odoo or correct its number.');
  return lot;
}

function placeFor(code: string, company: CompanyFact, facts: OdooFacts): number {
  if (code === consumption) return company.consumptionLocationId;
  const known = facts.locations.get(code) ?? [];
  const place =
    known.find(({ companyId }) => companyId === company.companyId) ??
    known.find(({ companyId }) => companyId === null) ??
    known[0];
  if (place === undefined) throw unknown('location', code, 'Create it in Odoo or correct its barcode.');
  return place.odooId;
}

function holdsStock(code: string, facts: OdooFacts): boolean {
  return (facts.locations.get(code) ?? []).some(isStock);
}

function isStock({ usage }: LocationFact): boolean {
  return usage === 'internal' || usage === 'transit';
}

function unknown(kind: 'product' | 'location' | 'lot', code: string, remedy: string): Reject {
  return data(`UNKNOWN_${kind.toUpperCase()}`, `Odoo has no ${kind} ${code}. ${remedy}`, [`${kind}:${code}`]);
}

function data(code: string, message: string, awaits: readonly string[]): Reject {
  return new Reject(code, message, { class: 'DATA', awaits });
}
