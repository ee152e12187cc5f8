import { linkBroken } from './database-error.js';
import type { Env } from './environment.js';
import type { Field } from './field.js';
import type { Model, Models } from './model.js';

/**
 * Whether the link is kept whole here, statement by statement, and not by a foreign key of the database: it would look up
 * the same few locations, products and companies again for each row and each change of a transfer, which is half of its cost.
 */
export const isDocumentLink = (models: Models, model: Model, field: Field): boolean =>
  model.isDocument === true &&
  field.type === 'many2one' &&
  !field.related &&
  !field.sql &&
  field.relation !== undefined &&
  models.has(field.relation) &&
  models.get(field.relation).isDocument !== true &&
  !field.name.endsWith('_uid');

/**
 * Refuses rows whose links lead nowhere, and keeps what they lead to from being deleted meanwhile, as a foreign key does.
 * @throws ValidationError in the words of a foreign key
 */
export async function requireLinked(
  env: Env,
  model: Model,
  fields: readonly Field[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const links = fields.filter((field) => isDocumentLink(env.models, model, field));
  for (const relation of new Set(links.map((field) => field.relation!))) {
    const wanted = links
      .filter((field) => field.relation === relation)
      .flatMap((field) => rows.map((row) => ({ field, id: row[field.name] })))
      .filter(({ id }) => id !== null && id !== undefined);
    if (wanted.length === 0) continue;
    const { table } = env.models.get(relation);
    const found = await env.tx.query<{ id: number }>(
      `SELECT id FROM "${table}" WHERE id = ANY($1::int[]) FOR KEY SHARE`,
      [[...new Set(wanted.map(({ id }) => id))]],
    );
    const known = new Set(found.map(({ id }) => id));
    const broken = wanted.find(({ id }) => !known.has(Number(id)));
    if (broken) throw linkBroken(model, broken.field);
  }
}

/**
 * Before records go: refuses while documents need them, empties the links that may be empty, and does the same for the
 * records that the database deletes along with them.
 * @throws ValidationError in the words of a foreign key
 */
export async function releaseLinks(env: Env, name: string, ids: readonly number[]): Promise<void> {
  for (const model of env.models.all()) {
    for (const field of model.fields.values()) {
      if (field.relation !== name) continue;
      if (isDocumentLink(env.models, model, field)) await releaseLink(env, model, field, ids);
      else if (isDeletedAlong(field)) {
        const along = await env.tx.query<{ id: number }>(
          `SELECT id FROM "${model.table}" WHERE "${field.name}" = ANY($1::int[])`,
          [ids],
        );
        if (along.length > 0)
          await releaseLinks(
            env,
            model.name,
            along.map(({ id }) => id),
          );
      }
    }
  }
}

const isDeletedAlong = ({ type, related, sql, ondelete }: Field): boolean =>
  type === 'many2one' && !related && !sql && ondelete === 'cascade';

async function releaseLink(env: Env, model: Model, field: Field, ids: readonly number[]): Promise<void> {
  if (field.required || field.ondelete === 'restrict') {
    const users = await env.tx.query(`SELECT 1 FROM "${model.table}" WHERE "${field.name}" = ANY($1::int[]) LIMIT 1`, [
      ids,
    ]);
    if (users.length > 0) throw linkBroken(model, field);
  } else
    await env.tx.query(`UPDATE "${model.table}" SET "${field.name}" = NULL WHERE "${field.name}" = ANY($1::int[])`, [
      ids,
    ]);
}
