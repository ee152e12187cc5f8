import type { Tree } from '@nx/devkit';

/** An Avro type as the schemas of this repository use them. */
export type AvroType = string | readonly AvroType[] | AvroObject;

/** An Avro type that is written as an object. */
export interface AvroObject {
  readonly type: string;
  readonly logicalType?: string;
  readonly name?: string;
  readonly symbols?: readonly string[];
  readonly items?: AvroType;
  readonly fields?: readonly AvroField[];
}

/** One field of a record. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
}

/** A record that has a file of its own. */
export interface RecordSchema {
  readonly name: string;
  readonly namespace: string;
  readonly fields: readonly AvroField[];
}

/** The schema of a record by its short name; throws when no domain has it. */
export function findSchema(tree: Tree, record: string): RecordSchema {
  const folder = tree.children('schemas').find((domain) => tree.exists(`schemas/${domain}/${record}.avsc`));
  if (folder === undefined) {
    throw new Error(`No schemas/<domain>/${record}.avsc: make the event first, with nx g @wardline/workspace:event`);
  }
  return JSON.parse(tree.read(`schemas/${folder}/${record}.avsc`, 'utf8')!) as RecordSchema;
}
