import type { Env } from './environment.js';
import { splitExternalId } from './external-id.js';
import { type Field, type Value, textOf } from './field.js';
import type { SheetRecord } from './load-rows.js';
import type { Model } from './model.js';
import { search } from './search.js';

/** Why a cell or a record could not be taken. */
export interface Trouble {
  readonly message: string;
  readonly field?: string;
  readonly fieldName?: string;
  readonly moreInfo?: Value;
}

/** True for a conversion that failed. */
export const isTrouble = (value: unknown): value is Trouble =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'message' in value;

type Way = 'id' | '.id' | 'name';

/** Every record that a sheet refers to, looked up in one query per model and way of naming. */
export class References {
  private readonly wanted = new Map<string, { model: string; by: Way; texts: Set<string> }>();
  private readonly found = new Map<string, number>();

  /** Finds all that `records` name: links, and the external ids of the records themselves. */
  static async of(env: Env, model: Model, records: readonly SheetRecord[]): Promise<References> {
    const references = new References();
    for (const record of records) references.collect(env, model, record);
    for (const { model: name, by, texts } of references.wanted.values())
      await references.look(env, name, by, [...texts]);
    return references;
  }

  /** The record that has this external id, if there is one. */
  externalId(model: string, text: string | undefined): number | undefined {
    return text === undefined ? undefined : this.found.get(`${model} id ${text}`);
  }

  /** The linked record, or what Odoo says when there is none. */
  resolve(field: Field, by: Way, text: string): number | Trouble {
    const id = this.found.get(`${field.relation} ${by} ${text}`);
    if (id !== undefined) return id;
    const kind = { id: 'external id', '.id': 'database id', name: 'name' }[by];
    return {
      message: `No matching record found for ${kind} '${text}' in field '${field.label}'`,
      field: field.name,
      fieldName: field.label,
      moreInfo: moreInfo(field, by),
    };
  }

  private collect(env: Env, model: Model, record: SheetRecord): void {
    for (const [name, cell] of record.cells) {
      const field = model.fields.get(name);
      if (cell.kind === 'records') {
        const target = env.models.get(field?.relation ?? '');
        for (const child of cell.records) this.collect(env, target, child);
      } else if (name === 'id') this.want(model.name, 'id', cell.value);
      else if (field?.relation) {
        const parts = field.type === 'many2many' ? textOf(cell.value).split(',') : [cell.value];
        for (const part of parts) this.want(field.relation, cell.kind === 'reference' ? cell.by : 'name', part);
      }
    }
  }

  private want(model: string, by: Way, value: Value): void {
    if (value === '' || value === false || value === null || value === undefined) return;
    const key = `${model} ${by}`;
    const entry = this.wanted.get(key) ?? { model, by, texts: new Set<string>() };
    entry.texts.add(textOf(value).trim());
    this.wanted.set(key, entry);
  }

  private async look(env: Env, name: string, by: Way, texts: readonly string[]): Promise<void> {
    const model = env.models.get(name);
    if (by === 'name') {
      for (const text of texts) {
        const [id] = await search(
          { ...env, context: { ...env.context, active_test: false } },
          model,
          [['display_name', '=', text]],
          { limit: 1 },
        );
        if (id !== undefined) this.found.set(`${name} name ${text}`, id);
      }
      return;
    }
    const rows = await (by === '.id' ? existing(env, model, texts) : externallyKnown(env, model, texts));
    for (const { text, id } of rows) this.found.set(`${name} ${by} ${text}`, id);
  }
}

async function existing(env: Env, model: Model, texts: readonly string[]): Promise<{ text: string; id: number }[]> {
  const ids = texts.filter((text) => /^\d{1,9}$/.test(text));
  return env.tx.query(`SELECT id::text AS text, id FROM "${model.table}" WHERE id = ANY($1::int[])`, [ids]);
}

async function externallyKnown(
  env: Env,
  model: Model,
  texts: readonly string[],
): Promise<{ text: string; id: number }[]> {
  const full = texts.map((text) => ({ text, ...splitExternalId(text) }));
  return env.tx.query(
    `SELECT asked.text, r.id FROM jsonb_to_recordset($1::jsonb) AS asked(text text, module text, name text)
      JOIN ir_model_data d ON d.module = asked.module AND d.name = asked.name AND d.model = $2
      JOIN "${model.table}" r ON r.id = d.res_id`,
    [JSON.stringify(full), model.name],
  );
}

const moreInfo = (field: Field, by: Way): Value => ({
  name: 'Possible Values',
  type: 'ir.actions.act_window',
  target: 'new',
  view_mode: 'list,form',
  views: [
    [false, 'list'],
    [false, 'form'],
  ],
  context: { create: false },
  help: 'See all possible values',
  ...(by === 'name'
    ? { res_model: field.relation }
    : { res_model: 'ir.model.data', domain: [['model', '=', field.relation]] }),
});
