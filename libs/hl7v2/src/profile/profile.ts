import { z } from 'zod';
import { charsets } from '../message/charset.js';
import { parsePath } from '../message/path.js';
import { isTimeZone } from '../message/time.js';

const path = z.string().refine((text) => parsePath(text) !== undefined, {
  error: ({ input }) => `${JSON.stringify(input)} is no path; write it like FT1-7.1 or OBX[2]-5`,
});
const segmentName = z.string().regex(/^[A-Z][A-Z0-9]{2}$/, 'a segment name has three characters, like FT1 or ZMM');
const howToWrite =
  'write a path like FT1-7.1, {"from", "map"}, {"observation"}, {"joined"}, {"fixed"}, or a list of these of which the first that is there counts';
const codes = z.record(z.string(), z.string());

/**
 * Where a value comes from: a path; a path whose values are translated by a code table; an observation (OBX) by its
 * identifier in OBX-3.1; several places that are one value only together, joined by a slash; or a fixed value. A list of them means the first that is there.
 */
const oneSource = z.union(
  [
    path,
    z.strictObject({ from: path, map: codes.optional() }),
    z.strictObject({ observation: z.string().min(1), field: path.default('OBX-5'), map: codes.optional() }),
    z.strictObject({ joined: z.array(path).min(2) }),
    z.strictObject({ fixed: z.string().min(1) }),
  ],
  { error: howToWrite },
);
const source = z.union([oneSource, z.array(oneSource).min(1)], { error: howToWrite });

const kinds = z.enum(['USED', 'WASTED', 'RETURNED', 'REVERSED', 'NOTHING', 'ASK']);
const kindRule = z.strictObject({
  from: oneSource,
  /** What a value means. NOTHING: no stock was used; ASK: a person must decide. */
  map: z.record(z.string(), kinds),
  /** What is done with a value that is not in the table. */
  otherwise: z.enum(['ask', 'next']).default('ask'),
});

const scheme = z.enum(['INTERNAL', 'GTIN', 'NDC', 'SUPPLIER_ITEM']);
const product = z.strictObject({
  code: source,
  /** Code system of the code: fixed, or told by the message, e.g. `{from: 'FT1-7.3', map: {NDC: 'NDC'}}`. */
  scheme: z.union(
    [scheme, z.strictObject({ from: path, map: z.record(z.string(), scheme), default: scheme.optional() })],
    { error: 'write INTERNAL, GTIN, NDC or SUPPLIER_ITEM, or {"from", "map", "default"}' },
  ),
  /** With SUPPLIER_ITEM: the supplier's reference in Odoo. */
  supplier: source.optional(),
});
const place = { code: source, scheme: z.enum(['CODE', 'GLN']).default('CODE') };
const location = z.strictObject(place);
/** `fromEncounter`: the profile whose movements (ADT) say at which ward an encounter was, where an item names no place. */
const placeOfUse = z.strictObject({ ...place, fromEncounter: z.string().min(1).optional() });

const item = z.strictObject({
  /** The segment that stands once for each item. */
  each: segmentName,
  /** The segment that opens the group around it, e.g. ORC; what stands between the two belongs to each item of the group. */
  opens: segmentName.optional(),
});

const optionalSources = {
  lotNumber: source.optional(),
  serialNumber: source.optional(),
  expiryDate: source.optional(),
  performer: source.optional(),
  encounter: source.optional(),
  patient: source.optional(),
  reason: source.optional(),
};

const consumption = z.strictObject({
  does: z.literal('consumption'),
  type: z.string().regex(/^[A-Z]{3}\^[A-Z0-9]{3}$/, 'write the type like DFT^P03'),
  item,
  /** Items that are meant; others are passed over by name. Without it, all are. */
  only: z.array(z.strictObject({ from: oneSource, in: z.array(z.string()).min(1) })).default([]),
  kind: z.strictObject({ rules: z.array(kindRule).default([]), default: kinds.default('ASK') }),
  product,
  quantity: source,
  /** What a quantity below zero means. */
  negative: z.enum(['reverses', 'ask']).default('ask'),
  unit: source,
  location: placeOfUse,
  occurredAt: source,
  /** Least that must be given of the time of use. */
  precision: z.enum(['day', 'hour', 'minute']).default('day'),
  /** The sender's own identity of the item, by which a repeat is known. */
  transaction: source.optional(),
  /** With a reversal: the sender's identity of the item that is taken back. */
  reverses: source.optional(),
  /**
   * A second amount of the same item that was wasted. `within`: whether the quantity includes it, as that of a withdrawal does,
   * or stands beside it, as that of an administration does; what was used is then the rest.
   */
  waste: z
    .strictObject({ quantity: source, within: z.boolean(), unit: source.optional(), reason: source.optional() })
    .optional(),
  ...optionalSources,
  /** Which of the optional values must be there; `reverses` only with a reversal. */
  required: z
    .array(
      z.enum([
        'lotNumber',
        'serialNumber',
        'expiryDate',
        'performer',
        'encounter',
        'patient',
        'transaction',
        'reverses',
      ]),
    )
    .default([]),
});

