import { z } from 'zod';
import { isTimeFormat } from './row-time.js';

const text = z.string().min(1).max(200);
const translation = z.record(z.string(), text);

/** Where a value stands: in a column (or several, joined by a blank), translated, with a value for an empty cell; or always the same. */
const place = z.union([
  z.strictObject({
    column: z.union([text, z.array(text).min(1).max(5)]),
    values: translation.optional(),
    default: text.optional(),
  }),
  z.strictObject({ constant: text }),
]);

const timeFormat = z.string().refine(isTimeFormat, {
  error:
    'must be iso, epoch-seconds, epoch-milliseconds, or a pattern of yyyy yy MM M dd d HH H hh h a mm ss SSS XXX with other letters in quotes',
});
const timePlace = z.strictObject({ at: place, format: timeFormat });

const csv = z.strictObject({
  type: z.literal('csv'),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).default('utf-8'),
  separator: z.string().min(1).max(3).default(','),
  quote: z.string().length(1).default('"'),
  /** True when the first line names the columns; else their names, in order. */
  header: z.union([z.literal(true), z.array(text).min(1)]).default(true),
});
const jsonLines = z.strictObject({ type: z.literal('jsonl'), encoding: z.enum(['utf-8']).default('utf-8') });

const consumptionFields = z.strictObject({
  kind: place,
  /** INTERNAL, GTIN, NDC or SUPPLIER_ITEM; SCAN when the column holds what a scanner read: lot, serial and expiry are then taken from it too. */
  itemScheme: place,
  item: place,
  supplierCode: place.optional(),
  locationScheme: place.default({ constant: 'CODE' }),
  location: place,
  lotNumber: place.optional(),
  serialNumber: place.optional(),
  expiryDate: timePlace.optional(),
  time: timePlace,
  quantity: place,
  unit: place,
  /** Row id of the row that a reversal takes back; the reversal's own row id may be the same. */
  reverses: place.optional(),
  reason: place.optional(),
});

/** What a feed's files look like, and where each value stands in them. */
export const fileFeed = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, {
      error: 'must be lower-case letters, digits and hyphens: it names a folder',
    }),
    /** System that the records are said to come from; the name of the feed unless given. */
    source: text.optional(),
    /** `renamed` when its writer moves whole files in; `settled` when a file is whole once it stops growing. */
    complete: z.enum(['renamed', 'settled']).default('settled'),
    format: z.discriminatedUnion('type', [csv, jsonLines]),
    /** IANA name of the zone that times without an offset are meant in. */
    timeZone: z.string().refine(isTimeZone, { error: 'this is no time zone; use an IANA name such as Europe/Berlin' }),
    decimal: z.enum(['.', ',']).default('.'),
    thousands: z.enum(['.', ',', ' ', "'"]).optional(),
    /** What a quantity below zero means; without it such a row is refused. */
    negativeQuantity: z.enum(['RETURNED', 'REVERSED']).optional(),
    /** Columns that together identify a row whatever file it comes in; `place` when there are none: its file and number then do. */
    rowId: z.union([z.array(text).min(1).max(5), z.literal('place')]),
    fields: consumptionFields,
  })
  .refine(({ decimal, thousands }) => decimal !== thousands, {
    error: 'decimal and thousands must differ',
    path: ['thousands'],
  });

/** A checked feed. */
export type FileFeed = z.output<typeof fileFeed>;

/** Where a value stands. */
export type Place = z.output<typeof place>;

/** The fields of a consumption row. */
export type FeedField = keyof FileFeed['fields'];

/** Checks a feed; answers every problem with its path. */
export function readFeed(
  given: unknown,
): { readonly ok: true; readonly feed: FileFeed } | { readonly ok: false; readonly problems: readonly string[] } {
  const read = fileFeed.safeParse(given);
  if (read.success) return { ok: true, feed: read.data };
  return { ok: false, problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** The columns that a place reads. */
export function columnsOf(at: Place): readonly string[] {
  return 'constant' in at ? [] : [at.column].flat();
}

/** Every column that the feed reads. */
export function columnsOfFeed({ rowId, fields }: FileFeed): ReadonlySet<string> {
  const places = Object.values(fields).flatMap((field) =>
    field === undefined ? [] : 'at' in field ? [field.at] : [field],
  );
  return new Set([...places.flatMap(columnsOf), ...(rowId === 'place' ? [] : rowId)]);
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
