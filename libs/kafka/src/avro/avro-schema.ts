/** An Avro schema as JSON; what this library reads of it. */
export type AvroSchema = string | readonly AvroSchema[] | AvroNode;

/** An Avro schema object. */
export interface AvroNode {
  readonly type: AvroSchema;
  readonly name?: string;
  readonly namespace?: string;
  readonly aliases?: readonly string[];
  readonly fields?: readonly AvroField[];
  readonly symbols?: readonly string[];
  readonly default?: unknown;
  readonly items?: AvroSchema;
  readonly values?: AvroSchema;
  readonly size?: number;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** A field of an Avro record. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  readonly default?: unknown;
}

/** The types named so far while a schema is walked, so that a later mention of a name finds its definition. */
export class NamedTypes<T> {
  constructor(
    private readonly namespace = '',
    private readonly known = new Map<string, T>(),
  ) {}

  /** Remembers a named type; answers the scope of what is inside it. */
  define(node: AvroNode, value: T): NamedTypes<T> {
    const name = fullNameOf(node, this.namespace);
    this.known.set(name, value);
    return new NamedTypes<T>(name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '', this.known);
  }

  /** The type that a name stands for; throws when it is not defined before its use. */
  find(name: string): T {
    const found = this.known.get(name.includes('.') || this.namespace === '' ? name : `${this.namespace}.${name}`);
    if (found === undefined) throw new Error(`the schema uses the type ${name} without defining it`);
    return found;
  }
}

/** The full name of a named type, given the namespace around it. */
export function fullNameOf(node: AvroNode, around = ''): string {
  const name = node.name ?? '';
  if (name.includes('.')) return name;
  const namespace = node.namespace ?? around;
  return namespace === '' ? name : `${namespace}.${name}`;
}
