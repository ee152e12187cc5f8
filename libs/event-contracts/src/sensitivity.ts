import { sensitivity } from './generated/catalogue.js';
import type { RecordType, SensitiveField } from './record-type.js';

/** The fields of a record type that must be masked wherever it is shown or logged. */
export function sensitiveFields(type: RecordType<unknown>): readonly SensitiveField[] {
  return sensitivity.get(type.fullName) ?? [];
}

/** Paths of the fields of a record type that can identify a person. */
export function personalFields(type: RecordType<unknown>): readonly (readonly string[])[] {
  return sensitiveFields(type)
    .filter((field) => field.sensitivity === 'personal')
    .map((field) => field.path);
}
