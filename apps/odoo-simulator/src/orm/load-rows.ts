import { valueError } from '../odoo-error.js';
import type { Value } from './field.js';
import type { Model, Models } from './model.js';

/** A cell tree: values by column, `id` and `.id` for references, nested records for lists. */
export interface SheetRecord {
  /** Index of the first and the last row it was read from. */
  readonly from: number;
  readonly to: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** What stands in one field: a plain value, a reference by some key, or nested records. */
export type Cell =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'reference'; readonly by: 'id' | '.id'; readonly value: Value }
  | { readonly kind: 'records'; readonly records: readonly SheetRecord[] };

/** Splits `a/b/.id` columns. */
export const splitColumns = (columns: readonly string[]): string[][] => columns.map((column) => column.split('/'));

/**
 * Reads the rows of a `load` as records: a row that fills only list columns belongs to the record above it.
 * @throws ValueError (500) for a column that the model does not have
 */
export function recordsOf(
  models: Models,
  model: Model,
  paths: readonly (readonly string[])[],
  rows: readonly (readonly Value[])[],
  firstRow = 0,
): SheetRecord[] {
  for (const [first = ''] of paths) refuseUnknown(model, first);
  const isListColumn = paths.map(([first = '']) => model.fields.get(first)?.type === 'one2many');
  const records: SheetRecord[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && onlyLists(rows[end] ?? [], isListColumn)) end += 1;
    records.push(recordAt(models, model, paths, rows.slice(at, end), firstRow + at));
    at = end;
  }
  return records;
}

function refuseUnknown(model: Model, name: string): void {
  if (name !== 'id' && name !== '.id' && !model.fields.has(name)) throw valueError(`Invalid field name '${name}'`);
}

const isBlank = (value: Value): boolean => value === '' || value === false || value === null || value === undefined;

const onlyLists = (row: readonly Value[], isListColumn: readonly boolean[]): boolean =>
  row.some((value, at) => isListColumn[at] && !isBlank(value)) &&
  row.every((value, at) => isListColumn[at] || isBlank(value));

function recordAt(
  models: Models,
  model: Model,
  paths: readonly (readonly string[])[],
  rows: readonly (readonly Value[])[],
  firstRow: number,
): SheetRecord {
  const cells = new Map<string, Cell>();
  const lists = new Map<string, number[]>();
  paths.forEach(([first = '', second], at) => {
    const field = model.fields.get(first);
    const value = rows[0]?.[at];
    if (field?.type === 'one2many') lists.set(first, [...(lists.get(first) ?? []), at]);
    else if (second === 'id' || second === '.id')
      cells.set(first, { kind: 'reference', by: second, value: value ?? '' });
    else cells.set(first, { kind: 'value', value: value ?? '' });
  });
  for (const [name, columns] of lists) cells.set(name, nested(models, model, name, columns, paths, rows, firstRow));
  return { from: firstRow, to: firstRow + rows.length - 1, cells };
}

function nested(
  models: Models,
  model: Model,
  name: string,
  columns: readonly number[],
  paths: readonly (readonly string[])[],
  rows: readonly (readonly Value[])[],
  firstRow: number,
): Cell {
  const target = models.get(model.fields.get(name)?.relation ?? '');
  const subPaths = columns.map((at) => (paths[at] ?? []).slice(1));
  const subRows = rows.map((row) => columns.map((at) => row[at])).filter((row) => row.some((value) => !isBlank(value)));
  return { kind: 'records', records: recordsOf(models, target, subPaths, subRows, firstRow) };
}
