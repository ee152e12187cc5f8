import { isArray, isEnum, isRecord, isUnion, namedTypes, visitFields } from './avro-schema.ts';
import type { AvroEnum, AvroField, AvroRecord, AvroType } from './avro-schema.ts';
import { lintCatalogue } from './catalogue-lint.ts';
import type { Contracts, SchemaFile } from './contract-files.ts';

const headerFields = ['eventId', 'occurredAt', 'recordedAt', 'source', 'correlationId', 'causationId'];
const primitives = new Set(['string', 'boolean', 'int', 'long', 'double']);
const logicalBases: Readonly<Record<string, string>> = {
  uuid: 'string',
  'timestamp-millis': 'long',
  date: 'int',
  decimal: 'bytes',
};
/** Quantities, money, and factors between units; another shape would be a second truth about the same thing. */
const decimalShapes = new Set(['18,6', '18,4', '28,12']);

/** Breaches of the rules of DESIGN part 4, one sentence each, beginning with the file and the field. */
export function lintContracts(contracts: Contracts): string[] {
  return [...contracts.schemas.flatMap(lintSchema), ...lintNamedTypes(contracts.schemas), ...lintCatalogue(contracts)];
}

function lintSchema(file: SchemaFile): string[] {
  const { schema, path } = file;
  if (!isRecord(schema)) return [`${path}: is not a record; one record per file`];
  const faults = [...lintPlace(file), ...lintHeader(schema)];
  if (!schema.doc) faults.push('has no doc');
  visitFields(schema, (field, at) => {
    const where = at.join('.');
    faults.push(...lintField(field, schema).map((fault) => `${where} ${fault}`));
  });
  faults.push(...namedTypes(schema).filter(isEnum).flatMap(lintEnum));
  return faults.map((fault) => `${path}: ${fault}`);
}

function lintPlace({ path, domain, schema }: SchemaFile): string[] {
  const faults: string[] = [];
  if (schema.namespace !== `org.wardline.${domain}`) {
    faults.push(`namespace ${schema.namespace} should be org.wardline.${domain}, after its folder`);
  }
  if (!path.endsWith(`/${schema.name}.avsc`)) faults.push(`record ${schema.name} should stand in ${schema.name}.avsc`);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(schema.name)) faults.push(`record ${schema.name} should be in PascalCase`);
  return faults;
}

function lintHeader(schema: AvroRecord): string[] {
  const first = schema.fields.slice(0, headerFields.length).map((field) => field.name);
  if (first.join() === headerFields.join()) return [];
  return [`begins with ${first.join(', ')}; every record begins with ${headerFields.join(', ')}`];
}

function lintField(field: AvroField, record: AvroRecord): string[] {
  const faults = lintType(field.type, record);
  if (!/^[a-z][A-Za-z0-9]*$/.test(field.name)) faults.push('should be in camelCase');
  if (!field.doc?.includes('Example: ')) faults.push('has no doc with its meaning and "Example: "');
  if (isUnion(field.type) && field.default !== null) faults.push('is optional and its default must be null');
  if (field.sensitivity !== undefined && !['personal', 'bank'].includes(field.sensitivity)) {
    faults.push(`has the sensitivity ${field.sensitivity}; only personal and bank are known`);
  }
  return faults;
}

function lintType(type: AvroType, record: AvroRecord): string[] {
  if (typeof type === 'string') {
    const known = primitives.has(type) || namedTypes(record).some((named) => named.name === type);
    return known ? [] : [`has the type ${type}; use ${[...primitives].join(', ')} or a type defined before it`];
  }
  if (isUnion(type)) {
    const [first, second] = type;
    if (type.length !== 2 || first !== 'null' || second === undefined) return ['is a union other than ["null", T]'];
    return isUnion(second) ? ['is a union inside a union'] : lintType(second, record);
  }
  if (isArray(type)) return isUnion(type.items) ? ['is a list of unions'] : lintType(type.items, record);
  if (isRecord(type) || isEnum(type)) return type.doc ? [] : [`defines ${type.name} without a doc`];
  return lintLogical(type);
}

function lintLogical(type: Extract<AvroType, { logicalType: string }>): string[] {
  const base = logicalBases[type.logicalType];
  if (base === undefined) return [`has the type ${JSON.stringify(type)}, which contracts do not use`];
  if (type.type !== base) return [`puts ${type.logicalType} on ${type.type}; it belongs on ${base}`];
  if (type.logicalType !== 'decimal' || decimalShapes.has(`${type.precision},${type.scale}`)) return [];
  return [`is decimal(${type.precision},${type.scale}); quantities are (18,6), money (18,4), factors (28,12)`];
}

function lintEnum(type: AvroEnum): string[] {
  if (type.default !== undefined && type.symbols.includes(type.default)) return [];
  return [`enum ${type.name} has no default symbol; readers of an older version need one for symbols to come`];
}

/** TypeScript exports flat names, and Avro names a type once per namespace: the same name must be the same type. */
function lintNamedTypes(files: readonly SchemaFile[]): string[] {
  const seen = new Map<string, { path: string; namespace: string; text: string }>();
  const faults: string[] = [];
  for (const { path, domain, schema } of files) {
    for (const type of namedTypes(schema)) {
      const text = JSON.stringify(type);
      const before = seen.get(type.name);
      if (before === undefined) seen.set(type.name, { path, namespace: domain, text });
      else if (before.namespace !== domain)
        faults.push(`${path}: ${type.name} is also a type of ${before.path}; name it apart`);
      else if (before.text !== text)
        faults.push(`${path}: ${type.name} differs from the one in ${before.path}; make them the same`);
    }
  }
  return faults;
}
