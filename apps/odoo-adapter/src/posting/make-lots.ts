import { lotKey, type LotOfProduct, type OdooLots } from './odoo-lots.js';
import type { PickingDocument } from './picking-document.js';
import { refuseOtherExpiry, unknownLot, type LotFact } from './resolve-movement.js';

/** The lot that is to be found or made for a document; null when it has one or needs none. */
export function namedLotOf({ movement: { product, namedLot } }: PickingDocument): LotOfProduct | null {
  return namedLot === null ? null : { ...namedLot, productId: product.odooId };
}

/** The document with its lot; throws `Reject` when there is none, or when the one that comes in expires on another day. */
export function withLot(document: PickingDocument, known: ReadonlyMap<string, LotFact>): PickingDocument {
  const wanted = namedLotOf(document);
  if (wanted === null) return document;
  const lot = known.get(lotKey(wanted));
  if (lot === undefined) throw unknownLot(wanted);
  refuseOtherExpiry(wanted, lot);
  return { ...document, movement: { ...document.movement, lotId: lot.odooId, namedLot: null } };
}

/** Finds the lots that documents name, and makes those that come in and are missing, one each however many name it. */
export async function findOrMakeLots(
  lots: OdooLots,
  documents: readonly PickingDocument[],
): Promise<Map<string, LotFact>> {
  const wanted = documents.flatMap((document) => namedLotOf(document) ?? []);
  const known = await lots.find(wanted);
  const arriving = wanted.filter((lot) => lot.isArriving && !known.has(lotKey(lot)));
  const missing = [...new Map(arriving.map((lot) => [lotKey(lot), lot])).values()];
  const ids = await lots.create(missing);
  missing.forEach((lot, at) => known.set(lotKey(lot), { odooId: ids[at]!, expiryDate: lot.expiryDate }));
  return known;
}
