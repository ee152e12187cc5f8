import {
  masked,
  recordFromJson,
  recordToUnmaskedJson,
  sensitiveFields,
  type RecordFromJson,
  type RecordType,
  type WrongField,
} from '@wardline/event-contracts';
import { mergePatch } from './merge-patch.js';

/** The header of a record: it says which fact it is, and an edit does not make it another one. */
const headerFields = ['eventId', 'occurredAt', 'recordedAt', 'source', 'correlationId', 'causationId'];

/**
 * A record with a person's changes, a JSON merge patch over its JSON form, checked against its contract. Answers every
 * wrong field at once: of the header, unknown, of the wrong kind, or given back masked.
 */
export function editedRecord(
  type: RecordType<unknown>,
  data: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): RecordFromJson {
  const forbidden = headerFields.filter((field) => field in changes).map(wrongHeader);
  const given = Object.fromEntries(Object.entries(changes).filter(([name]) => !headerFields.includes(name)));
  const result = recordFromJson(type, mergePatch(recordToUnmaskedJson(type, data), given));
  const wrong = [...forbidden, ...(result.ok ? [] : result.wrong)];
  return wrong.length === 0 ? result : { ok: false, wrong };
}

function wrongHeader(field: string): WrongField {
  return { field, reason: 'says which fact this is and cannot be edited; abandon the message and have it sent anew' };
}

/** Changes as they may be shown: what stands in sensitive fields is masked. */
export function maskedChanges(
  type: RecordType<unknown>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const shown = structuredClone(changes) as Record<string, unknown>;
  for (const { path } of sensitiveFields(type)) maskAt(shown, path);
  return shown;
}

function maskAt(value: unknown, [name = '', ...below]: readonly string[]): void {
  if (Array.isArray(value)) return value.forEach((item) => maskAt(item, [name, ...below]));
  if (typeof value !== 'object' || value === null || !(name in value)) return;
  const fields = value as Record<string, unknown>;
  if (below.length > 0) maskAt(fields[name], below);
  else if (fields[name] !== null) fields[name] = masked;
}
