import type { ConsumedProduct, ConsumptionLocation } from '@wardline/event-contracts';
import type { Location, Product } from '../master-data.js';
import type { LocationMatch, ProductMatch } from './facts.js';
import { hold, isFinding, type Finding, type Hold } from './finding.js';
import {
  awaitedLocation,
  awaitedProduct,
  locationName,
  productName,
  type LocationName,
  type ProductName,
} from './name-record.js';

/** The one product that the record means, or why there is none yet. */
export function placeProduct(product: ConsumedProduct, match: ProductMatch): Product | Finding {
  const name = productName(product);
  if (isFinding(name)) return name;
  const active = match.candidates.filter((candidate) => candidate.active);
  const [only, another] = active;
  if (only !== undefined && another === undefined) return knownTracking(only, name);
  const codes = (products: readonly Product[]): string => products.map(({ code }) => code).join(', ');
  if (only !== undefined) {
    return hold('AMBIGUOUS_PRODUCT', `${words(name)} belongs to several products: ${codes(active)}.`, [
      awaitedProduct(name),
    ]);
  }
  if (match.candidates.length > 0) {
    return hold('ARCHIVED_PRODUCT', `${words(name)} belongs to ${codes(match.candidates)}, archived in Odoo.`, [
      awaitedProduct(name),
    ]);
  }
  return unknownProduct(name, match.crosswalkTarget);
}

function knownTracking(product: Product, name: ProductName): Product | Hold {
  if (product.tracking !== 'UNKNOWN') return product;
  return hold('PRODUCT_TRACKING_UNKNOWN', `How ${product.code} is tracked in Odoo is not known here.`, [
    awaitedProduct(name),
  ]);
}

function unknownProduct(name: ProductName, crosswalkTarget: string | null): Hold {
  if (crosswalkTarget === null) {
    const where = name.scheme === 'NDC' ? 'The crosswalk has no entry for' : 'No product in Odoo carries';
    return hold('UNKNOWN_PRODUCT', `${where} ${words(name)}.`, [awaitedProduct(name)]);
  }
  const target = awaitedProduct({ scheme: 'INTERNAL', value: crosswalkTarget, supplierCode: null });
  return hold(
    'UNKNOWN_PRODUCT',
    `The crosswalk leads ${words(name)} to "${crosswalkTarget}", which is no product in Odoo.`,
    [awaitedProduct(name), target],
  );
}

function words(name: ProductName): string {
  if (name.scheme === 'INTERNAL') return `the internal reference "${name.value}"`;
  if (name.scheme === 'SUPPLIER_ITEM') return `the item number "${name.value}" of supplier "${name.supplierCode}"`;
  return `the ${name.scheme} ${name.value}`;
}

/** The one internal location that the record means, or why there is none yet. */
export function placeLocation(location: ConsumptionLocation, match: LocationMatch): Location | Finding {
  const name = locationName(location);
  if (isFinding(name)) return name;
  const wanted = match.crosswalkTarget ?? name.value;
  const byCode = match.candidates.filter(({ code }) => code === wanted);
  const candidates = byCode.some(({ active }) => active) ? byCode : match.candidates;
  const [only, another] = candidates.filter(({ active }) => active);
  const say = (code: Hold['code'], message: string): Hold =>
    hold(code, message, awaitedLocations(name, match.crosswalkTarget));
  if (only === undefined) {
    return candidates.length > 0
      ? say('ARCHIVED_LOCATION', `The location "${wanted}" is archived in Odoo.`)
      : say('UNKNOWN_LOCATION', unknownLocation(name, match.crosswalkTarget));
  }
  if (another !== undefined) return say('AMBIGUOUS_LOCATION', `Several locations in Odoo are named "${wanted}".`);
  if (only.usage === 'internal') return only;
  return say(
    'LOCATION_NOT_INTERNAL',
    `The location "${wanted}" holds no stock of the hospital: its usage in Odoo is ${only.usage}.`,
  );
}

function unknownLocation(name: LocationName, crosswalkTarget: string | null): string {
  if (crosswalkTarget !== null) {
    return `The crosswalk leads the ${name.scheme} ${name.value} to "${crosswalkTarget}", which is no location in Odoo.`;
  }
  if (name.scheme === 'GLN') return `The crosswalk has no entry for the GLN ${name.value}.`;
  return `No location in Odoo has "${name.value}" as barcode or complete name.`;
}

function awaitedLocations(name: LocationName, crosswalkTarget: string | null): readonly string[] {
  if (crosswalkTarget === null) return [awaitedLocation(name)];
  return [awaitedLocation(name), awaitedLocation({ scheme: 'CODE', value: crosswalkTarget })];
}
