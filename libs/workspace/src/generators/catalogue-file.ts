import type { Tree } from '@nx/devkit';
import { isMap, isSeq, parseDocument, type Document, type YAMLMap } from 'yaml';

const path = 'schemas/catalogue.yaml';

/** schemas/catalogue.yaml while it is being changed; what it says elsewhere, comments included, stays as it is. */
export class CatalogueFile {
  private readonly tree: Tree;
  private readonly document: Document;

  constructor(tree: Tree) {
    this.tree = tree;
    const text = tree.read(path, 'utf8');
    if (text === null) throw new Error(`${path} is missing: run the generator at the root of the repository`);
    this.document = parseDocument(text);
  }

  /** The entry of a topic; null when there is none. */
  topic(name: string): YAMLMap | null {
    return this.entries().find((entry) => entry.get('name') === name) ?? null;
  }

  /** The topics that carry a record, by its full name. */
  topicsOf(record: string): YAMLMap[] {
    return this.entries().filter((entry) => this.list(entry, 'records').includes(record));
  }

  add(entry: Readonly<Record<string, unknown>>): void {
    const node = this.document.createNode(entry);
    for (const list of ['records', 'writers', 'readers']) (node.get(list) as { flow?: boolean }).flow = true;
    this.document.addIn(['topics'], node);
  }

  /** Adds a value to a list of an entry, unless it stands there already. */
  append(entry: YAMLMap, list: string, value: string): void {
    if (!this.list(entry, list).includes(value)) entry.addIn([list], value);
  }

  save(): void {
    this.tree.write(path, this.document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  }

  /** A list of an entry: records, writers or readers. */
  list(entry: YAMLMap, list: string): unknown[] {
    const node = entry.get(list);
    return isSeq(node) ? node.toJSON() : [];
  }

  nameOf(entry: YAMLMap): string {
    return String(entry.get('name'));
  }

  private entries(): YAMLMap[] {
    const topics = this.document.get('topics');
    return isSeq(topics) ? topics.items.filter((item) => isMap(item)) : [];
  }
}
