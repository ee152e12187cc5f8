import type { Place } from './epc.js';
import type { BusinessStep } from './vocabulary.js';

/** What a trade item is called in an event that is written: by its GTIN, or by our own code where it has none. */
export interface NamedItem {
  /** 14 digits. */
  readonly gtin: string | null;
  readonly productCode: string;
  readonly lotNumber: string | null;
  /** A piece of its own. */
  readonly serialNumber: string | null;
}

/** Something that is described to others: what, when, where and why (EPCIS 2.0, section 7.4.2). */
export interface WrittenEvent {
  /** A UUID; others know the event by it. */
  readonly eventId: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  /** ADD: it is there from now on; DELETE: it is gone for good; OBSERVE: neither. */
  readonly action: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly bizStep: BusinessStep;
  readonly disposition?: string;
  readonly item: NamedItem;
  /** Decimal text, in `unit`; not of a piece. */
  readonly quantity: string;
  /** Code of UN/ECE Recommendation 20; C62 for pieces; null where the unit has none. */
  readonly unitCode: string | null;
  /** The unit as it is called here. */
  readonly unit: string;
  /** Where it took place, and where the things are from then on: URIs, see {@link placeUri}. */
  readonly readPoint?: string;
  readonly bizLocation?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly documents?: readonly { readonly type?: 'po' | 'desadv'; readonly reference: string }[];
  /** It should not have been sent: when that was said, and why in the vocabulary's words. */
  readonly error?: { readonly declaredAt: Date; readonly reason: 'did_not_occur' | 'incorrect_data' };
}

const contexts = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { wardline: 'urn:wardline:epcis:' },
];

/** Whether a lot, a serial number or an extension of a place can stand in a number of GS1: 20 characters of set 82 at most. */
export function isGs1Text(text: string): boolean {
  return /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/.test(text);
}

/**
 * A GS1 Digital Link in its canonical form (GS1 Digital Link URI Syntax, section 4.12). Without a GTIN, or with a lot or serial
 * number that GS1 has no characters for, a URI of our own.
 */
export function itemUri({ gtin, productCode, lotNumber, serialNumber }: NamedItem): string {
  const parts = [
    { own: 'lot', identifier: '10', text: lotNumber },
    { own: 'serial', identifier: '21', text: serialNumber },
  ].filter((part): part is typeof part & { text: string } => part.text !== null);
  if (gtin === null || !parts.every(({ text }) => isGs1Text(text)))
    return ['urn:wardline:product', productCode, ...parts.flatMap(({ own, text }) => [own, text])]
      .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
      .join(':');
  return [
    `https://id.gs1.org/01/${gtin}`,
    ...parts.map(({ identifier, text }) => `${identifier}/${encodeURIComponent(text)}`),
  ].join('/');
}

/** A Digital Link of a place: its Global Location Number and the part of it that its owner numbered. */
export function placeUri({ gln, extension }: Omit<Place, 'type'>): string {
  return `https://id.gs1.org/414/${gln}${extension === null ? '' : `/254/${encodeURIComponent(extension)}`}`;
}

/** An ObjectEvent of EPCIS 2.0 in JSON. */
export function objectEvent(event: WrittenEvent): Record<string, unknown> {
  const { eventId, occurredAt, recordedAt, action, bizStep, disposition, readPoint, bizLocation, error } = event;
  return {
    ...{ type: 'ObjectEvent', eventID: `urn:uuid:${eventId}`, eventTime: occurredAt.toISOString() },
    ...{ eventTimeZoneOffset: '+00:00', recordTime: recordedAt.toISOString() },
    ...(error && { errorDeclaration: { declarationTime: error.declaredAt.toISOString(), reason: error.reason } }),
    ...{ action, bizStep },
    ...(disposition && { disposition }),
    ...itemsOf(event),
    ...(readPoint && { readPoint: { id: readPoint } }),
    ...(bizLocation && { bizLocation: { id: bizLocation } }),
    ...waysOf(event),
    'wardline:quantity': event.quantity,
    'wardline:unit': event.unit,
  };
}

function itemsOf({ item, quantity, unitCode }: WrittenEvent): Record<string, unknown> {
  const uri = itemUri(item);
  if (item.serialNumber !== null) return { epcList: [uri] };
  const amount = unitCode === null ? {} : { quantity: Number(quantity) };
  return {
    quantityList: [{ epcClass: uri, ...amount, ...(unitCode !== null && unitCode !== 'C62' && { uom: unitCode }) }],
  };
}

function waysOf({ source, destination, documents = [] }: WrittenEvent): Record<string, unknown> {
  return {
    ...(documents.length > 0 && {
      bizTransactionList: documents.map(({ type, reference }) => ({
        ...(type && { type }),
        bizTransaction: `urn:wardline:document:${encodeURIComponent(reference)}`,
      })),
    }),
    ...(source && { sourceList: [{ type: 'location', source }] }),
    ...(destination && { destinationList: [{ type: 'location', destination }] }),
  };
}

/** What a query answers (EPCIS 2.0, section 10; REST bindings, `GET /events`). */
export function queryDocument(events: readonly object[], createdAt: Date): Record<string, unknown> {
  return {
    ...{
      '@context': contexts,
      type: 'EPCISQueryDocument',
      schemaVersion: '2.0',
      creationDate: createdAt.toISOString(),
    },
    epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: events } } },
  };
}
