import { z } from 'zod';

const identified = z.object({ id: z.string().min(1) });
const quantity = z.object({
  epcClass: z.string().min(1),
  quantity: z.number().optional(),
  uom: z
    .string()
    .regex(/^[A-Z0-9]{2,3}$/, { error: 'must be a code of UN/ECE Recommendation 20' })
    .optional(),
});
const time = z.iso.datetime({
  offset: true,
  error: 'must be a time with its offset, such as 2026-11-21T08:15:30+01:00',
});

/** An EPCIS 2.0 event in JSON, as far as it is read here (EPCIS 2.0, sections 7.4 and 10); other properties are let pass. */
export const epcisEvent = z.object({
  type: z.enum(['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent']),
  eventID: z.string().min(1).max(500).optional(),
  eventTime: time,
  eventTimeZoneOffset: z.string().regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, { error: 'must be an offset such as +01:00' }),
  action: z.enum(['ADD', 'OBSERVE', 'DELETE']).optional(),
  bizStep: z.string().min(1).optional(),
  disposition: z.string().min(1).optional(),
  readPoint: identified.optional(),
  bizLocation: identified.optional(),
  epcList: z.array(z.string()).optional(),
  quantityList: z.array(quantity).optional(),
  parentID: z.string().optional(),
  childEPCs: z.array(z.string()).optional(),
  childQuantityList: z.array(quantity).optional(),
  bizTransactionList: z.array(z.object({ type: z.string().optional(), bizTransaction: z.string() })).optional(),
  sourceList: z.array(z.object({ type: z.string(), source: z.string() })).optional(),
  destinationList: z.array(z.object({ type: z.string(), destination: z.string() })).optional(),
  sensorElementList: z
    .array(
      z.object({
        sensorMetadata: z.object({ rawData: z.string().optional() }).optional(),
        sensorReport: z.array(z.object({ type: z.string().optional() })).optional(),
      }),
    )
    .optional(),
  errorDeclaration: z
    .object({
      declarationTime: time,
      reason: z.string().optional(),
      correctiveEventIDs: z.array(z.string()).optional(),
    })
    .optional(),
});

/** A checked event. */
export type EpcisEvent = z.output<typeof epcisEvent>;

/** The events of a document, unchecked; or why it is none. */
export type DocumentReading =
  { readonly ok: true; readonly events: readonly unknown[] } | { readonly ok: false; readonly problem: string };

const body = z.object({ eventList: z.array(z.unknown()) });
const version = z.string().regex(/^2\.\d/, { error: 'must be 2.0; earlier versions are not taken' });
const context = { '@context': z.union([z.string(), z.array(z.unknown()), z.looseObject({})]) };
const epcisDocument = z.object({
  ...context,
  type: z.literal('EPCISDocument'),
  schemaVersion: version,
  creationDate: time,
  epcisBody: body,
});
const queryDocument = z.object({
  ...context,
  type: z.literal('EPCISQueryDocument'),
  schemaVersion: version,
  creationDate: time,
  epcisBody: z.object({ queryResults: z.object({ resultsBody: body }) }),
});

/** Takes a document apart: an EPCISDocument, an EPCISQueryDocument, or one event that carries its context. */
export function readDocument(given: unknown): DocumentReading {
  const type = typeof given === 'object' && given !== null && 'type' in given ? given.type : undefined;
  if (type === 'EPCISDocument') return events(epcisDocument.safeParse(given), (document) => document.epcisBody);
  if (type === 'EPCISQueryDocument')
    return events(queryDocument.safeParse(given), (document) => document.epcisBody.queryResults.resultsBody);
  if (epcisEvent.shape.type.safeParse(type).success) return { ok: true, events: [given] };
  const said = typeof type === 'string' ? `its type is ${JSON.stringify(type.slice(0, 60))}` : 'it has no type';
  return { ok: false, problem: `This is no EPCISDocument and no EPCISQueryDocument in JSON: ${said}.` };
}

function events<Document>(
  read: z.ZodSafeParseResult<Document>,
  bodyOf: (document: Document) => { readonly eventList: readonly unknown[] },
): DocumentReading {
  if (read.success) return { ok: true, events: bodyOf(read.data).eventList };
  return { ok: false, problem: `${problemsOf(read.error).join('; ')}.` };
}

/** What is wrong, each with its path. */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'document'}: ${message}`);
}
