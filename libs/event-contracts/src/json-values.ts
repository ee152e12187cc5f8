import { Decimal } from 'decimal.js';
import { isLocalDate } from './local-date.js';

/** Notes what is wrong with a field. */
export type Objection = (field: string, reason: string) => void;

/** Turns a value of our types into JSON and back. Reading objects to what does not fit and answers undefined. */
export interface JsonCodec {
  toJson(value: unknown): unknown;
  fromJson(json: unknown, path: string, object: Objection): unknown;
}

/** A value as a message shows it. */
function shown(json: unknown): string {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

function scalar(what: string, read: (json: unknown) => unknown, toJson: JsonCodec['toJson'] = (v) => v): JsonCodec {
  return {
    toJson,
    fromJson(json, path, object) {
      const value = read(json);
      if (value === undefined) object(path, `${shown(json)} is not ${what}`);
      return value;
    },
  };
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const longPattern = /^[+-]?\d{1,19}$/;
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

function isInteger(json: unknown, bits: number): json is number {
  return Number.isSafeInteger(json) && Math.abs(json as number) <= 2 ** (bits - 1) - 1;
}

function long(json: unknown): bigint | undefined {
  const integer = isInteger(json, 64) || (typeof json === 'string' && longPattern.test(json));
  const value = integer ? BigInt(json) : undefined;
  return value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
}

function time(json: unknown): Date | undefined {
  if (typeof json !== 'string' || !timePattern.test(json)) return undefined;
  const date = new Date(json);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Avro's primitive types. */
export const primitives: Readonly<Record<string, JsonCodec>> = {
  null: scalar('null', (json) => (json === null ? null : undefined)),
  boolean: scalar('true or false', (json) => (typeof json === 'boolean' ? json : undefined)),
  int: scalar('a 32-bit integer', (json) => (isInteger(json, 32) ? json : undefined)),
  long: scalar('a 64-bit integer', long, (value) => String(value)),
  float: scalar('a number', (json) => (typeof json === 'number' ? json : undefined)),
  double: scalar('a number', (json) => (typeof json === 'number' ? json : undefined)),
  bytes: scalar('bytes in base64', base64, (value) => (value as Buffer).toString('base64')),
  string: scalar('a text', (json) => (typeof json === 'string' && json.isWellFormed() ? json : undefined)),
};

function base64(json: unknown): Buffer | undefined {
  if (typeof json !== 'string') return undefined;
  const bytes = Buffer.from(json, 'base64');
  return bytes.toString('base64') === json ? bytes : undefined;
}

/** Avro's logical types as contracts use them, by name. */
export const logicalTypes: Readonly<Record<string, (schema: { precision?: number; scale?: number }) => JsonCodec>> = {
  uuid: () =>
    scalar('a UUID', (json) => (typeof json === 'string' && uuidPattern.test(json) ? json.toLowerCase() : undefined)),
  'timestamp-millis': () =>
    scalar('a time like 2026-11-21T08:15:30.000Z', time, (value) => (value as Date).toISOString()),
  date: () =>
    scalar('a day written YYYY-MM-DD', (json) => (typeof json === 'string' && isLocalDate(json) ? json : undefined)),
  decimal: ({ precision = 0, scale = 0 }) =>
    scalar(
      `a decimal number of at most ${precision - scale} digits before and ${scale} after the point`,
      (json) => decimal(json, precision, scale),
      (value) => (value as Decimal).toFixed(),
    ),
};

const decimalPattern = /^[+-]?\d+(?:\.\d+)?$/;

function decimal(json: unknown, precision: number, scale: number): Decimal | undefined {
  const text = typeof json === 'number' ? String(json) : json;
  if (typeof text !== 'string' || !decimalPattern.test(text)) return undefined;
  const value = new Decimal(text);
  const fits = value.decimalPlaces() <= scale && value.abs().lessThan(new Decimal(10).pow(precision - scale));
  return fits ? value : undefined;
}

/** One of an enumeration's symbols. */
export function enumOf(symbols: readonly string[]): JsonCodec {
  return scalar(`one of ${symbols.join(', ')}`, (json) => symbols.find((symbol) => symbol === json));
}

/** A list; each wrong item is named by its place. */
export function arrayOf(items: JsonCodec): JsonCodec {
  return {
    toJson: (value) => (value as readonly unknown[]).map((item) => items.toJson(item)),
    fromJson(json, path, object) {
      if (!Array.isArray(json)) return void object(path, `${shown(json)} is not a list`);
      return json.map((item, index) => items.fromJson(item, `${path}[${index}]`, object));
    },
  };
}

/** `["null", T]`. */
export function nullable(codec: JsonCodec): JsonCodec {
  return {
    toJson: (value) => (value === null || value === undefined ? null : codec.toJson(value)),
    fromJson: (json, path, object) => (json === null ? null : codec.fromJson(json, path, object)),
  };
}
