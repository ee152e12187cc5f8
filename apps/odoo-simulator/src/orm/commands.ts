import { valueError } from '../odoo-error.js';
import { relationTable } from './column.js';
import { create } from './create.js';
import type { Env } from './environment.js';
import type { Field, Value, Values } from './field.js';
import type { Model } from './model.js';
import { listedBy } from './read.js';
import { unlink } from './unlink.js';
import { write } from './write.js';

/** One change of a list, after Odoo's `(0|1|2|3|4|5|6, id, values)`. */
type Command =
  | { readonly kind: 'create'; readonly values: Values }
  | { readonly kind: 'update'; readonly id: number; readonly values: Values }
  | { readonly kind: 'delete' | 'unlink' | 'link'; readonly id: number }
  | { readonly kind: 'set'; readonly ids: readonly number[] };

/**
 * Carries out the commands for one list field of many records; new records of all of them are created together.
 * @param state `new` when the records were created by this very call and so have nothing in the list
 */
export async function applyCommands(
  env: Env,
  model: Model,
  field: Field,
  asked: ReadonlyMap<number, Value>,
  state: 'new' | 'existing',
): Promise<void> {
  const perRecord = [...asked].map(([id, value]) => ({ id, commands: parseCommands(field, value) }));
  if (field.type === 'many2many') return applyLinks(env, model, field, perRecord);
  const relation = field.relation ?? '';
  const inverse = field.inverse ?? '';
  const created = perRecord.flatMap(({ id, commands }) =>
    commands.flatMap((command) => (command.kind === 'create' ? [{ ...command.values, [inverse]: id }] : [])),
  );
  for (const { id, commands } of perRecord) {
    for (const command of commands) await changeChild(env, model, field, id, command, state);
  }
  if (created.length > 0) await create(env, relation, created);
}

async function changeChild(
  env: Env,
  model: Model,
  field: Field,
  owner: number,
  command: Command,
  state: 'new' | 'existing',
): Promise<void> {
  const relation = field.relation ?? '';
  const inverse = field.inverse ?? '';
  if (command.kind === 'update') await write(env, relation, [command.id], command.values);
  if (command.kind === 'link') await write(env, relation, [command.id], { [inverse]: owner });
  if (command.kind === 'delete') await unlink(env, relation, [command.id]);
  if (command.kind === 'unlink') await drop(env, field, [command.id]);
  if (command.kind !== 'set') return;
  const present = state === 'new' ? [] : ((await listedBy(env, model, field, [owner])).get(owner) ?? []);
  await drop(
    env,
    field,
    present.filter((id) => !command.ids.includes(id)),
  );
  if (command.ids.length > 0) await write(env, relation, [...command.ids], { [inverse]: owner });
}

/** Out of the list: unlinked where the child can stand alone, deleted where it cannot. */
async function drop(env: Env, field: Field, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  const inverse = env.models.get(field.relation ?? '').fields.get(field.inverse ?? '');
  if (inverse?.required || inverse?.ondelete === 'cascade') return unlink(env, field.relation ?? '', ids);
  await write(env, field.relation ?? '', ids, { [field.inverse ?? '']: false });
}

async function applyLinks(
  env: Env,
  model: Model,
  field: Field,
  perRecord: readonly { id: number; commands: readonly Command[] }[],
): Promise<void> {
  for (const { id, commands } of perRecord) {
    for (const command of commands) await changeLink(env, model, field, id, command);
  }
}

async function changeLink(env: Env, model: Model, field: Field, owner: number, command: Command): Promise<void> {
  const table = relationTable(model, field);
  const relation = field.relation ?? '';
  if (command.kind === 'update') return void (await write(env, relation, [command.id], command.values));
  if (command.kind === 'delete') return unlink(env, relation, [command.id]);
  if (command.kind === 'set') await env.tx.query(`DELETE FROM "${table}" WHERE source_id = $1`, [owner]);
  if (command.kind === 'unlink') {
    await env.tx.query(`DELETE FROM "${table}" WHERE source_id = $1 AND target_id = $2`, [owner, command.id]);
    return;
  }
  const targets = command.kind === 'create' ? await create(env, relation, [command.values]) : idsOf(command);
  await env.tx.query(
    `INSERT INTO "${table}" (source_id, target_id) SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING`,
    [owner, targets],
  );
}

const idsOf = (command: Command): readonly number[] =>
  command.kind === 'set' ? command.ids : command.kind === 'link' ? [command.id] : [];

/** Reads the value of a list field: commands, or plain ids that replace the list. */
export function parseCommands(field: Field, value: Value): Command[] {
  if (value === false || value === null) return [{ kind: 'set', ids: [] }];
  if (!Array.isArray(value)) throw valueError(`Wrong value for ${field.name}: ${JSON.stringify(value)}`);
  if (value.every((item) => typeof item === 'number')) return [{ kind: 'set', ids: value }];
  return value.map((item) => command(field, item));
}

function command(field: Field, item: Value): Command {
  if (typeof item === 'number') return { kind: 'link', id: item };
  if (item !== null && typeof item === 'object' && !Array.isArray(item)) return { kind: 'create', values: item };
  if (!Array.isArray(item)) throw valueError(`Wrong value for ${field.name}: ${JSON.stringify(item)}`);
  const [code, id, values] = item;
  switch (code) {
    case 0:
      return { kind: 'create', values: (values ?? {}) as Values };
    case 1:
      return { kind: 'update', id: Number(id), values: (values ?? {}) as Values };
    case 2:
      return { kind: 'delete', id: Number(id) };
    case 3:
      return { kind: 'unlink', id: Number(id) };
    case 4:
      return { kind: 'link', id: Number(id) };
    case 5:
      return { kind: 'set', ids: [] };
    case 6:
      return { kind: 'set', ids: Array.isArray(values) ? values.map(Number) : [] };
    default:
      throw valueError(`Wrong value for ${field.name}: ${JSON.stringify(item)}`);
  }
}
