import { identify, type Place, type TradeItem } from './epc.js';
import { epcisEvent, problemsOf, type EpcisEvent } from './event.js';
import { digestOfEvent, digestOfStatement } from './event-identity.js';
import { meaningOfStep, wordOf, type StepMeaning } from './vocabulary.js';

/** Something that keeps an event from being taken, for whoever sent it. */
export interface EventProblem {
  readonly code:
    | 'EVENT_INVALID'
    | 'EVENT_NOT_TAKEN'
    | 'STEP_UNKNOWN'
    | 'IDENTIFIER_INVALID'
    | 'QUANTITY_MISSING'
    | 'ITEMS_MISSING'
    | 'PLACE_MISSING';
  readonly message: string;
  readonly remedy: string;
}

/** How much of which trade item. */
export interface EventItem extends Omit<TradeItem, 'type'> {
  /** Decimal number; 1 for a piece. */
  readonly quantity: string;
  /** Code of UN/ECE Recommendation 20; C62 (one) where the event counts instances. */
  readonly unit: string;
}

/** What an event says. */
export interface EventReading {
  /** Its eventID; for an event without one, a digest of what it says. */
  readonly id: string;
  readonly hasId: boolean;
  /** Digest of what it says, by which another event under the same id is told. */
  readonly statement: string;
  readonly occurredAt: Date;
  readonly meaning: StepMeaning;
  /** It says that the event of this id should not have been sent. */
  readonly isError: boolean;
  readonly reason: string | null;
  /** By its disposition: what the things are fit for; null where it says nothing of that. */
  readonly condition: 'CONFORMANT' | 'DAMAGED' | null;
  /** Where the record of a temperature is found: `sensorMetadata.rawData` of a sensor that reports one. */
  readonly temperatureLog: string | null;
  readonly items: readonly EventItem[];
  /** Where it took place, and where the things are afterwards. */
  readonly readPoint: Place | null;
  readonly bizLocation: Place | null;
  /** Places that goods came from and go to. */
  readonly source: Place | null;
  readonly destination: Place | null;
  /** Purchase order, ship notice and the like: type in the vocabulary's words (empty without one) and number. */
  readonly documents: readonly { readonly type: string; readonly reference: string }[];
  readonly problems: readonly EventProblem[];
}

/** The problems of an event that cannot be read at all, or what it says. Never throws. */
export type EventResult =
  | { readonly ok: true; readonly event: EventReading }
  | { readonly ok: false; readonly id: string | null; readonly problems: readonly EventProblem[] };

/** Reads one event of a document. Never throws. */
export function readEvent(given: unknown): EventResult {
  const read = epcisEvent.safeParse(given);
  if (!read.success) {
    const id = typeof given === 'object' && given !== null && 'eventID' in given ? given.eventID : null;
    const remedy = 'Correct the event so that it fits the EPCIS 2.0 JSON schema, and capture it again.';
    const problems = problemsOf(read.error).map((message) => ({ code: 'EVENT_INVALID' as const, message, remedy }));
    return { ok: false, id: typeof id === 'string' ? id.slice(0, 500) : null, problems };
  }
  const event = read.data;
  const day = event.eventTime.slice(0, 10);
  const meaning = meaningOfStep(event.bizStep ?? null, event.disposition ?? null);
  const isStock = meaning.effect !== 'none' || event.type === 'TransformationEvent';
  const { items, problems } = isStock ? itemsOf(event, day) : { items: [], problems: [] };
  const places = placesOf(event, day);
  const found = isStock ? [...problems, ...places.problems, ...refusals(event, meaning)] : [];
  const { readPoint, bizLocation, source, destination } = places;
  return {
    ok: true,
    event: {
      ...identityOf(event, given as object),
      ...{ occurredAt: new Date(event.eventTime), meaning, items, readPoint, bizLocation, source, destination },
      isError: event.errorDeclaration !== undefined,
      reason: reasonOf(event),
      ...{ condition: conditionOf(event), temperatureLog: temperatureLogOf(event) },
      documents: documentsOf(event),
      problems: found,
    },
  };
}

function identityOf(event: EpcisEvent, given: object): Pick<EventReading, 'id' | 'hasId' | 'statement'> {
  const id = event.eventID ?? `digest:${digestOfEvent(given)}`;
  return { id, hasId: event.eventID !== undefined, statement: digestOfStatement(given) };
}

function reasonOf({ errorDeclaration, bizStep, disposition }: EpcisEvent): string | null {
  const words =
    errorDeclaration === undefined ? [bizStep, disposition] : [errorDeclaration.reason ?? 'declared an error'];
  const said = words.filter((word) => word !== undefined).map(wordOf);
  return said.length === 0 ? null : said.join(', ');
}

function conditionOf({ disposition = '' }: EpcisEvent): EventReading['condition'] {
  const word = wordOf(disposition);
  if (word === 'damaged') return 'DAMAGED';
  return word === 'conformant' ? 'CONFORMANT' : null;
}

