import type { EventItem, EventProblem, EventReading, Place } from '@wardline/epcis';

/** How a place is named in records. */
export interface NamedPlace {
  readonly scheme: 'CODE' | 'GLN';
  readonly value: string;
}

/** A record that an event leads to, in words that JSON can keep. */
export interface EpcisRecord {
  readonly topic: 'consumption' | 'handling';
  /** A consumption kind or a stock operation. */
  readonly what: string;
  readonly occurredAt: string;
  readonly location: NamedPlace;
  readonly toLocation: NamedPlace | null;
  readonly item: EventItem;
  readonly transferReference: string | null;
  readonly documentReference: string | null;
  readonly reason: string | null;
  /** Of goods that were received; records kept before these were known have none. */
  readonly condition?: EventReading['condition'];
  readonly temperatureLog?: string | null;
}

/** A problem that comes of what we know, beside those of the event itself. */
export type CaptureProblem = Omit<EventProblem, 'code'> & { readonly code: string };

/** The location code of a place of the house; undefined for any other place. */
export type CodeOf = (place: Place) => string | undefined;

/** The records of an event, or that it leads to none, or what keeps it from being taken. */
export type Placed =
  | { readonly records: readonly EpcisRecord[] }
  | { readonly passedOver: string }
  | { readonly problems: readonly CaptureProblem[] };

/** Decides what an event leads to, knowing the places of the house. Pure. */
export function placeEvent(event: EventReading, codeOf: CodeOf): Placed {
  const { meaning } = event;
  if (event.problems.length > 0) return { problems: event.problems };
  switch (meaning.effect) {
    case 'none':
    case 'unknown':
      return { passedOver: meaning.because };
    case 'consumption':
      return consumed(event, meaning.kind);
    case 'handling':
      return handled(event, meaning.operation, { at: event.bizLocation ?? event.readPoint, to: null }, codeOf);
    case 'arrival':
      return arrived(event, codeOf);
    case 'departure':
      return departed(event, meaning.isReturn, codeOf);
    case 'move': {
      const at = event.source ?? event.readPoint;
      const to = event.destination ?? event.bizLocation;
      if (at !== null && to !== null && !isSame(at, to)) return handled(event, meaning.operation, { at, to }, codeOf);
      return placeMissing(
        'The event does not say where from and where to.',
        'Give readPoint (from) and bizLocation (to).',
      );
    }
  }
}

/** Consumption has happened: a place that is not known yet holds it back later, and does not refuse it. */
function consumed(event: EventReading, kind: 'USED' | 'WASTED' | 'RETURNED'): Placed {
  const { readPoint, bizLocation } = event;
  const place = kind === 'RETURNED' ? (bizLocation ?? readPoint) : (readPoint ?? bizLocation);
  if (place === null) return placeMissing('The event names no place.', 'Give readPoint as the GLN of the ward.');
  return recordsOf(event, { topic: 'consumption', what: kind, location: nameOf(place) });
}

function arrived(event: EventReading, codeOf: CodeOf): Placed {
  const at = event.bizLocation ?? event.readPoint ?? event.destination;
  const isOurs = event.source !== null && codeOf(event.source) !== undefined;
  return handled(event, isOurs ? 'ARRIVED' : 'RECEIVED', { at, to: null }, codeOf);
}

function departed(event: EventReading, isReturn: boolean, codeOf: CodeOf): Placed {
  const { source, readPoint, bizLocation, destination: to } = event;
  const at = source ?? readPoint ?? bizLocation;
  if (at !== null && codeOf(at) === undefined)
    return { passedOver: `it left ${at.gln}, which is no place of the house: its arrival counts` };
  if (to !== null && codeOf(to) !== undefined) return handled(event, 'SHIPPED', { at, to }, codeOf);
  if (isReturn) return handled(event, 'RETURNED_TO_SUPPLIER', { at, to: null }, codeOf);
  return placeMissing(
    `Goods leave for ${to === null ? 'a place that is not named' : `${to.gln}, which is no place of the house`}.`,
    'Name the place in destinationList (type location); send disposition returned for what goes back to its supplier; or add the GLN to the crosswalk.',
  );
}

