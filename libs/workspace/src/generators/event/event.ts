import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addToCanvas } from '../canvas.ts';
import { CatalogueFile } from '../catalogue-file.ts';
import { generateContracts } from '../generate-contracts.ts';

/** What `nx g @wardline/workspace:event` asks for. */
export interface EventOptions {
  /** The record's name, past tense. */
  readonly name: string;
  readonly topic: string;
  /** The service that publishes it; owner of the topic when that is new. */
  readonly writer: string;
  readonly doc: string;
  /** Key of a new topic. */
  readonly key?: string;
}

interface Field {
  readonly name: string;
  readonly type: unknown;
  readonly doc: string;
}

/** Where the six header fields are copied from, so that their words stand in one place. */
const model = 'schemas/inventory/StockMoved.avsc';
const header = ['eventId', 'occurredAt', 'recordedAt', 'source', 'correlationId', 'causationId'];

/** Writes the schema with the six header fields and one of its own, and enters it in the catalogue. */
export async function event(tree: Tree, options: EventOptions): Promise<GeneratorCallback> {
  const domain = options.topic.split('.')[0]!;
  const path = `schemas/${domain}/${options.name}.avsc`;
  if (tree.exists(path)) throw new Error(`${path} exists already: a schema is changed in its file, not generated anew`);
  tree.write(path, `${JSON.stringify(schema(tree, domain, options), null, 2)}\n`);
  enter(new CatalogueFile(tree), `org.wardline.${domain}.${options.name}`, options);
  addToCanvas(tree, options.writer, 'Publishes', options.topic);
  await formatFiles(tree);
  return generateContracts(tree);
}

function schema(tree: Tree, domain: string, { name, doc, topic }: EventOptions): Record<string, unknown> {
  const aggregate = topic.split('.')[1]!;
  const id = `${aggregate.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Id`;
  return {
    type: 'record',
    name,
    namespace: `org.wardline.${domain}`,
    doc,
    fields: [
      ...headerFields(tree),
      { name: id, type: 'string', doc: `Which ${aggregate} it is about. Example: A-1017.` },
    ],
  };
}

function headerFields(tree: Tree): Field[] {
  const text = tree.read(model, 'utf8');
  if (text === null) throw new Error(`${model} is missing: the header fields are copied from it`);
  return (JSON.parse(text) as { fields: Field[] }).fields.filter(({ name }) => header.includes(name));
}

function enter(catalogue: CatalogueFile, record: string, { topic, writer, doc, key }: EventOptions): void {
  const entry = catalogue.topic(topic);
  if (entry === null) {
    catalogue.add({
      name: topic,
      owner: writer,
      purpose: doc,
      key: key ?? '<aggregate id>',
      partitions: 3,
      retention: 'forever',
      records: [record],
      writers: [writer],
      readers: ['subscribers'],
      dataClass: 'internal',
      target: 'Within 1 second.',
    });
  } else {
    catalogue.append(entry, 'records', record);
    catalogue.append(entry, 'writers', writer);
  }
  catalogue.save();
}
