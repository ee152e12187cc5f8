import type { CatalogueTopic, Contracts, SchemaFile } from './contract-files.ts';
import { fullName } from './contract-files.ts';
import { banner, exportedNames, literal, sensitiveFields } from './typescript.ts';

/** The generated `catalogue.ts`: topic names, the catalogue, every record type by name, and what is sensitive. */
export function catalogueModule({ schemas, topics }: Contracts): string {
  const nameOf = new Map(schemas.map((file) => [fullName(file), file.schema.name]));
  return [
    banner,
    imports(schemas),
    "import type { RecordType, SensitiveField } from '../record-type.js';\n",
    "import type { TopicContract } from '../topic-contract.js';\n",
    '\n/** Every topic by a name that the compiler knows. */\nexport const Topic = {\n',
    ...topics.map((topic) => `  ${constantName(topic.name)}: '${topic.name}',\n`),
    '} as const;\n\n/** Name of a topic of the catalogue. */\nexport type TopicName = (typeof Topic)[keyof typeof Topic];\n',
    '\n/** Every topic with its promises, in the order of schemas/catalogue.yaml. */\n',
    'export const catalogue: readonly TopicContract[] = [\n',
    ...topics.map((topic) => topicText(topic, nameOf)),
    '];\n\n/** Every record type by its full name. */\n',
    'export const recordTypes: ReadonlyMap<string, RecordType<unknown>> = new Map<string, RecordType<unknown>>([\n',
    ...schemas.map((file) => `  [${file.schema.name}.fullName, ${file.schema.name}],\n`),
    ']);\n\n/** Fields that can identify a person or a bank account, by the full name of their record. */\n',
    'export const sensitivity: ReadonlyMap<string, readonly SensitiveField[]> = new Map<string, readonly SensitiveField[]>([\n',
    ...schemas.flatMap(sensitivityText),
    ']);\n',
  ].join('');
}

/** The generated `index.ts` of `libs/event-contracts`: what is written by hand there, then every generated name. */
export function indexModule(domains: ReadonlyMap<string, readonly SchemaFile[]>): string {
  const generated = [...domains].map(([domain, files]) => {
    const { types, values } = exportedNames(files);
    const names = [...values, ...types.map((name) => `type ${name}`)];
    const line = `export { ${names.join(', ')} } from './generated/${domain}.js';\n`;
    if (line.length <= 121) return line;
    return `export {\n${names.map((name) => `  ${name},\n`).join('')}} from './generated/${domain}.js';\n`;
  });
  return [
    banner,
    "export { Decimal } from 'decimal.js';\n",
    "export { type EventId } from './event-id.js';\n",
    "export { isLocalDate, localDate, type LocalDate } from './local-date.js';\n",
    'export {\n  masked,\n  recordFromJson,\n  recordToJson,\n  recordToUnmaskedJson,\n',
    "  type RecordFromJson,\n  type WrongField,\n} from './record-json.js';\n",
    "export { type RecordType, type SensitiveField } from './record-type.js';\n",
    "export { personalFields, sensitiveFields } from './sensitivity.js';\n",
    "export { editNeedsApproval, topicContract, type DataClass, type TopicContract } from './topic-contract.js';\n",
    "export { catalogue, recordTypes, Topic, type TopicName } from './generated/catalogue.js';\n",
    ...generated,
  ].join('');
}

/** `clinical.consumption-receipt` as `ClinicalConsumptionReceipt`. */
export function constantName(topic: string): string {
  return topic
    .split(/[.-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function imports(schemas: readonly SchemaFile[]): string {
  const byDomain = new Map<string, string[]>();
  for (const file of schemas) byDomain.set(file.domain, [...(byDomain.get(file.domain) ?? []), file.schema.name]);
  return [...byDomain].map(([domain, names]) => `import { ${names.join(', ')} } from './${domain}.js';\n`).join('');
}

function topicText(topic: CatalogueTopic, nameOf: ReadonlyMap<string, string>): string {
  const list = (values: readonly string[]): string => `[${values.map(literal).join(', ')}]`;
  return [
    '  {\n',
    `    name: '${topic.name}',\n`,
    `    owner: ${literal(topic.owner)},\n`,
    `    purpose: ${literal(topic.purpose)},\n`,
    `    key: ${literal(topic.key)},\n`,
    `    partitions: ${topic.partitions},\n`,
    `    retention: ${literal(topic.retention)},\n`,
    `    records: [${topic.records.map((name) => nameOf.get(name)).join(', ')}],\n`,
    `    writers: ${list(topic.writers)},\n`,
    `    readers: ${list(topic.readers)},\n`,
    `    dataClass: ${literal(topic.dataClass)},\n`,
    `    target: ${literal(topic.target)},\n`,
    `    editApproval: [${(topic.editApproval ?? []).map((name) => nameOf.get(name)).join(', ')}],\n`,
    '  },\n',
  ].join('');
}

function sensitivityText(file: SchemaFile): string[] {
  const fields = sensitiveFields(file.schema);
  if (fields.length === 0) return [];
  const rows = fields.map(
    ({ path, sensitivity }) => `      { path: [${path.map(literal).join(', ')}], sensitivity: '${sensitivity}' },\n`,
  );
  return [`  [\n    ${file.schema.name}.fullName,\n    [\n`, ...rows, '    ],\n  ],\n'];
}
