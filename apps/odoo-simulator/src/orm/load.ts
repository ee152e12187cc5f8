import { OdooError } from '../odoo-error.js';
import { create } from './create.js';
import { inOdooWords } from './database-error.js';
import type { Env } from './environment.js';
import type { Value } from './field.js';
import { References, type Trouble } from './load-references.js';
import { recordsOf, splitColumns, type SheetRecord } from './load-rows.js';
import { convert, type LoadedRecord } from './load-values.js';
import type { Model } from './model.js';
import { write } from './write.js';

/** What `load` answers; `ids` is false when anything was wrong, and then nothing was written. */
export interface LoadAnswer {
  readonly ids: number[] | false;
  readonly messages: Value[];
  readonly nextrow: number;
}

interface Prepared {
  readonly at: number;
  readonly sheet: SheetRecord;
  readonly record: LoadedRecord;
}

class Undo extends Error {}

/**
 * Odoo's import: creates or updates one record per row by its external id, all or nothing.
 * Troubles are answered as messages, not thrown.
 */
export async function load(
  env: Env,
  model: Model,
  columns: readonly string[],
  rows: readonly Value[][],
): Promise<LoadAnswer> {
  const sheets = recordsOf(env.models, model, splitColumns(columns), rows);
  const ids: number[] = [];
  const messages: Value[] = [];
  try {
    await env.tx.savepoint(async () => {
      for (const segment of withoutRepeats(sheets)) await loadSegment(env, model, segment, ids, messages);
      if (messages.length > 0) throw new Undo();
    });
    return { ids, messages: [], nextrow: 0 };
  } catch (error) {
    if (error instanceof Undo) return { ids: false, messages, nextrow: 0 };
    throw error;
  }
}

/** Splits so that an external id occurs once per part: the second occurrence updates what the first created. */
function withoutRepeats(sheets: readonly SheetRecord[]): { at: number; sheet: SheetRecord }[][] {
  const segments: { at: number; sheet: SheetRecord }[][] = [[]];
  let seen = new Set<Value>();
  sheets.forEach((sheet, at) => {
    const cell = sheet.cells.get('id');
    const externalId = cell?.kind === 'value' ? cell.value : undefined;
    if (externalId && seen.has(externalId)) {
      segments.push([]);
      seen = new Set();
    }
    seen.add(externalId);
    segments.at(-1)?.push({ at, sheet });
  });
  return segments;
}

async function loadSegment(
  env: Env,
  model: Model,
  segment: readonly { at: number; sheet: SheetRecord }[],
  ids: number[],
  messages: Value[],
): Promise<void> {
  const references = await References.of(
    env,
    model,
    segment.map(({ sheet }) => sheet),
  );
  const timeZone = typeof env.context['tz'] === 'string' ? env.context['tz'] : 'UTC';
  const prepared = segment.map(({ at, sheet }): Prepared => {
    const troubles: Trouble[] = [];
    const record = convert({ models: env.models, references, timeZone }, model, sheet, troubles);
    messages.push(...troubles.map((trouble) => message(at, sheet, trouble)));
    return { at, sheet, record };
  });
  const created = prepared.filter(({ record }) => target(references, model, record) === undefined);
  await storeAll(env, model, created, ids, messages);
  for (const one of prepared) {
    const id = target(references, model, one.record);
    if (id === undefined) continue;
    ids[one.at] = id;
    await attempt(env, one, messages, () => write(env, model.name, [id], one.record.values));
  }
}

const target = (references: References, model: Model, record: LoadedRecord): number | undefined =>
  record.databaseId ?? references.externalId(model.name, record.externalId);

/** All in one go; when that fails, one by one, to learn which of them was at fault. */
async function storeAll(
  env: Env,
  model: Model,
  prepared: readonly Prepared[],
  ids: number[],
  messages: Value[],
): Promise<void> {
  const first = prepared[0];
  if (!first) return;
  const together: Value[] = [];
  if (messages.length === 0) {
    await attempt(env, first, together, () => store(env, model, prepared, ids), true);
    if (together.length === 0) return;
  }
  let errors = 0;
  for (const [at, one] of prepared.entries()) {
    const before = messages.length;
    await attempt(env, one, messages, () => store(env, model, [one], ids));
    errors += messages.length - before;
    if (errors >= 10 && errors >= (at + 1) / 10) {
      messages.push({ type: 'warning', message: tooMany });
      break;
    }
  }
  if (errors > 0) addEcho(messages, together[0]);
}

const tooMany =
  'Found more than 10 errors and more than one error per 10 records, interrupted to avoid showing too many errors.';

/** What failed for the whole batch is told first, blamed on its first row, unless that row is told anyway. */
function addEcho(messages: Value[], echo: Value): void {
  if (!echo) return;
  const told = JSON.stringify(echo);
  if (!messages.some((one) => JSON.stringify(one) === told)) messages.unshift(echo);
}

async function store(env: Env, model: Model, prepared: readonly Prepared[], ids: number[]): Promise<void> {
  const values = prepared.map(({ record }) => ({
    ...record.values,
    ...(record.externalId === undefined ? {} : { id: record.externalId }),
  }));
  const created = await create(env, model.name, values);
  prepared.forEach((one, at) => (ids[one.at] = created[at] ?? 0));
}

const fromDatabase = /^The operation cannot be completed: /;

async function attempt(
  env: Env,
  one: Prepared,
  messages: Value[],
  work: () => Promise<void>,
  isBatch = false,
): Promise<void> {
  try {
    await env.tx.savepoint(work);
  } catch (error) {
    const told = inOdooWords(error, env.models);
    if (!(told instanceof OdooError)) throw error;
    if (told.errorName === 'builtins.AttributeError') throw told;
    if (isBatch && !told.errorName.startsWith('odoo.exceptions.')) return void messages.push(null);
    if (isBatch && fromDatabase.test(told.message)) return void messages.push(null);
    const text = told.message.replace(fromDatabase, '');
    messages.push(message(one.at, one.sheet, { message: text, ...(told.field ? { field: told.field } : {}) }));
  }
}

function message(at: number, sheet: SheetRecord, trouble: Trouble): Value {
  return {
    rows: { from: sheet.from, to: sheet.to },
    type: 'error',
    record: at,
    message: trouble.message,
    ...(trouble.field ? { field: trouble.field } : {}),
    ...(trouble.moreInfo ? { moreinfo: trouble.moreInfo } : {}),
    ...(trouble.fieldName ? { field_name: trouble.fieldName } : {}),
  };
}
