import { notFound, valueError } from '../odoo-error.js';
import type { Env } from './environment.js';
import { datetime, integer, many2one, type Field, type FieldDefinition, type Value, type Values } from './field.js';

/** A method that may be called from outside. */
export interface Method {
  /** Argument names in Odoo's order; a trailing `!` marks a required one. */
  readonly parameters: readonly string[];
  /** `model` methods refuse ids. */
  readonly on: 'records' | 'model';
  run(env: Env, ids: number[], args: Record<string, Value>): Promise<unknown>;
}

/** What happens around the generic create, write and unlink of a model; each sees whole batches. */
export interface Hooks {
  beforeCreate?(env: Env, records: Values[]): Promise<void>;
  afterCreate?(env: Env, ids: number[], records: readonly Values[]): Promise<void>;
  beforeWrite?(env: Env, ids: number[], values: Values): Promise<void>;
  afterWrite?(env: Env, ids: number[], values: Values): Promise<void>;
  beforeUnlink?(env: Env, ids: number[]): Promise<void>;
  afterUnlink?(env: Env, ids: number[]): Promise<void>;
}

/** A model as its author writes it. */
export interface ModelDefinition {
  readonly name: string;
  readonly label: string;
  readonly fields: Record<string, FieldDefinition>;
  readonly order?: string;
  /** SQL of the display name over the alias; `name` unless told. */
  readonly displayName?: (alias: string) => string;
  /** Fields that a search by name looks into. */
  readonly searchNames?: readonly string[];
  /** The many2one that makes the tree, for `child_of`; needs a `parent_path` column. */
  readonly parent?: string;
  /** Odoo's `_inherits`: the model whose fields show through, and the link to it. */
  readonly inherits?: { readonly model: string; readonly link: string };
  /** Its rows are many and made of links: they are kept whole as `document-links.ts` says. */
  readonly isDocument?: boolean;
  readonly unique?: readonly { readonly columns: readonly string[]; readonly message: string }[];
  readonly indexes?: readonly (readonly string[])[];
  readonly hooks?: Hooks;
  readonly methods?: Record<string, Method>;
}

/** A model with its complete fields. */
export interface Model extends Omit<ModelDefinition, 'fields'> {
  readonly table: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly order: string;
  readonly displayName: (alias: string) => string;
}

const logFields: Record<string, FieldDefinition> = {
  id: integer('ID', { readonly: true }),
  create_uid: many2one('res.users', 'Created by', { readonly: true }),
  create_date: datetime('Created on', { readonly: true }),
  write_uid: many2one('res.users', 'Last Updated by', { readonly: true }),
  write_date: datetime('Last Updated on', { readonly: true, index: true }),
};

/** Every model that the simulator knows. */
export class Models {
  private readonly byName = new Map<string, Model>();

  constructor(definitions: readonly ModelDefinition[]) {
    for (const definition of definitions) this.byName.set(definition.name, complete(definition, definitions));
  }

  /** The model, or Odoo's 404. */
  get(name: string): Model {
    const model = this.byName.get(name);
    if (!model) throw notFound(`the model '${name}' does not exist`);
    return model;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  all(): Model[] {
    return [...this.byName.values()];
  }
}

/** The field, or Odoo's complaint about it. */
export function fieldOf(model: Model, name: string): Field {
  const field = model.fields.get(name);
  if (!field) throw valueError(`Invalid field '${name}' on '${model.name}'`);
  return field;
}

function complete(definition: ModelDefinition, all: readonly ModelDefinition[]): Model {
  const displayName = definition.displayName ?? ((alias: string) => `${alias}."name"`);
  const own: Record<string, FieldDefinition> = {
    ...inheritedFields(definition, all),
    ...definition.fields,
    ...logFields,
    display_name: { type: 'char', label: 'Display Name', readonly: true, sql: displayName },
  };
  const fields = new Map(Object.entries(own).map(([name, field]) => [name, { name, ...field }]));
  const table = definition.name.replaceAll('.', '_');
  return { ...definition, table, fields, displayName, order: definition.order ?? 'id' };
}

function inheritedFields(
  definition: ModelDefinition,
  all: readonly ModelDefinition[],
): Record<string, FieldDefinition> {
  const { inherits } = definition;
  if (!inherits) return {};
  const parent = all.find((other) => other.name === inherits.model);
  const shown = Object.entries(parent?.fields ?? {}).map(([name, field]): [string, FieldDefinition] => {
    const { sql: _sql, required: _required, default: _default, digits: _digits, ...rest } = field;
    return [name, { ...rest, related: `${inherits.link}.${name}`, writable: true }];
  });
  return Object.fromEntries(shown);
}
