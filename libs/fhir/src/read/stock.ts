import type { FhirElement } from '../resource/element.js';
import { readAmount } from './amount.js';
import { itemOf } from './items.js';
import { readLocation } from './location.js';
import { latest } from './medication.js';
import { readOccurrence, readTime } from './occurrence.js';
import { readProduct } from './product.js';
import { consumptionKinds, type ProposedItem } from './reading.js';
import type { ResourceReader } from './resource-reader.js';
import type { Meant } from './status.js';

/**
 * A SupplyDelivery: each supplied item (one at most in R4, a list in R5) comes to `destination`. TRANSFERRED leaves the
 * mapping's default location for it: a delivery names its supplier, not the place the goods come from.
 */
export function readDelivery(reader: ResourceReader, meant: Meant): ProposedItem[] {
  const { root, version } = reader;
  const supplied = version === 'R4' ? root.one('suppliedItem') : undefined;
  const items = version === 'R4' ? (supplied === undefined ? [] : [supplied]) : root.all('suppliedItem');
  const missing = missingOf(reader, meant, items.length);
  if (missing !== undefined) return missing;
  const occurrence = readOccurrence(reader, ['occurrence']);
  const place = readLocation(reader, root.one('destination'), undefined);
  const from = reader.source.defaultLocation;
  const places = meant.meaning === 'TRANSFERRED' ? { location: from, toLocation: place } : { location: place };
  const performer = root.all('receiver')[0];
  return items.flatMap((item) => {
    const product = { concept: item.one('itemCodeableConcept'), reference: item.one('itemReference') };
    const named = readProduct(reader, product, item.at('item'), occurrence?.day ?? latest);
    const amount = readAmount(reader, item.one('quantity'), item.at('quantity'));
    return itemOf(reader, { line: item.expression, meant, named, amount, ...places, occurrence, performer });
  });
}

function missingOf(reader: ResourceReader, { meaning }: Meant, items: number): [] | undefined {
  const { root, source } = reader;
  if (items === 0) reader.sender('required', 'suppliedItem', 'SupplyDelivery.suppliedItem is missing: nothing came.');
  else if (meaning === 'TRANSFERRED' && (root.one('destination') === undefined || source.defaultLocation === undefined))
    reader.mapping('required', 'destination', 'A transfer needs a destination, and a default location it leaves.');
  else if (meaning === 'ARRIVED' && root.all('identifier')[0]?.text('value') === undefined)
    reader.sender('required', 'identifier', 'What arrived needs the number under which it was sent (identifier).');
  else return undefined;
  return [];
}

/**
 * An InventoryReport (R5): a `snapshot` says what is there, each item of each listing at its location; a `difference` only
 * means something where the mapping gives its operation type a meaning.
 */
export function readInventory(reader: ResourceReader, meant: Meant): ProposedItem[] {
  const { root } = reader;
  const difference = root.text('countType') === 'difference';
  const consumes = (consumptionKinds as readonly string[]).includes(meant.meaning);
  if (difference === consumes) return root.all('inventoryListing').flatMap((listing) => listed(reader, listing, meant));
  const what = difference
    ? 'It reports a difference, and the mapping does not say what was used, wasted or returned by its operation type.'
    : `A count of what is there cannot be ${meant.meaning}.`;
  return reader.mapping('business-rule', 'countType', what) ?? [];
}

function listed(reader: ResourceReader, listing: FhirElement, meant: Meant): ProposedItem[] {
  const { root } = reader;
  if (!counts(reader, listing)) return [];
  const occurrence = readTime(reader, listing, 'countingDateTime') ?? readTime(reader, root, 'reportedDateTime');
  if (occurrence === undefined)
    return reader.sender('required', 'reportedDateTime', 'InventoryReport.reportedDateTime is missing.') ?? [];
  const location = readLocation(reader, listing.one('location'), undefined);
  const least = meant.meaning === 'COUNTED' ? 'ZERO' : 'POSITIVE';
  const performer = root.one('reporter');
  return listing.all('item').flatMap((item) => {
    const product = item.one('item');
    const elements = { concept: product?.one('concept'), reference: product?.one('reference') };
    const named = readProduct(reader, elements, item.at('item'), occurrence.day);
    const amount = readAmount(reader, item.one('quantity'), item.at('quantity'), least);
    return itemOf(reader, { line: item.expression, meant, named, amount, location, occurrence, performer });
  });
}

/** Whether a listing is of stock that counts as there; one of another status would be taken for a shortage. */
function counts(reader: ResourceReader, listing: FhirElement): boolean {
  const status = listing.one('itemStatus');
  if (status === undefined) return true;
  const codes = status.all('coding').flatMap((coding) => coding.text('code') ?? []);
  if (codes.some((code) => reader.source.countedStatuses.includes(code))) return true;
  reader.mapping(
    'business-rule',
    listing.at('itemStatus'),
    `The listing is of stock of status ${codes.join(', ') || 'without a code'}, and the mapping does not say that it counts as there (countedStatuses).`,
  );
  return false;
}
