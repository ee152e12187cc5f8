import { expect, it } from 'vitest';
import type { Odoo } from '../odoo.js';
import { checkModules, checkRights, checkVersion, type OdooUnsuitable } from './odoo-requirements.js';

/** An Odoo that grants all rights but these, and has these modules. */
function odooWith(denied: readonly string[], modules: readonly string[] = []): Odoo {
  return {
    call: async <T>(model: string, _method: string, args: Record<string, unknown> = {}) =>
      !denied.includes(`${String(args['operation'])} ${model}`) as T,
    searchRead: async <T extends object>() =>
      modules.map((name, index) => ({ id: index, name })) as unknown as (T & { id: number })[],
    load: async () => [],
  };
}

it('an older Odoo is turned down with what to do', () => {
  expect(() => checkVersion({ series: '18.0', major: 18 })).toThrow(
    'This Odoo is 18.0; Wardline posts to Odoo 19 and later. Upgrade it or point ODOO_URL elsewhere.',
  );
  expect(() => checkVersion({ series: '19.0', major: 19 })).not.toThrow();
});

it('each missing right is one line with model, right and remedy, all at once', async () => {
  const error: unknown = await checkRights(odooWith(['create stock.picking', 'read stock.lot'])).catch(
    (caught: unknown) => caught,
  );
  expect((error as OdooUnsuitable).lines).toEqual([
    expect.stringMatching(/^The user of the API key may not create stock\.picking: give it the groups/) as string,
    expect.stringMatching(/^The user of the API key may not read stock\.lot: give it the groups/) as string,
  ]);
  await expect(checkRights(odooWith([]))).resolves.toBeUndefined();
});

it('a missing module is named; who may not read the list is believed', async () => {
  await expect(checkModules(odooWith([], ['stock']))).rejects.toThrow(
    'Odoo lacks the module product_expiry: install it under Apps.',
  );
  await expect(checkModules(odooWith([], ['stock', 'product_expiry']))).resolves.toBeUndefined();
  await expect(checkModules(odooWith(['read ir.module.module']))).resolves.toBeUndefined();
});