const requisition = z.strictObject({
  does: z.literal('requisition'),
  type: z.literal('OMS^O05'),
  item,
  product,
  quantity: source,
  unit: source,
  /** Where it is wanted, RQD-9 by the standard. */
  location,
  /** What a line wants. ASK, and a code that is not in the table: a person must decide. HL7 table 0119. */
  control: z
    .strictObject({ from: oneSource, map: z.record(z.string(), z.enum(['REQUESTED', 'CANCELLED', 'ASK'])) })
    .default({ from: 'ORC-1', map: { NW: 'REQUESTED', CA: 'CANCELLED' } }),
  occurredAt: source.default(['ORC-9', 'MSH-7']),
  neededBy: source.optional(),
  /** The sender's own number of the request, by which a repeat is known and a cancellation finds it; with `line` where one number has several. */
  order: source.optional(),
  line: source.optional(),
  costCentre: source.optional(),
  reason: source.optional(),
});

const movement = z.strictObject({
  does: z.literal('movement'),
  type: z.string().regex(/^ADT\^A\d\d$/, 'movements are ADT messages, like ADT^A02'),
  encounter: source.default('PV1-19.1'),
  patient: source.default('PID-3.1'),
  location: source.default('PV1-3.1'),
  priorLocation: source.default('PV1-6.1'),
  /** When it happened; of a cancellation: when what it cancels happened. */
  occurredAt: source.default(['EVN-6', 'EVN-2', 'MSH-7']),
  recordedAt: source.default(['EVN-2', 'MSH-7']),
});

const ignored = z.strictObject({ does: z.literal('nothing'), type: z.string(), because: z.string().min(1) });

/** What a sender sends and what it means, as data: it can be kept as JSON or YAML and changed without a release. */
export const senderProfile = z.strictObject({
  name: z.string().min(1),
  title: z.string().min(1),
  /** MSH-3.1 and MSH-4.1 of its messages; a message of somebody else is refused. */
  sender: z.strictObject({ application: z.string(), facility: z.string() }),
  /** What it really uses where MSH-18 is empty or says ASCII. */
  charset: z.enum(charsets as [(typeof charsets)[number], ...(typeof charsets)[number][]]).optional(),
  /** Where its clock stands, for times without an offset. */
  timeZone: z.string().refine(isTimeZone, 'this is no time zone; write it like Europe/Berlin'),
  /** MSH-11 of what may change stock. Training and debugging are passed over by name. */
  processing: z
    .array(z.enum(['P', 'T', 'D']))
    .min(1)
    .default(['P']),
  messages: z.array(z.discriminatedUnion('does', [consumption, requisition, movement, ignored])).min(1),
});

/** A sender's profile. */
export type SenderProfile = z.infer<typeof senderProfile>;

/** The part of a profile about one message type. */
export type MessageRule = SenderProfile['messages'][number];

/** The part about a message that says what was used. */
export type ConsumptionRule = Extract<MessageRule, { does: 'consumption' }>;

/** The part about a stock requisition. */
export type RequisitionRule = Extract<MessageRule, { does: 'requisition' }>;

/** The part about a patient's movement. */
export type MovementRule = Extract<MessageRule, { does: 'movement' }>;

/** A place, or several of which the first that is there counts. */
export type Source = z.infer<typeof source>;

/** One place. */
export type OneSource = z.infer<typeof oneSource>;

/** What an item says happened. */
export type KindOrAnswer = z.infer<typeof kinds>;

/** Reads a profile, or says in words what is wrong with it and where. Never throws. */
export function readProfile(
  data: unknown,
):
  | { readonly ok: true; readonly profile: SenderProfile }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const result = senderProfile.safeParse(data);
  if (result.success) return { ok: true, profile: result.data };
  return {
    ok: false,
    problems: result.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'profile'}: ${issue.message}`),
  };
}
