import { fieldCodec, type JsonCodec } from './json-codec.js';
import type { RecordType } from './record-type.js';
import { sensitiveFields } from './sensitivity.js';

/** What stands in JSON in place of a value that can identify a person or a bank account. */
export const masked = '***';

/** A field of a record given as JSON that does not fit its contract. */
export interface WrongField {
  /** Its name from the record down, such as `product.scheme` or `items[2].code`. */
  readonly field: string;
  /** What is wrong with it, with the value that it has. */
  readonly reason: string;
}

/** What came of reading a record from JSON. */
export type RecordFromJson =
  | { readonly ok: true; readonly data: Record<string, unknown> }
  | { readonly ok: false; readonly wrong: readonly WrongField[] };

/**
 * A decoded record as plain JSON for a person or a program without our types: decimals and longs as text, times as ISO 8601
 * in UTC, days as `YYYY-MM-DD`. Fields that the contract marks as sensitive are {@link masked}, unless nothing stands in them.
 */
export function recordToJson(
  type: RecordType<unknown>,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const json = recordToUnmaskedJson(type, data);
  for (const { path } of sensitiveFields(type)) mask(json, path);
  return json;
}

/** {@link recordToJson} with everything in it: only for what is read back into a record, never to show or to log. */
export function recordToUnmaskedJson(
  type: RecordType<unknown>,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return codecOf(type).toJson(data) as Record<string, unknown>;
}

/**
 * Reads a record from JSON as {@link recordToJson} writes it, by its contract: a field that may be null or has a default
 * may be left out. Answers every wrong field at once: missing, of the wrong kind, unknown to the contract, or still masked.
 */
export function recordFromJson(type: RecordType<unknown>, json: unknown): RecordFromJson {
  const wrong: WrongField[] = [];
  const data = codecOf(type).fromJson(json, '', (field, reason) => wrong.push({ field, reason }));
  for (const { path, sensitivity } of sensitiveFields(type))
    if (valuesAt(data, path).includes(masked))
      wrong.push({ field: path.join('.'), reason: `is masked (${sensitivity}); leave it out or give its real value` });
  return wrong.length === 0 ? { ok: true, data: data as Record<string, unknown> } : { ok: false, wrong };
}

const codecs = new Map<string, JsonCodec>();

function codecOf(type: RecordType<unknown>): JsonCodec {
  const known = codecs.get(type.schema) ?? fieldCodec(JSON.parse(type.schema));
  codecs.set(type.schema, known);
  return known;
}

function mask(value: unknown, path: readonly string[]): void {
  if (Array.isArray(value)) return value.forEach((item) => mask(item, path));
  if (typeof value !== 'object' || value === null) return;
  const [name = '', ...below] = path;
  const fields = value as Record<string, unknown>;
  if (below.length > 0) mask(fields[name], below);
  else if (fields[name] !== null && fields[name] !== undefined) fields[name] = masked;
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...below] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt((value as Record<string, unknown>)[name], below);
}
