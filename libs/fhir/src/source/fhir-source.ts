import { z } from 'zod';
import { consumptionKinds, operationKinds } from '../read/reading.js';
import { isTimeZone } from '../resource/date-time.js';

const code = z.string().min(1);
const place = z.strictObject({ scheme: z.enum(['CODE', 'GLN']).default('CODE'), value: code });
const product = z
  .strictObject({
    scheme: z.enum(['INTERNAL', 'GTIN', 'NDC', 'SUPPLIER_ITEM']),
    value: code,
    supplier: code.optional(),
  })
  .refine(({ scheme, supplier }) => (scheme === 'SUPPLIER_ITEM') === (supplier !== undefined), {
    error: 'SUPPLIER_ITEM needs "supplier", the supplier\'s reference in Odoo; no other scheme has one',
  });

const productSystem = z
  .strictObject({
    /** `system` of a Coding or Identifier. */
    system: z.string().min(1),
    scheme: z.enum(['INTERNAL', 'GTIN', 'NDC', 'SUPPLIER_ITEM']),
    supplier: code.optional(),
  })
  .refine(({ scheme, supplier }) => (scheme === 'SUPPLIER_ITEM') === (supplier !== undefined), {
    error: 'SUPPLIER_ITEM needs "supplier", the supplier\'s reference in Odoo; no other scheme has one',
  });

const answers = ['NOTHING', 'ASK'] as const;
const consumption = z.enum([...consumptionKinds, ...answers]);
const operation = z.enum([...consumptionKinds, ...operationKinds, ...answers]);

/** What resources of a type mean: when they are done, by a code in them, and in a status that says neither yes nor no. */
const rule = <Meaning extends z.ZodType>(meaning: Meaning) =>
  z.strictObject({
    /** What a completed one means; NOTHING: no stock was moved; ASK: a person must decide. */
    means: meaning,
    /** A code in category, type, status reason, usage reason, operation type or device action that means otherwise. */
    codes: z.array(z.strictObject({ system: code.optional(), code, means: meaning })).default([]),
    /** What another status means, e.g. `{"stopped": "USED"}`. `entered-in-error` always takes back. */
    statuses: z.record(z.string(), meaning).default({}),
  });

const resources = z.strictObject({
  MedicationAdministration: rule(consumption).optional(),
  MedicationDispense: rule(consumption).optional(),
  DeviceUse: rule(consumption).optional(),
  Procedure: rule(consumption).optional(),
  SupplyDelivery: rule(operation).optional(),
  InventoryReport: rule(operation).optional(),
});

/** What the resources of one source mean: a JSON file each. */
export const fhirSource = z.strictObject({
  /** Its name in the path of the endpoint and as the `source` of records. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'write it in small letters, digits and hyphens, like north-ehr'),
  title: z.string().min(1),
  /** Where a date without a time of day is meant. */
  timeZone: z.string().refine(isTimeZone, 'this is no time zone; write one like Europe/Berlin'),
  /** The least exact time that is taken; a year or a month never is. */
  timePrecision: z.enum(['day', 'second']).default('day'),
  /** Code systems of products, the first that a resource has counts. */
  products: z.array(productSystem).min(1),
  /** What a reference like `Medication/17` or `Device/4` stands for when the resource itself does not come with it. */
  productReferences: z.record(z.string(), product).default({}),
  /** Suppliers (`res.partner.ref` in Odoo) by HIBC labeler identification code: their item numbers are SUPPLIER_ITEM. */
  hibcLabelers: z.record(z.string(), code).default({}),
  /** Identifier systems of locations. */
  locations: z.array(z.strictObject({ system: code, scheme: z.enum(['CODE', 'GLN']).default('CODE') })).default([]),
  locationReferences: z.record(z.string(), place).default({}),
  /** URL of an extension of the resource that says where it was: a Reference, Identifier, Coding or CodeableConcept. */
  locationExtension: z.string().optional(),
  /** Where it was when nothing in a resource says so. */
  defaultLocation: place.optional(),
  /** Units that are not UCUM, by their code or text. */
  units: z.record(z.string(), code).default({}),
  /** Unit of a quantity without one, and of a piece that is named without a quantity. */
  defaultUnit: code.default('{each}'),
  /** Codes of `inventoryListing.itemStatus` whose stock counts as what is there. */
  countedStatuses: z.array(code).default([]),
  /** The identifier system by which a resource without an id is known. */
  identifierSystem: code.optional(),
  resources,
});

/** What the resources of one source mean. */
export type FhirSource = z.output<typeof fhirSource>;

/** What resources of a type mean. */
export type ResourceRule = NonNullable<FhirSource['resources'][keyof FhirSource['resources']]>;

/** A mapping, or everything that is wrong with it. */
export type ReadSource =
  { readonly ok: true; readonly source: FhirSource } | { readonly ok: false; readonly problems: readonly string[] };

/** Checks a mapping; names everything that is wrong at once. */
export function readFhirSource(data: unknown): ReadSource {
  const result = fhirSource.safeParse(data);
  if (result.success) return { ok: true, source: result.data };
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'mapping'}: ${message}`);
  return { ok: false, problems };
}
