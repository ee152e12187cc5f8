import { valueError } from '../odoo-error.js';
import type { Value } from './field.js';

/** A parsed domain. */
export type Domain =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Domain[] }
  | { readonly kind: 'not'; readonly part: Domain }
  | { readonly kind: 'constant'; readonly value: boolean }
  | Condition;

/** One comparison: a dotted path, an operator, a value. */
export interface Condition {
  readonly kind: 'condition';
  readonly path: string;
  readonly operator: string;
  readonly value: Value;
}

const operators = new Set(
  ['=', '!=', '<>', '==', '<', '>', '<=', '>=', '=?', 'in', 'not in', 'like', 'not like', 'ilike', 'not ilike'].concat([
    '=like',
    '=ilike',
    'not =like',
    'not =ilike',
    'child_of',
    'parent_of',
    'any',
    'not any',
  ]),
);

/** Everything. */
export const everything: Domain = { kind: 'constant', value: true };

/** A condition, for domains written in code. */
export const condition = (path: string, operator: string, value: Value): Condition => ({
  kind: 'condition',
  path,
  operator,
  value,
});

/** All of them. */
export const allOf = (...parts: Domain[]): Domain =>
  parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };

/**
 * Reads Odoo's prefix notation (`&`, `|`, `!` before their operands, `&` understood between neighbours).
 * @throws ValueError of Odoo (500) for anything malformed
 */
export function parseDomain(input: Value): Domain {
  if (input === undefined || input === null || input === false) return everything;
  if (!Array.isArray(input)) throw valueError(`Domain() invalid item in domain: ${python(input)}`);
  const stack: Domain[] = [];
  for (const item of [...input].reverse()) stack.push(reduce(item, stack, input));
  return allOf(...stack.reverse());
}

function reduce(item: Value, stack: Domain[], whole: Value): Domain {
  if (item === '!') return { kind: 'not', part: operand(stack, whole) };
  if (item === '&' || item === '|') {
    const left = operand(stack, whole);
    const right = operand(stack, whole);
    return { kind: item === '&' ? 'and' : 'or', parts: [left, right] };
  }
  if (!Array.isArray(item) || item.length !== 3) throw valueError(`Domain() invalid item in domain: ${python(item)}`);
  return leaf(item);
}

function leaf([path, operator, value]: Value[]): Domain {
  if (typeof path === 'number' && typeof value === 'number' && operator === '=') {
    return { kind: 'constant', value: path === value };
  }
  if (typeof path !== 'string' || typeof operator !== 'string') {
    throw valueError(`Domain() invalid item in domain: ${python([path, operator, value])}`);
  }
  const known = operator.toLowerCase();
  if (!operators.has(known))
    throw valueError(`Invalid operator in condition ${describe(condition(path, operator, value))}`);
  return condition(path, known === '<>' ? '!=' : known === '==' ? '=' : known, value);
}

function operand(stack: Domain[], whole: Value): Domain {
  const part = stack.pop();
  if (!part) throw valueError(`Domain() malformed domain ${python(whole)}`);
  return part;
}

/** True when the domain itself compares this field (not one behind a path). */
export function mentions(domain: Domain, field: string): boolean {
  if (domain.kind === 'condition') return domain.path === field;
  if (domain.kind === 'not') return mentions(domain.part, field);
  return domain.kind !== 'constant' && domain.parts.some((part) => mentions(part, field));
}

/** A condition as Odoo prints it in its errors. */
export const describe = ({ path, operator, value }: Condition): string =>
  `('${path}', '${operator}', ${python(value)})`;

/** A value as Python prints it. */
export function python(value: Value): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
