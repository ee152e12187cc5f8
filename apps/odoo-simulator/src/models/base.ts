import type { Env } from '../orm/environment.js';
import { boolean, char, integer, many2many, many2one, one2many, selection, text, textOf } from '../orm/field.js';
import type { ModelDefinition } from '../orm/model.js';
import { accessError, validationError } from '../odoo-error.js';
import { createWarehouses } from '../stock/warehouse.js';
import { sequenceMethods, startSequences } from '../stock/sequence.js';

const active = boolean('Active', { default: true });

const internalModels: readonly ModelDefinition[] = [
  {
    name: 'ir.model.data',
    label: 'Model Data',
    order: 'module, model, name',
    displayName: (alias) => `${alias}."module" || '.' || ${alias}."name"`,
    fields: {
      module: char('Module', { required: true, default: '' }),
      name: char('External Identifier', { required: true }),
      model: char('Model Name', { required: true }),
      res_id: integer('Record ID'),
      noupdate: boolean('Non Updatable'),
      complete_name: char('Complete ID', { sql: (alias) => `${alias}."module" || '.' || ${alias}."name"` }),
      reference: char('Reference', { sql: (alias) => `${alias}."model" || ',' || ${alias}."res_id"` }),
    },
    unique: [
      {
        columns: ['module', 'name'],
        message: 'You cannot have multiple records with the same external ID in the same module!',
      },
    ],
    indexes: [['model', 'res_id']],
    methods: {
      check_object_reference: {
        parameters: ['module!', 'xml_id!', 'raise_on_access_error'],
        on: 'model',
        run: (env, _ids, args) => externalIdTarget(env, textOf(args['module']), textOf(args['xml_id'])),
      },
    },
  },
  {
    name: 'ir.module.module',
    label: 'Module',
    order: 'name',
    fields: {
      name: char('Technical Name', { required: true }),
      state: selection('Status', [
        ['installed', 'Installed'],
        ['uninstalled', 'Not Installed'],
      ]),
      latest_version: char('Installed Version'),
    },
  },
  {
    name: 'ir.config_parameter',
    label: 'System Parameter',
    order: 'key',
    displayName: (alias) => `${alias}."key"`,
    fields: { key: char('Key', { required: true }), value: text('Value', { required: true }) },
    unique: [{ columns: ['key'], message: 'Key must be unique.' }],
    methods: {
      get_param: {
        parameters: ['key!', 'default'],
        on: 'model',
        run: async (env, _ids, args) => {
          const rows = await env.tx.query<{ value: string }>('SELECT value FROM ir_config_parameter WHERE key = $1', [
            args['key'],
          ]);
          return rows[0]?.value ?? args['default'] ?? false;
        },
      },
    },
  },
  {
    name: 'ir.sequence',
    label: 'Sequence',
    order: 'name, id',
    fields: {
      name: char('Name', { required: true }),
      code: char('Sequence Code'),
      prefix: char('Prefix'),
      suffix: char('Suffix'),
      padding: integer('Sequence Size', { default: 0 }),
      implementation: selection(
        'Implementation',
        [
          ['standard', 'Standard'],
          ['no_gap', 'No gap'],
        ],
        { default: 'standard' },
      ),
      number_next: integer('Next Number', { default: 1 }),
      number_increment: integer('Step', { default: 1 }),
      company_id: many2one('res.company', 'Company'),
      active,
    },
    hooks: { afterCreate: startSequences },
    methods: sequenceMethods,
  },
  {
    name: 'decimal.precision',
    label: 'Decimal Precision',
    fields: { name: char('Usage', { required: true }), digits: integer('Digits', { required: true, default: 2 }) },
    unique: [{ columns: ['name'], message: 'Only one value can be defined for each given usage!' }],
    hooks: {
      async beforeWrite(env, ids, values) {
        if (values['digits'] === undefined) return;
        const rows = await env.tx.query<{ digits: number }>('SELECT digits FROM decimal_precision WHERE id = ANY($1)', [
          ids,
        ]);
        if (rows.some((row) => row.digits > Number(values['digits']))) {
          throw validationError('The precision of a usage cannot be lowered while documents use it.');
        }
      },
    },
    methods: {
      precision_get: {
        parameters: ['application!'],
        on: 'model',
        run: async (env, _ids, args) => env.precision.get(textOf(args['application'])) ?? 2,
      },
    },
  },
];

async function externalIdTarget(env: Env, module: string, name: string): Promise<[string, number]> {
  const rows = await env.tx.query<{ model: string; res_id: number }>(
    'SELECT model, res_id FROM ir_model_data WHERE module = $1 AND name = $2',
    [module, name],
  );
  const found = rows[0];
  if (!found) throw accessError(`External ID not found in the system: ${module}.${name}`);
  return [found.model, found.res_id];
}

/** Companies, users, partners, and what Odoo keeps about itself. */
export const baseModels: readonly ModelDefinition[] = [
  {
    name: 'res.currency',
    label: 'Currency',
    fields: { name: char('Currency', { required: true }), symbol: char('Symbol'), active },
    unique: [{ columns: ['name'], message: 'The currency code must be unique!' }],
  },
  {
    name: 'res.company',
    label: 'Companies',
    order: 'name, id',
    fields: {
      name: char('Company Name', { required: true }),
      currency_id: many2one('res.currency', 'Currency', { default: 1 }),
      partner_id: many2one('res.partner', 'Partner'),
      parent_id: many2one('res.company', 'Parent Company'),
      active,
    },
    unique: [{ columns: ['name'], message: 'The company name must be unique!' }],
    hooks: { afterCreate: (env, ids) => createWarehouses(env, ids) },
  },
  {
    name: 'res.users',
    label: 'User',
    order: 'name, login',
    fields: {
      name: char('Name', { required: true }),
      login: char('Login', { required: true }),
      company_id: many2one('res.company', 'Company', { required: true }),
      company_ids: many2many('res.company', 'Companies'),
      partner_id: many2one('res.partner', 'Partner'),
      lang: char('Language', { default: 'en_US' }),
      tz: char('Timezone', { default: 'UTC' }),
      active,
    },
    methods: {
      context_get: {
        parameters: [],
        on: 'model',
        run: async (env) => ({ lang: 'en_US', tz: 'UTC', uid: env.uid }),
      },
      has_group: { parameters: ['group_ext_id!'], on: 'records', run: async () => true },
    },
  },
  {
    name: 'res.partner',
    label: 'Contact',
    order: 'complete_name, id desc',
    displayName: (alias) => `${alias}."name"`,
    searchNames: ['name', 'ref', 'email'],
    fields: {
      name: char('Name', { required: true }),
      complete_name: char('Complete Name', { sql: (alias) => `${alias}."name"` }),
      ref: char('Reference', { index: true }),
      email: char('Email'),
      phone: char('Phone'),
      vat: char('Tax ID'),
      is_company: boolean('Is a Company'),
      parent_id: many2one('res.partner', 'Related Company'),
      child_ids: one2many('res.partner', 'parent_id', 'Contact'),
      company_id: many2one('res.company', 'Company'),
      supplier_rank: integer('Supplier Rank', { default: 0 }),
      customer_rank: integer('Customer Rank', { default: 0 }),
      street: char('Street'),
      city: char('City'),
      zip: char('Zip'),
      comment: text('Notes'),
      active,
    },
  },
  ...internalModels,
];
