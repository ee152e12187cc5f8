import type { ConsumedProduct, ConsumptionLocation } from '@wardline/event-contracts';
import { gtin14, isGln } from '@wardline/barcodes';
import { ndcCode } from '../national-drug-code.js';
import { isFinding, refuse, type Refusal } from './finding.js';

/** A product as the record names it, in the form in which codes are compared. */
export interface ProductName {
  readonly scheme: 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';
  readonly value: string;
  /** Set with SUPPLIER_ITEM only. */
  readonly supplierCode: string | null;
}

/** A location as the record names it. */
export interface LocationName {
  readonly scheme: 'CODE' | 'GLN';
  readonly value: string;
}

/** Reads the product's name: a code that breaks its own scheme's rules is refused here, before anything is looked up. */
export function productName(product: ConsumedProduct): ProductName | Refusal {
  const value = product.value.trim();
  switch (product.scheme) {
    case 'INTERNAL':
      return { scheme: 'INTERNAL', value, supplierCode: null };
    case 'GTIN':
      return (
        compared('GTIN', gtin14(value)) ??
        refuse('GTIN_INVALID', `"${value}" is not a GTIN: its length or check digit is wrong.`)
      );
    case 'NDC':
      return compared('NDC', ndcCode(value)) ?? refuse('NDC_INVALID', `"${value}" is not an NDC.`);
    case 'SUPPLIER_ITEM':
      return supplierItem(value, product.supplierCode?.trim() ?? '');
    case 'UNKNOWN':
      return refuse('PRODUCT_SCHEME_UNKNOWN', `The product "${value}" is named in a scheme that is not known here.`);
  }
}

function compared(scheme: 'GTIN' | 'NDC', value: string | null): ProductName | null {
  return value === null ? null : { scheme, value, supplierCode: null };
}

function supplierItem(value: string, supplierCode: string): ProductName | Refusal {
  if (supplierCode !== '') return { scheme: 'SUPPLIER_ITEM', value, supplierCode };
  return refuse('SUPPLIER_CODE_MISSING', `The supplier item "${value}" comes without the supplier that numbers it so.`);
}

/** Reads the location's name. */
export function locationName(location: ConsumptionLocation): LocationName | Refusal {
  const value = location.value.trim();
  if (location.scheme === 'CODE') return { scheme: 'CODE', value };
  if (location.scheme === 'UNKNOWN') {
    return refuse('LOCATION_SCHEME_UNKNOWN', `The location "${value}" is named in a scheme that is not known here.`);
  }
  return isGln(value)
    ? { scheme: 'GLN', value }
    : refuse('GLN_INVALID', `"${value}" is not a GLN: its length or check digit is wrong.`);
}

/** What a record waits for while this product is unknown; `take-master-data` announces the same name. */
export function awaitedProduct(name: ProductName): string {
  const supplier = name.supplierCode === null ? '' : `${name.supplierCode}/`;
  return `product:${name.scheme}:${supplier}${name.value}`;
}

/** What a record waits for while this location is unknown. */
export function awaitedLocation(name: LocationName): string {
  return `location:${name.scheme}:${name.value}`;
}

/** What a record waits for while this lot or serial is unknown. */
export function awaitedLot(productCode: string, number: string): string {
  return `lot:${productCode}/${number}`;
}

/** What a record waits for while this unit, by code or by Odoo's name, is unknown. */
export function awaitedUnit(name: string): string {
  return `unit:${name}`;
}

/** The name where it could be read; null where it is refused, for whoever only wants to look something up. */
export function readable<T extends object>(name: T | Refusal): T | null {
  return isFinding(name) ? null : name;
}
