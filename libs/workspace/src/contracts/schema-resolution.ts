import { isArray, isEnum, isRecord, isUnion, namedTypes } from './avro-schema.ts';
import type { AvroEnum, AvroField, AvroRecord, AvroType } from './avro-schema.ts';

/** Why a reader's schema cannot read what a writer's schema wrote. */
export interface Breach {
  /** Field names from the record down; empty for the record itself. */
  readonly field: string;
  readonly reason: string;
}

const promotions: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};

/**
 * Avro's rules of schema resolution (specification, "Schema Resolution") for the shapes that contracts use, and one
 * more: logical types must agree, since Avro would read a decimal of another scale without a word.
 */
export function breaches(reader: AvroRecord, writer: AvroRecord): Breach[] {
  const scope = { reader: definitions(reader), writer: definitions(writer) };
  return compare(reader, writer, '', scope);
}

interface Scope {
  readonly reader: ReadonlyMap<string, AvroType>;
  readonly writer: ReadonlyMap<string, AvroType>;
}

function compare(readerType: AvroType, writerType: AvroType, field: string, scope: Scope): Breach[] {
  const reader = resolved(readerType, scope.reader);
  const writer = resolved(writerType, scope.writer);
  if (isUnion(writer)) return writer.flatMap((branch) => compare(reader, branch, field, scope));
  if (isUnion(reader)) return compareUnion(reader, writer, field, scope);
  if (isRecord(reader) && isRecord(writer)) return compareRecords(reader, writer, field, scope);
  if (isEnum(reader) && isEnum(writer)) return compareEnums(reader, writer, field);
  if (isArray(reader) && isArray(writer)) return compare(reader.items, writer.items, field, scope);
  return compareScalars(reader, writer, field);
}

function compareUnion(reader: readonly AvroType[], writer: AvroType, field: string, scope: Scope): Breach[] {
  const attempts = reader.map((branch) => compare(branch, writer, field, scope));
  if (attempts.some((found) => found.length === 0)) return [];
  if (writer === 'null') return [{ field, reason: 'null is no longer read' }];
  return attempts[reader.findIndex((branch) => branch !== 'null')] ?? [{ field, reason: 'no branch reads it' }];
}

function compareRecords(reader: AvroRecord, writer: AvroRecord, path: string, scope: Scope): Breach[] {
  if (reader.name !== writer.name) return [{ field: path, reason: `${writer.name} is not read as ${reader.name}` }];
  const written = new Map(writer.fields.map((field) => [field.name, field]));
  return reader.fields.flatMap((field) => compareField(field, written.get(field.name), path, scope));
}

function compareField(reader: AvroField, writer: AvroField | undefined, path: string, scope: Scope): Breach[] {
  const field = path === '' ? reader.name : `${path}.${reader.name}`;
  if (writer !== undefined) return compare(reader.type, writer.type, field, scope);
  return 'default' in reader ? [] : [{ field, reason: 'is not written, and the reader has no default for it' }];
}

function compareEnums(reader: AvroEnum, writer: AvroEnum, field: string): Breach[] {
  if (reader.name !== writer.name) return [{ field, reason: `enum ${writer.name} is not read as ${reader.name}` }];
  const unknown = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
  if (unknown.length === 0 || reader.default !== undefined) return [];
  return [{ field, reason: `the reader knows no ${unknown.join(', ')} and has no default symbol` }];
}

function compareScalars(reader: AvroType, writer: AvroType, field: string): Breach[] {
  const [reads, wrote] = [scalarText(reader), scalarText(writer)];
  if (reads === wrote) return [];
  const promoted = typeof reader === 'string' && typeof writer === 'string' && promotions[writer]?.includes(reader);
  return promoted ? [] : [{ field, reason: `${wrote} is not read as ${reads}` }];
}

function scalarText(type: AvroType): string {
  if (typeof type === 'string') return type;
  if (isUnion(type)) return type.map(scalarText).join(' or ');
  if (isRecord(type) || isEnum(type)) return `${type.type} ${type.name}`;
  if (isArray(type)) return `list of ${scalarText(type.items)}`;
  const { logicalType, precision, scale } = type;
  return logicalType === 'decimal' ? `decimal(${precision},${scale})` : (logicalType ?? type.type);
}

function resolved(type: AvroType, definitions: ReadonlyMap<string, AvroType>): AvroType {
  return typeof type === 'string' ? (definitions.get(type.slice(type.lastIndexOf('.') + 1)) ?? type) : type;
}

function definitions(record: AvroRecord): Map<string, AvroType> {
  return new Map(namedTypes(record).map((type) => [type.name, type]));
}
