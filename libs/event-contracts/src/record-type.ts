declare const data: unique symbol;

/** A published record type: its Avro full name and schema. `T` is its data in TypeScript and exists for the compiler only. */
export interface RecordType<T> {
  readonly fullName: string;
  /** The Avro schema as JSON text. */
  readonly schema: string;
  readonly [data]?: T;
}

/** A field that can identify a person or a bank account (DESIGN part 4). */
export interface SensitiveField {
  /** Field names from the record down; the elements of an array have the path of the array. */
  readonly path: readonly string[];
  readonly sensitivity: 'personal' | 'bank';
}
