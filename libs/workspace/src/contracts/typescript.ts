import { isArray, isEnum, isRecord, isUnion, namedTypes, visitFields } from './avro-schema.ts';
import type { AvroEnum, AvroField, AvroRecord, AvroType } from './avro-schema.ts';
import type { SchemaFile } from './contract-files.ts';

const banner =
  '// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.\n';

const primitives: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'bigint',
  float: 'number',
  double: 'number',
  bytes: 'Buffer',
};

const logicals: Readonly<Record<string, string>> = {
  uuid: 'EventId',
  'timestamp-millis': 'Date',
  date: 'LocalDate',
  decimal: 'Decimal',
};

/** The TypeScript type of an Avro type; the mapping is fixed by `libs/event-contracts`. */
export function typeText(type: AvroType): string {
  if (typeof type === 'string') return primitives[type] ?? simpleName(type);
  if (isUnion(type)) return `${typeText(type.find((branch) => branch !== 'null') ?? 'null')} | null`;
  if (isRecord(type) || isEnum(type)) return type.name;
  if (isArray(type)) return `readonly ${typeText(type.items)}[]`;
  return logicals[type.logicalType] ?? 'unknown';
}

/** The generated module of one domain: its nested types once, then an interface and a record type per schema. */
export function domainModule(files: readonly SchemaFile[]): string {
  const events = new Set(files.map((file) => file.schema.name));
  const nested = new Map<string, AvroRecord | AvroEnum>();
  for (const type of files.flatMap((file) => namedTypes(file.schema))) {
    if (!events.has(type.name)) nested.set(type.name, type);
  }
  const blocks = [
    ...[...nested.values()].map((type) => (isEnum(type) ? enumText(type) : interfaceText(type))),
    ...files.map((file) => interfaceText(file.schema) + '\n' + recordTypeText(file.schema)),
  ];
  return `${banner}${imports(blocks.join('\n'))}\n${blocks.join('\n')}`;
}

/** Names that a domain module exports: types only, and those that are also values. */
export function exportedNames(files: readonly SchemaFile[]): { types: string[]; values: string[] } {
  const values = files.map((file) => file.schema.name);
  const all = new Set(files.flatMap((file) => namedTypes(file.schema).map((type) => type.name)));
  return { types: [...all].filter((name) => !values.includes(name)).sort(), values: values.sort() };
}

/** Fields of a record that carry a sensitivity mark. */
export function sensitiveFields(record: AvroRecord): { path: readonly string[]; sensitivity: string }[] {
  const found: { path: readonly string[]; sensitivity: string }[] = [];
  visitFields(record, (field, path) => {
    if (field.sensitivity !== undefined) found.push({ path, sensitivity: field.sensitivity });
  });
  return found;
}

/** A text as a single-quoted TypeScript literal. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}

/** A generated module begins with this. */
export { banner };

function imports(body: string): string {
  const decimal = /\bDecimal\b/.test(body) ? "import type { Decimal } from 'decimal.js';\n" : '';
  const ids = /: EventId\b/.test(body) ? "import type { EventId } from '../event-id.js';\n" : '';
  const dates = /: LocalDate\b/.test(body) ? "import type { LocalDate } from '../local-date.js';\n" : '';
  return `${decimal}${ids}${dates}import type { RecordType } from '../record-type.js';\n`;
}

function interfaceText(record: AvroRecord): string {
  const fields = record.fields.map(fieldText).join('\n');
  return `${comment(record.doc ?? '', '')}export interface ${record.name} {\n${fields}}\n`;
}

function fieldText(field: AvroField): string {
  return `${comment(field.doc ?? '', '  ')}  readonly ${field.name}: ${typeText(field.type)};\n`;
}

function enumText(type: AvroEnum): string {
  const symbols = type.symbols.map((symbol) => `'${symbol}'`);
  const line = `export type ${type.name} = ${symbols.join(' | ')};`;
  const text = line.length <= 120 ? line : `export type ${type.name} =\n${symbols.map((s) => `  | ${s}`).join('\n')};`;
  return `${comment(type.doc ?? '', '')}${text}\n`;
}

function recordTypeText(record: AvroRecord): string {
  return (
    `export const ${record.name}: RecordType<${record.name}> = {\n` +
    `  fullName: '${record.namespace}.${record.name}',\n` +
    `  schema:\n    ${literal(JSON.stringify(record))},\n};\n`
  );
}

function comment(text: string, indent: string): string {
  if (text === '') return '';
  const safe = text.replaceAll('*/', '* /');
  const short = `${indent}/** ${safe} */`;
  if (short.length <= 120) return `${short}\n`;
  return `${indent}/**\n${wrap(safe, 117 - indent.length)
    .map((line) => `${indent} * ${line}\n`)
    .join('')}${indent} */\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
