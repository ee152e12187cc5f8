import type { OdooPlaces } from './odoo-places.js';
import type { PickingDocument } from './picking-document.js';
import { unknownLocation } from './resolve-movement.js';
import { placeKey, type NamedPlace } from './quarantine-place.js';

/** The places of quarantine that are to be found or made for a document; empty when it has its places. */
export function namedPlacesOf({ movement: { namedFrom, namedTo } }: PickingDocument): NamedPlace[] {
  return [namedFrom, namedTo].filter((place) => place !== null);
}

/** The document with its places, by Odoo's ids of those that it names; throws `Reject` when one is neither there nor made. */
export function withPlaces(document: PickingDocument, known: ReadonlyMap<string, number>): PickingDocument {
  const { movement } = document;
  const { fromId, namedFrom, toId, namedTo } = movement;
  const idOf = (id: number | null, named: NamedPlace | null): number | null => {
    if (named === null) return id;
    const made = known.get(placeKey(named));
    if (made === undefined) throw unknownLocation(named.code);
    return made;
  };
  const ids = { fromId: idOf(fromId, namedFrom), toId: idOf(toId, namedTo) };
  return { ...document, movement: { ...movement, ...ids, namedFrom: null, namedTo: null } };
}

/** Finds the places that documents name and makes those that are missing, one each however many name it. */
export async function findOrMakePlaces(
  places: OdooPlaces,
  documents: readonly PickingDocument[],
): Promise<ReadonlyMap<string, number>> {
  const named = documents.flatMap(namedPlacesOf);
  return places.findOrMake([...new Map(named.map((place) => [placeKey(place), place])).values()]);
}
