/** Avro schemas as this project writes them (DESIGN part 4); other Avro shapes are refused by the lint. */
export type AvroType = string | readonly AvroType[] | AvroRecord | AvroEnum | AvroArray | AvroLogical;

export interface AvroRecord {
  readonly type: 'record';
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly fields: readonly AvroField[];
}

export interface AvroEnum {
  readonly type: 'enum';
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly symbols: readonly string[];
  readonly default?: string;
}

export interface AvroArray {
  readonly type: 'array';
  readonly items: AvroType;
}

export interface AvroLogical {
  readonly type: 'string' | 'long' | 'int' | 'bytes';
  readonly logicalType: 'uuid' | 'timestamp-millis' | 'date' | 'decimal';
  readonly precision?: number;
  readonly scale?: number;
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly doc?: string;
  readonly default?: unknown;
  readonly sensitivity?: 'personal' | 'bank';
}

/** Whether a type is a union. */
export function isUnion(type: AvroType): type is readonly AvroType[] {
  return Array.isArray(type);
}

/** Whether a type is a nested record. */
export function isRecord(type: AvroType): type is AvroRecord {
  return typeof type === 'object' && !isUnion(type) && type.type === 'record';
}

/** Whether a type is an enum defined at this place. */
export function isEnum(type: AvroType): type is AvroEnum {
  return typeof type === 'object' && !isUnion(type) && type.type === 'enum';
}

/** Whether a type is an array. */
export function isArray(type: AvroType): type is AvroArray {
  return typeof type === 'object' && !isUnion(type) && type.type === 'array';
}

/** Every record and enum defined inside a type, the type itself included, in the order in which they are read. */
export function namedTypes(type: AvroType): (AvroRecord | AvroEnum)[] {
  if (typeof type === 'string') return [];
  if (isUnion(type)) return type.flatMap(namedTypes);
  if (isEnum(type)) return [type];
  if (isArray(type)) return namedTypes(type.items);
  if (isRecord(type)) return [type, ...type.fields.flatMap((field) => namedTypes(field.type))];
  return [];
}

/** Visits every field of a record and of the records inside it, with its path. */
export function visitFields(
  record: AvroRecord,
  visit: (field: AvroField, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  for (const field of record.fields) {
    const here = [...path, field.name];
    visit(field, here);
    for (const nested of nestedRecords(field.type)) visitFields(nested, visit, here);
  }
}

function nestedRecords(type: AvroType): AvroRecord[] {
  if (isUnion(type)) return type.flatMap(nestedRecords);
  if (isArray(type)) return nestedRecords(type.items);
  return isRecord(type) ? [type] : [];
}
