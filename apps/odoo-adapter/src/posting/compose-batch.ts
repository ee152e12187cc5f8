import type { Posting } from './posting.js';

/** The postings of one Odoo document, in position order; their composition never changes once it is stored. */
export interface Composition {
  /** External id in Odoo, without the module. */
  readonly document: string;
  readonly postings: readonly Posting[];
}

/** The external id of a single movement's document: the event id is in it, so the same event can never make two. */
export function documentOf(eventId: string): string {
  return `stock_moved_${eventId}`;
}

/** The external id of a coalesced document, named after its first event and distinct from that event's own document. */
export function windowDocumentOf(firstEventId: string): string {
  return `stock_moved_window_${firstEventId}`;
}

/** Whether a lane should write now: the batch is full, or the longest-lingering movement is due. */
export function isDue(waiting: readonly Posting[], size: number, now: Date): boolean {
  return waiting.length >= size || waiting.some((posting) => posting.dueAt <= now);
}

/**
 * Puts postings, given in position order, into documents in that order: one each, except that coalesced ones of the same
 * product, lot, locations, direction and window share one. A posting that had a document of its own keeps it.
 */
export function composeBatch(postings: readonly Posting[]): Composition[] {
  const documents = new Map<string, Posting[]>();
  const windows = new Map<string, string>();
  for (const posting of postings) {
    const document = documentFor(posting, windows);
    documents.set(document, [...(documents.get(document) ?? []), posting]);
  }
  return [...documents].map(([document, members]) => ({ document, postings: members }));
}

/** Puts postings whose documents are already fixed back together. */
export function recompose(postings: readonly Posting[]): Composition[] {
  const byDocument = Map.groupBy(postings, (posting) => posting.document ?? documentOf(posting.eventId));
  return [...byDocument].map(([document, members]) => ({ document, postings: members }));
}

function documentFor(posting: Posting, windows: Map<string, string>): string {
  if (posting.document !== null) return posting.document;
  if (posting.policy !== 'coalesced') return documentOf(posting.eventId);
  const group = windowKey(posting);
  const document = windows.get(group) ?? windowDocumentOf(posting.eventId);
  windows.set(group, document);
  return document;
}

function windowKey({ key, movement, windowStart }: Posting): string {
  const { productCode, lotNumber, serialNumber, fromLocation, toLocation } = movement;
  return JSON.stringify([key, productCode, lotNumber, serialNumber, fromLocation, toLocation, windowStart?.getTime()]);
}
