import { join } from 'node:path';
import { formatFiles, generateFiles, names, updateJson, type GeneratorCallback, type Tree } from '@nx/devkit';
import { isMap, isSeq, parseDocument } from 'yaml';
import { CatalogueFile } from '../catalogue-file.ts';
import { generateContracts } from '../generate-contracts.ts';

/** What `nx g @wardline/workspace:service` asks for. */
export interface ServiceOptions {
  readonly name: string;
  /** What the service owns, in one sentence. */
  readonly job: string;
  /** Local HTTP port; the next free one when absent. */
  readonly port?: number;
}

const chart = 'helm/wardline/values.yaml';
const firstPort = 18_101;
const withoutOwnPort = new Set(['odoo-simulator', 'wardline-cli']);

/** Writes a service that starts, is ready and takes nothing yet: add handlers with `nx g @wardline/workspace:handler`. */
export async function service(tree: Tree, options: ServiceOptions): Promise<GeneratorCallback> {
  const root = `apps/${options.name}`;
  if (tree.exists(`${root}/package.json`)) throw new Error(`${root} exists already: choose another name`);
  generateFiles(tree, join(import.meta.dirname, 'files'), root, {
    ...options,
    className: names(options.name).className,
    port: options.port ?? nextPort(tree),
    versions: versionsOf(tree),
    tmpl: '',
  });
  updateJson<{ references: { path: string }[] }>(tree, 'tsconfig.json', (config) => ({
    ...config,
    references: [...config.references, { path: `./${root}` }],
  }));
  addToChart(tree, options.name);
  letRaiseExceptions(tree, options.name);
  await formatFiles(tree);
  return generateContracts(tree);
}

/** Any service may have to park a message, and takes what people decide about it. */
function letRaiseExceptions(tree: Tree, name: string): void {
  const catalogue = new CatalogueFile(tree);
  const append = (topicName: string, ...lists: readonly string[]): void => {
    const topic = catalogue.topic(topicName);
    if (topic === null) throw new Error(`schemas/catalogue.yaml has no topic ${topicName}`);
    for (const list of lists) catalogue.append(topic, list, name);
  };
  append('operations.exception', 'writers');
  append('operations.intervention', 'writers', 'readers');
  catalogue.save();
}

/** Exact versions, as the other services have them. */
function versionsOf(tree: Tree): Record<string, string> {
  const manifest = JSON.parse(tree.read('package.json', 'utf8')!) as { dependencies: Record<string, string> };
  return manifest.dependencies;
}

function nextPort(tree: Tree): number {
  const services = tree.children('apps').filter((name) => !withoutOwnPort.has(name));
  return firstPort + services.length;
}

function addToChart(tree: Tree, name: string): void {
  const text = tree.read(chart, 'utf8');
  if (text === null) return;
  const document = parseDocument(text);
  const services = document.get('services');
  if (!isSeq(services)) throw new Error(`${chart} has no list named "services"`);
  if (services.items.some((item) => isMap(item) && item.get('name') === name)) return;
  document.addIn(['services'], document.createNode({ name }));
  tree.write(chart, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}
