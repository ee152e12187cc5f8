import { recordToJson, recordTypes } from '@wardline/event-contracts';
import type { DecodeResult, InboundRecord } from '@wardline/event-handling';

/** A record of a topic as a person or a script may see it: sensitive fields are masked. */
export interface ShownRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** When it was written, ISO 8601. */
  readonly timestamp: string;
  readonly key: string | null;
  /** Full name of its record type; null when it cannot be read. */
  readonly recordType: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Why it cannot be read. */
  readonly unreadable: { readonly code: string; readonly message: string } | null;
}

/** Brings a decoded record into the form in which it is shown. */
export function shownRecord(record: InboundRecord, decoded: DecodeResult): ShownRecord {
  const { topic, partition, offset, timestamp, key } = record;
  const place = { topic, partition, offset: String(offset), timestamp: timestamp.toISOString() };
  const shown = { ...place, key: key?.toString('utf8') ?? null };
  if (!decoded.ok) {
    const { code, message } = decoded;
    return { ...shown, recordType: null, data: null, unreadable: { code, message } };
  }
  const type = recordTypes.get(decoded.typeName);
  const data = type === undefined ? null : recordToJson(type, decoded.data);
  return { ...shown, recordType: decoded.typeName, data, unreadable: null };
}

/** A text field of a record's data, such as `eventId`; null when there is none. */
export function textOf({ data }: ShownRecord, field: string): string | null {
  const value = data?.[field];
  return typeof value === 'string' ? value : null;
}

/** The short name of a record type: `StockMoved`. */
export function shortName(recordType: string | null): string {
  return recordType === null ? 'unreadable' : recordType.slice(recordType.lastIndexOf('.') + 1);
}

/** Where a record lies: `inventory.stock/3@1042`. */
export function placeOf({ topic, partition, offset }: ShownRecord): string {
  return `${topic}/${partition}@${offset}`;
}

const headerFields = new Set(['occurredAt', 'recordedAt', 'source', 'correlationId', 'causationId']);

/** The fields of a record on one line, `quantity=2 product.value=GAUZE-10`, without those that are empty or say who sent it. */
export function fieldsText({ data, unreadable }: ShownRecord): string {
  if (unreadable !== null) return `${unreadable.code}: ${unreadable.message}`;
  const fields = Object.entries(data ?? {}).filter(([name]) => !headerFields.has(name));
  return flattened(fields, '')
    .map(([name, text]) => `${name}=${/\s/.test(text) ? JSON.stringify(text) : text}`)
    .join(' ');
}

/** Every field with its value as text; those inside others by their path. */
export function flattened(fields: readonly (readonly [string, unknown])[], path: string): [string, string][] {
  return fields.flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value))
      return flattened(
        value.map((item, index) => [`${name}[${index}]`, item] as const),
        path,
      );
    if (typeof value === 'object') return flattened(Object.entries(value), `${path}${name}.`);
    return [[`${path}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}
