import { create, defaults } from './create.js';
import type { Env } from './environment.js';
import type { Value, Values } from './field.js';
import { isColumn } from './field.js';
import { readGroup } from './group.js';
import { load } from './load.js';
import type { Method, Model } from './model.js';
import { read } from './read.js';
import { search, searchCount } from './search.js';
import { unlink } from './unlink.js';
import { write } from './write.js';

const texts = (value: Value): string[] => (Array.isArray(value) ? value.map(String) : []);

/** The methods that every model has. */
export function genericMethods(model: Model): Record<string, Method> {
  return { ...readers(model), ...finders(model), ...writers(model), ...importers(model), ...descriptions(model) };
}

function readers(model: Model): Record<string, Method> {
  return {
    search: {
      parameters: ['domain!', 'offset', 'limit', 'order'],
      on: 'model',
      run: (env, _ids, args) => search(env, model, args['domain'], args),
    },
    search_count: {
      parameters: ['domain!', 'limit'],
      on: 'model',
      run: (env, _ids, args) => searchCount(env, model, args['domain'], args['limit']),
    },
    search_read: {
      parameters: ['domain', 'fields', 'offset', 'limit', 'order', 'load'],
      on: 'model',
      run: async (env, _ids, args) => {
        const ids = await search(env, model, args['domain'], args);
        return read(env, model, ids, texts(args['fields']));
      },
    },
    read: {
      parameters: ['fields', 'load'],
      on: 'records',
      run: (env, ids, args) => read(env, model, ids, texts(args['fields'])),
    },
  };
}

function finders(model: Model): Record<string, Method> {
  return {
    name_search: {
      parameters: ['name', 'domain', 'operator', 'limit'],
      on: 'model',
      run: (env, _ids, args) => nameSearch(env, model, args),
    },
    formatted_read_group: {
      parameters: ['domain!', 'groupby', 'aggregates', 'having', 'offset', 'limit', 'order'],
      on: 'model',
      run: (env, _ids, args) =>
        readGroup(env, model, args['domain'], texts(args['groupby']), texts(args['aggregates']), args),
    },
  };
}

async function nameSearch(env: Env, model: Model, args: Record<string, Value>): Promise<Value> {
  const byName = (model.searchNames ?? ['display_name']).map((name) => [
    name,
    args['operator'] ?? 'ilike',
    args['name'] ?? '',
  ]);
  const alternatives = [...Array<Value>(byName.length - 1).fill('|'), ...byName];
  const limits = Array.isArray(args['domain']) ? args['domain'] : [];
  const ids = await search(env, model, [...limits, ...alternatives], { limit: args['limit'] ?? 100 });
  const records = await read(env, model, ids, ['display_name']);
  return records.map((record) => [record.id, record['display_name']]);
}

function writers(model: Model): Record<string, Method> {
  return {
    create: {
      parameters: ['vals_list!'],
      on: 'model',
      run: async (env, _ids, args) => {
        const given = args['vals_list'];
        return create(env, model.name, (Array.isArray(given) ? given : [given]) as Values[]);
      },
    },
    write: {
      parameters: ['vals!'],
      on: 'records',
      run: async (env, ids, args) => {
        await write(env, model.name, ids, args['vals'] as Values);
        return true;
      },
    },
    unlink: {
      parameters: [],
      on: 'records',
      run: async (env, ids) => {
        await unlink(env, model.name, ids);
        return true;
      },
    },
  };
}

function importers(model: Model): Record<string, Method> {
  return {
    load: {
      parameters: ['fields!', 'data!'],
      on: 'model',
      run: (env, _ids, args) => load(env, model, texts(args['fields']), (args['data'] ?? []) as Value[][]),
    },
  };
}

function descriptions(model: Model): Record<string, Method> {
  const always =
    (answer: Value): Method['run'] =>
    async () =>
      answer;
  return {
    fields_get: {
      parameters: ['allfields', 'attributes'],
      on: 'model',
      run: async (_env, _ids, args) => describeFields(model, texts(args['allfields']), texts(args['attributes'])),
    },
    default_get: {
      parameters: ['fields!'],
      on: 'model',
      run: async (env, _ids, args) => {
        const wanted = texts(args['fields']);
        return Object.fromEntries(Object.entries(defaults(env, model)).filter(([name]) => wanted.includes(name)));
      },
    },
    has_access: { parameters: ['operation!'], on: 'records', run: always(true) },
    check_access: { parameters: ['operation!'], on: 'records', run: always(null) },
    check_access_rights: { parameters: ['operation!', 'raise_exception'], on: 'model', run: always(true) },
  };
}

function describeFields(model: Model, names: readonly string[], attributes: readonly string[]): Values {
  const wanted = (key: string): boolean => attributes.length === 0 || attributes.includes(key);
  const described: Values = {};
  for (const field of model.fields.values()) {
    if (names.length > 0 && !names.includes(field.name)) continue;
    const all: Values = {
      name: field.name,
      type: field.type,
      string: field.label,
      required: field.required ?? false,
      readonly: field.readonly ?? ((field.sql !== undefined || field.related !== undefined) && !field.writable),
      store: isColumn(field),
      ...(field.relation ? { relation: field.relation } : {}),
      ...(field.inverse ? { relation_field: field.inverse } : {}),
      ...(field.selection ? { selection: field.selection.map((choice) => [...choice]) } : {}),
    };
    described[field.name] = Object.fromEntries(Object.entries(all).filter(([key]) => wanted(key)));
  }
  return described;
}