/** The type of a report is `Temperature` of the GS1 Web Vocabulary, bare, as `gs1:` or as its URI. */
function temperatureLogOf({ sensorElementList = [] }: EpcisEvent): string | null {
  const isTemperature = ({ type = '' }: { type?: string | undefined }): boolean => /(?:^|[:/-])Temperature$/.test(type);
  const logs = sensorElementList.filter(({ sensorReport = [] }) => sensorReport.some(isTemperature));
  return logs.map(({ sensorMetadata }) => sensorMetadata?.rawData).find((log) => log !== undefined) ?? null;
}

function documentsOf({ bizTransactionList = [] }: EpcisEvent): EventReading['documents'] {
  return bizTransactionList.map(({ type = '', bizTransaction }) => ({
    type: wordOf(type),
    reference: bizTransaction.replace(/^urn:epcglobal:cbv:bt:\d{13}:/, ''),
  }));
}

function itemsOf(event: EpcisEvent, day: string): { readonly items: EventItem[]; readonly problems: EventProblem[] } {
  const isGroup = event.type === 'AggregationEvent' || event.type === 'AssociationEvent';
  const epcs = (isGroup ? event.childEPCs : event.epcList) ?? [];
  const quantities = (isGroup ? event.childQuantityList : event.quantityList) ?? [];
  const pieces = epcs.map((epc) => itemOf(epc, { day, quantity: 1, unit: 'C62', isPiece: true }));
  const amounts = quantities.map(({ epcClass, quantity, uom }) =>
    itemOf(epcClass, { day, quantity: quantity ?? null, unit: uom ?? 'C62', isPiece: false }),
  );
  const all = [...pieces, ...amounts];
  const items = all.filter((one): one is EventItem => !('code' in one));
  const problems = all.filter((one): one is EventProblem => 'code' in one);
  return { items, problems };
}

interface Amount {
  readonly day: string;
  readonly quantity: number | null;
  readonly unit: string;
  readonly isPiece: boolean;
}

function itemOf(uri: string, { day, quantity, unit, isPiece }: Amount): EventItem | EventProblem {
  const found = identify(uri, day);
  if (found.type === 'wrong') return wrongIdentifier(found.message);
  if (found.type === 'logistic-unit')
    return {
      code: 'IDENTIFIER_INVALID',
      message: `${uri} names a logistic unit, and the event does not say what is in it.`,
      remedy: 'Name the trade items themselves, in epcList or quantityList, or as children in an AggregationEvent.',
    };
  if (found.type !== 'item') return wrongIdentifier(`${uri} names no trade item`);
  if (isPiece && found.serialNumber === null)
    return wrongIdentifier(`${uri} stands among instances and has no serial number`);
  if (quantity === null || !(quantity >= 0) || quantity >= 1e12)
    return {
      code: 'QUANTITY_MISSING',
      message: `The quantity of ${uri} is ${quantity ?? 'not given'}.`,
      remedy: 'Give a quantity of zero or more, below 1,000,000,000,000.',
    };
  const { type: _type, ...item } = found;
  return { ...item, quantity: decimal(quantity), unit };
}

/** Without an exponent, and as exact as JSON numbers are: at most six digits behind the point are kept by what follows. */
function decimal(quantity: number): string {
  const text = String(quantity);
  return text.includes('e') ? quantity.toFixed(12).replace(/\.?0+$/, '') : text;
}

function wrongIdentifier(message: string): EventProblem {
  return {
    code: 'IDENTIFIER_INVALID',
    message: `${message}.`,
    remedy: 'Write it as an EPC URI (GS1 EPC Tag Data Standard) or as a GS1 Digital Link, and capture the event again.',
  };
}

function placesOf(
  event: EpcisEvent,
  day: string,
): Pick<EventReading, 'readPoint' | 'bizLocation' | 'source' | 'destination' | 'problems'> {
  const problems: EventProblem[] = [];
  const place = (uri: string | undefined): Place | null => {
    const found = uri === undefined ? null : identify(uri, day);
    if (found?.type === 'wrong') problems.push(wrongIdentifier(found.message));
    return found?.type === 'place' ? found : null;
  };
  return {
    readPoint: place(event.readPoint?.id),
    bizLocation: place(event.bizLocation?.id),
    source: place(event.sourceList?.find(({ type }) => wordOf(type) === 'location')?.source),
    destination: place(event.destinationList?.find(({ type }) => wordOf(type) === 'location')?.destination),
    problems,
  };
}

function refusals(event: EpcisEvent, meaning: StepMeaning): EventProblem[] {
  if (event.type === 'TransformationEvent')
    return [
      {
        code: 'EVENT_NOT_TAKEN',
        message: 'Transformations (what was made of what) are not taken in.',
        remedy: 'Record the use of each input as an ObjectEvent with bizStep dispensing or destroying.',
      },
    ];
  if (meaning.effect === 'unknown')
    return [
      {
        code: 'STEP_UNKNOWN',
        message: `What the event means for stock is not known: ${meaning.because}.`,
        remedy: 'Send a bizStep of CBV 2.0 that says what was done, such as receiving or dispensing.',
      },
    ];
  const lists = [event.epcList, event.quantityList, event.childEPCs, event.childQuantityList];
  if (lists.some((list) => list !== undefined && list.length > 0)) return [];
  return [
    { code: 'ITEMS_MISSING', message: 'The event names no items.', remedy: 'Name them in epcList or quantityList.' },
  ];
}
