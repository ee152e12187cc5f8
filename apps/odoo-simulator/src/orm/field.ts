/** Odoo's field types as far as Wardline meets them. */
export type FieldType =
  | 'char'
  | 'text'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'many2one'
  | 'one2many'
  | 'many2many';

/** One field of a model. Without `sql` or `related`, and not a list, it is a column of the model's table. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly relation?: string;
  /** one2many: the many2one that points back. */
  readonly inverse?: string;
  readonly selection?: readonly (readonly [string, string])[];
  /** Name of the decimal precision that rounds the value. */
  readonly digits?: string;
  readonly default?: Value;
  /** Dotted path of the value this one mirrors. */
  readonly related?: string;
  /** Computed by the database: an SQL expression over the alias of the record. */
  readonly sql?: (alias: string) => string;
  readonly ondelete?: 'restrict' | 'cascade' | 'set null';
  /** Odoo refuses a record whose company differs from the one linked here. */
  readonly checkCompany?: boolean;
  readonly index?: boolean;
  /** A computed field that Odoo would also accept in a write. */
  readonly writable?: boolean;
}

/** What a field holds on its way in. */
export type Value = string | number | boolean | null | undefined | Value[] | { [key: string]: Value };
/** Values of a record by field name. */
export type Values = Record<string, Value>;

type Options = Partial<Omit<Field, 'name' | 'type' | 'label'>>;
/** A field before it has its name. */
export type FieldDefinition = Omit<Field, 'name'>;

const plain =
  (type: FieldType) =>
  (label: string, options: Options = {}): FieldDefinition => ({ type, label, ...options });

export const char = plain('char');
export const text = plain('text');
export const integer = plain('integer');
export const float = plain('float');
export const boolean = plain('boolean');
export const date = plain('date');
export const datetime = plain('datetime');

/** A choice; an entry is the stored value and its label. */
export const selection = (
  label: string,
  choices: readonly (readonly [string, string])[],
  options: Options = {},
): FieldDefinition => ({ type: 'selection', label, selection: choices, ...options });

export const many2one = (relation: string, label: string, options: Options = {}): FieldDefinition => ({
  type: 'many2one',
  label,
  relation,
  ...options,
});

export const one2many = (relation: string, inverse: string, label: string, options: Options = {}): FieldDefinition => ({
  type: 'one2many',
  label,
  relation,
  inverse,
  ...options,
});

export const many2many = (relation: string, label: string, options: Options = {}): FieldDefinition => ({
  type: 'many2many',
  label,
  relation,
  ...options,
});

/** True for one2many and many2many. */
export const isList = (field: Field): boolean => field.type === 'one2many' || field.type === 'many2many';

/** True when the field is a column of its model's own table. */
export const isColumn = (field: Field): boolean => !field.sql && !field.related && !isList(field);

/** A value as text; structures as JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
      ? String(value)
      : value === null || value === undefined
        ? ''
        : JSON.stringify(value);