function handled(
  event: EventReading,
  operation: string,
  { at, to }: { readonly at: Place | null; readonly to: Place | null },
  codeOf: CodeOf,
): Placed {
  if (at === null) return placeMissing('The event names no place.', 'Give bizLocation or readPoint as a GLN.');
  const unknown = [at, to].filter((place) => place !== null && codeOf(place) === undefined);
  if (unknown.length > 0) return notOurs(unknown.map((place) => nameOf(place!).value));
  const [location, toLocation] = [at, to].map((place) => place && { scheme: 'CODE' as const, value: codeOf(place)! });
  const isTransfer = operation === 'SHIPPED' || operation === 'ARRIVED';
  const reference = documentOf(event, isTransfer ? ['desadv'] : ['po', 'desadv']);
  if (isTransfer && reference === null) return referenceMissing;
  const references = {
    transferReference: isTransfer ? reference : null,
    documentReference: isTransfer ? null : reference,
  };
  const places = { location: location!, toLocation: toLocation! };
  const received = operation === 'RECEIVED' ? conditionOf(event) : {};
  return recordsOf(event, { topic: 'handling', what: operation, ...places, ...references, ...received });
}

/** A reference that is too long to be kept is no reference. */
function conditionOf({ condition, temperatureLog }: EventReading): Pick<EpcisRecord, 'condition' | 'temperatureLog'> {
  return { condition, temperatureLog: (temperatureLog?.length ?? 0) > 250 ? null : temperatureLog };
}

const referenceMissing = problem(
  'REFERENCE_MISSING',
  'Nothing ties what was shipped to what arrived.',
  'Give the ship notice in bizTransactionList (type desadv) of both events.',
);

function notOurs(names: readonly string[]): Placed {
  return placeMissing(
    `No location of the house is ${names.join(' or ')}.`,
    'Whoever keeps the master data adds the GLN to the crosswalk, or gives the location this barcode; then capture the event again.',
  );
}

function recordsOf(
  event: EventReading,
  given: Pick<EpcisRecord, 'topic' | 'what' | 'location'> & Partial<EpcisRecord>,
): Placed {
  const wrong = event.items.find(
    ({ quantity }) =>
      !/^\d{1,12}(?:\.\d{1,6})?$/.test(quantity) || (Number(quantity) === 0 && given.what !== 'COUNTED'),
  );
  if (wrong !== undefined)
    return problem(
      'QUANTITY_INVALID',
      `The quantity of ${wrong.gtin} is ${wrong.quantity}.`,
      'Give a quantity above zero with at most 6 decimals; only a count may find none.',
    );
  const { occurredAt, reason } = event;
  const none = { toLocation: null, transferReference: null, documentReference: null };
  return {
    records: event.items.map((item) => ({ ...none, ...given, occurredAt: occurredAt.toISOString(), reason, item })),
  };
}

function documentOf({ documents }: EventReading, types: readonly string[]): string | null {
  const found = types.flatMap((type) => documents.filter((document) => document.type === type));
  return (found[0] ?? documents[0])?.reference.slice(0, 250) ?? null;
}

/** A part of a place is known by the barcode `<GLN>-<extension>` of its location. */
export function nameOf({ gln, extension }: Place): NamedPlace {
  return extension === null ? { scheme: 'GLN', value: gln } : { scheme: 'CODE', value: `${gln}-${extension}` };
}

const isSame = (one: Place, other: Place): boolean => nameOf(one).value === nameOf(other).value;

function problem(code: string, message: string, remedy: string): Placed {
  return { problems: [{ code, message, remedy }] };
}

function placeMissing(message: string, remedy: string): Placed {
  return problem('PLACE_UNKNOWN', message, remedy);
}
