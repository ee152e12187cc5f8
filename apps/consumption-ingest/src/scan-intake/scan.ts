import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refuseScan, type ScanRefused } from './scan-refused.js';

/** What a scan can tell of stock that was used. */
export const consumptionActions = ['USED', 'WASTED', 'RETURNED'] as const;

/** What a scan can tell of stock that was handled: the operations of `StockOperationRecorded`. */
export const warehouseActions = [
  ...(['RECEIVED', 'PUT_AWAY', 'TRANSFERRED', 'SHIPPED', 'ARRIVED', 'COUNTED'] as const),
  ...(['QUARANTINED', 'RELEASED', 'WRITTEN_OFF', 'RETURNED_TO_SUPPLIER'] as const),
];

export type ConsumptionAction = (typeof consumptionActions)[number];
export type WarehouseAction = (typeof warehouseActions)[number];

/** Most scans of one request. */
export const mostScans = 500;

const printable = z.string({ error: 'is missing or no text' }).refine((value) => !value.includes('\0'), 'contains NUL');
const text = printable.trim().min(1, 'is empty').max(250, 'is longer than 250');
const optional = text.nullable().default(null);
const amount = z
  .union([z.number(), z.string().regex(/^\d{1,12}(\.\d{1,6})?$/)], { error: 'is no amount with at most 6 decimals' })
  .transform(String)
  .refine((count) => /^\d{1,12}(\.\d{1,6})?$/.test(count), 'is no amount with at most 6 decimals');

/** What a device sends for one scan; for `/openapi.json` too. */
export const scanShape = z
  .strictObject({
    scanId: text,
    source: text,
    sequence: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
    action: z.enum([...consumptionActions, ...warehouseActions, 'REVERSED'], { error: 'is none that is known' }),
    /** With REVERSED: the scanId of the scan that is undone. */
    reverses: optional,
    symbols: z
      .array(z.string().min(1, 'is empty').max(4_296, 'is longer than any barcode'), { error: 'is no list of texts' })
      .min(1, 'has no symbol')
      .max(10, 'has more than 10 symbols'),
    location: text,
    toLocation: optional,
    count: amount.default('1'),
    scannedAt: z.iso.datetime({
      offset: true,
      error: 'is no time with date and zone, such as 2026-11-21T08:15:30+01:00',
    }),
    performer: optional,
    approver: optional,
    encounter: optional,
    transferReference: optional,
    documentReference: optional,
    /** With RECEIVED: how many the document announces of what carries the code, all lots together; 0 for none. */
    expectedCount: amount.nullish(),
    condition: z.enum(['CONFORMANT', 'DAMAGED'], { error: 'is neither CONFORMANT nor DAMAGED' }).nullish(),
    temperatureLog: text.nullish(),
    reason: printable.trim().max(10_000).nullable().default(null),
  })
  .superRefine((scan, context) => {
    const { action, reverses, count, toLocation, transferReference, expectedCount, condition, temperatureLog } = scan;
    const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (action === 'REVERSED' && reverses === null) wrong('reverses', 'is missing: name the scanId that is undone');
    if (action !== 'REVERSED' && reverses !== null) wrong('reverses', 'belongs to the action REVERSED only');
    if (toLocation === null && ['PUT_AWAY', 'TRANSFERRED', 'SHIPPED'].includes(action))
      wrong('toLocation', `is missing: ${action} goes somewhere`);
    if (transferReference === null && ['SHIPPED', 'ARRIVED'].includes(action))
      wrong('transferReference', 'is missing: it ties what arrived to what was shipped');
    const received = { expectedCount, condition, temperatureLog };
    const [told] = Object.entries(received).find(([, value]) => (value ?? null) !== null) ?? [];
    if (told !== undefined && action !== 'RECEIVED' && action !== 'REVERSED')
      wrong(told, 'belongs to the action RECEIVED only');
    if (action !== 'COUNTED' && Number(count) === 0) wrong('count', 'is zero, which only a count can find');
  });

/**
 * One scan: what somebody did with what carries these symbols. `count` counts the unit of the code scanned, 1 by default;
 * `location` is a code, or what was read from the location's own symbol.
 */
export type Scan = z.output<typeof scanShape>;

/** The scan that a device sent, or what is wrong with its form. */
export function readForm(value: unknown): Scan | ScanRefused {
  const result = scanShape.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.') || 'scan'}: ${message}`);
  return refuseScan('FORM', `The scan cannot be read. ${wrong.join('; ')}.`);
}

/** Under which name a scan answers, as far as it can be read. */
export function nameOf(value: unknown): { readonly source: string | null; readonly scanId: string | null } {
  const { source, scanId } = (value ?? {}) as Record<string, unknown>;
  const shown = (name: unknown): string | null => (typeof name === 'string' ? name.slice(0, 250) : null);
  return { source: shown(source), scanId: shown(scanId) };
}

/** SHA-256 of what a scan says. */
export function meaningOf(scan: Scan): Buffer {
  return createHash('sha256').update(JSON.stringify(scan)).digest();
}
