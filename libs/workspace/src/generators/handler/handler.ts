import { join } from 'node:path';
import { formatFiles, generateFiles, names, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addToCanvas } from '../canvas.ts';
import { CatalogueFile } from '../catalogue-file.ts';
import { generateContracts } from '../generate-contracts.ts';
import { exampleOf } from './example.ts';
import { findSchema } from './record-schema.ts';

/** What `nx g @wardline/workspace:handler` asks for. */
export interface HandlerOptions {
  /** The use case, verb first, kebab-case: folder, file and class are named after it. */
  readonly name: string;
  readonly service: string;
  /** The record that it takes. */
  readonly event: string;
  readonly rule: string;
}

/** Writes handler, decision and specs, lists the handler in the module, and makes the service a reader of the topic. */
export async function handler(tree: Tree, options: HandlerOptions): Promise<GeneratorCallback> {
  const root = `apps/${options.service}`;
  if (!tree.exists(`${root}/package.json`)) {
    throw new Error(`${root} is missing: make the service first, with nx g @wardline/workspace:service`);
  }
  const { className, propertyName } = names(options.name);
  if (tree.exists(`${root}/src/${options.name}`)) throw new Error(`${root}/src/${options.name} exists already`);
  const schema = findSchema(tree, options.event);
  generateFiles(tree, join(import.meta.dirname, 'files'), `${root}/src/${options.name}`, {
    ...options,
    className,
    propertyName,
    example: exampleOf(schema),
    tmpl: '',
  });
  list(tree, `${root}/src/${options.service}.module.ts`, className, options.name);
  subscribe(tree, `${schema.namespace}.${schema.name}`, options.service);
  await formatFiles(tree);
  return generateContracts(tree);
}

/** Adds the handler to the `handlers = [...]` of the module, and imports it. */
function list(tree: Tree, path: string, className: string, name: string): void {
  const module = tree.read(path, 'utf8') ?? '';
  const found = /(handlers\b[^=\n]*= \[)([^\]]*)\]/.exec(module);
  if (found === null) throw new Error(`${path} has no "handlers = [...]": list ${className} there by hand`);
  const listed = found[2]!.split(',').map((entry) => entry.trim());
  const all = [...listed.filter((entry) => entry !== ''), className].join(', ');
  const line = `import { ${className} } from './${name}/${name}.handler.js';\n`;
  tree.write(path, module.replace(found[0], `${found[1]}${all}]`).replace(/\n\n/, `\n${line}\n`));
}

function subscribe(tree: Tree, record: string, service: string): void {
  const catalogue = new CatalogueFile(tree);
  const topics = catalogue.topicsOf(record);
  if (topics.some((topic) => catalogue.list(topic, 'readers').includes(service))) return;
  const [topic, ...others] = topics;
  if (topic === undefined || others.length > 0) {
    const found = topics.map((entry) => catalogue.nameOf(entry)).join(', ') || 'none';
    throw new Error(
      `${record} is on these topics: ${found}. Name ${service} among the readers of the right one first.`,
    );
  }
  catalogue.append(topic, 'readers', service);
  catalogue.save();
  addToCanvas(tree, service, 'Consumes', catalogue.nameOf(topic));
}
