import type { FhirElement } from '../resource/element.js';
import { lastDayOf, parseDateTime } from '../resource/date-time.js';
import type { ProposedProduct } from './reading.js';
import { named, type ResourceReader } from './resource-reader.js';
import { readUdi } from './udi.js';

/** What a part of a resource says of the product: candidates, the best first, and its lot, serial and expiry. */
export interface Origin {
  readonly candidates: readonly ProposedProduct[];
  /** A code that is right in itself and that the mapping gives no meaning. */
  readonly unmapped?: string;
  readonly lotNumber?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly expiryDate?: string | undefined;
}

/** A product as it was named, with what tells its pieces apart. */
export interface NamedProduct {
  readonly product: ProposedProduct;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
}

/**
 * The product that a CodeableConcept names, or a Reference to a Medication, Device or InventoryItem that is contained, in
 * the same bundle, known to the mapping, or told by its identifier. `day` decides the century of two-digit years.
 */
export function readProduct(
  reader: ResourceReader,
  { concept, reference }: { readonly concept?: FhirElement | undefined; readonly reference?: FhirElement | undefined },
  expression: string,
  day: string,
): NamedProduct | undefined {
  if (concept === undefined && reference === undefined)
    return reader.sender('required', expression, `${expression} is missing: it does not say which product it was.`);
  const errors = reader.issues.filter(({ severity }) => severity === 'error').length;
  const target = reference === undefined ? undefined : reader.resolve(reference);
  const origins = [
    ...(target === undefined ? [] : originsOfResource(reader, target, day)),
    ...(reference === undefined ? [] : [originOfReference(reader, reference)]),
    ...(concept === undefined ? [] : [codings(reader, [concept], [])]),
  ];
  if (reader.issues.filter(({ severity }) => severity === 'error').length > errors) return undefined;
  const [product] = origins.flatMap(({ candidates }) => candidates);
  if (product === undefined) return unnamed(reader, { target, reference, origins }, expression);
  const lotNumber = agreed(reader, origins, 'lotNumber', expression);
  const serialNumber = agreed(reader, origins, 'serialNumber', expression);
  const expiryDate = agreed(reader, origins, 'expiryDate', expression);
  return lotNumber === undefined || serialNumber === undefined || expiryDate === undefined
    ? undefined
    : { product, lotNumber, serialNumber, expiryDate };
}

function originsOfResource(reader: ResourceReader, target: FhirElement, day: string): Origin[] {
  switch (target.value['resourceType']) {
    case 'Medication': {
      const code = target.one('code');
      const batch = target.one('batch');
      const expiryDate = expiryOf(reader, batch, 'expirationDate');
      const named = codings(reader, code === undefined ? [] : [code], target.all('identifier'));
      return [{ ...named, lotNumber: batch?.text('lotNumber'), expiryDate }];
    }
    case 'InventoryItem': {
      const instance = target.one('instance');
      const identifiers = [...target.all('identifier'), ...(instance?.all('identifier') ?? [])];
      const expiryDate = expiryOf(reader, instance, 'expiry');
      return [
        { ...codings(reader, target.all('code'), identifiers), lotNumber: instance?.text('lotNumber'), expiryDate },
      ];
    }
    case 'Device':
      return originsOfDevice(reader, target, day);
    default:
      return [];
  }
}

function originsOfDevice(reader: ResourceReader, device: FhirElement, day: string): Origin[] {
  const udi = readUdi(reader, device, day);
  // `type` is a CodeableConcept in R4 and a list of them in R5.
  const type = reader.version === 'R4' ? device.one('type') : undefined;
  const types = reader.version === 'R4' ? (type === undefined ? [] : [type]) : device.all('type');
  const own = {
    ...codings(reader, types, device.all('identifier')),
    lotNumber: device.text('lotNumber'),
    serialNumber: device.text('serialNumber'),
    expiryDate: expiryOf(reader, device, 'expirationDate'),
  };
  return udi === undefined ? [own] : [udi, own];
}

function originOfReference({ source }: ResourceReader, reference: FhirElement): Origin {
  const known = source.productReferences[reference.text('reference') ?? ''];
  const identifier = reference.one('identifier');
  const told = identifier === undefined ? [] : matching(source.products, [identifier], 'value');
  const { supplier = null, ...mapped } = known ?? {};
  return {
    candidates: known === undefined ? told : [{ ...(mapped as ProposedProduct), supplierCode: supplier }, ...told],
  };
}

function codings(
  reader: ResourceReader,
  concepts: readonly FhirElement[],
  identifiers: readonly FhirElement[],
): Origin {
  const { products } = reader.source;
  const coded = concepts.flatMap((concept) => concept.all('coding'));
  return { candidates: [...matching(products, coded, 'code'), ...matching(products, identifiers, 'value')] };
}

type Systems = ResourceReader['source']['products'];

// In the order of the mapping, not of the resource: the code that the hospital trusts most comes first.
function matching(systems: Systems, elements: readonly FhirElement[], name: 'code' | 'value'): ProposedProduct[] {
  return systems.flatMap(({ system, scheme, supplier }) =>
    elements.flatMap((element) => {
      const value = element.text('system') === system ? element.text(name) : undefined;
      return value === undefined ? [] : [{ scheme, value, supplierCode: supplier ?? null }];
    }),
  );
}

function expiryOf(reader: ResourceReader, element: FhirElement | undefined, name: string): string | undefined {
  const text = element?.text(name);
  if (element === undefined || text === undefined) return undefined;
  const time = parseDateTime(text);
  if (time === undefined) return reader.sender('value', element.at(name), `${element.at(name)} "${text}" is no date.`);
  const day = lastDayOf(time);
  if (day === undefined)
    reader.note('warning', element.at(name), `${element.at(name)} "${text}" names only a year and is left out.`);
  return day;
}

/** The one value that all who give it agree on; null when nobody does, undefined when they differ. */
function agreed(
  reader: ResourceReader,
  origins: readonly Origin[],
  field: 'lotNumber' | 'serialNumber' | 'expiryDate',
  expression: string,
): string | null | undefined {
  const values = [...new Set(origins.flatMap((origin) => origin[field] ?? []))];
  if (values.length < 2) return values[0] ?? null;
  const words = { lotNumber: 'lot', serialNumber: 'serial number', expiryDate: 'expiry date' }[field];
  return reader.sender('conflict', expression, `${expression} gives the ${words} as ${values.join(' and as ')}.`);
}

interface Nameless {
  readonly target: FhirElement | undefined;
  readonly reference: FhirElement | undefined;
  readonly origins: readonly Origin[];
}

function unnamed(reader: ResourceReader, { target, reference, origins }: Nameless, expression: string): undefined {
  if (reference !== undefined && target === undefined)
    return reader.sender(
      'not-found',
      expression,
      `${expression} refers to ${named(reference)}, which does not come with it and is not in the mapping: contain it, or put it into the same bundle.`,
    );
  const unmapped = origins.find((origin) => origin.unmapped !== undefined)?.unmapped;
  const systems = reader.source.products.map(({ system }) => system).join(', ');
  return reader.mapping(
    'not-found',
    expression,
    unmapped === undefined
      ? `${expression} has no code of a system that the mapping takes for products (${systems}).`
      : `${expression} is ${unmapped}, and the mapping does not say whose item number that is (hibcLabelers).`,
  );
}
