import type { Odoo } from '../odoo.js';

/** This Odoo lacks something that only its administrator can give; one line each. */
export class OdooUnsuitable extends Error {
  override readonly name = 'OdooUnsuitable';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

const oldestMajor = 19;
const modules = ['stock', 'product_expiry'];

const read = ['read'];
const write = ['read', 'create', 'write'];

/** What the key's user must be allowed to do. */
const rights: Readonly<Record<string, readonly string[]>> = {
  'stock.picking': [...write, 'unlink'],
  'stock.move': write,
  'stock.move.line': write,
  'stock.location': write,
  'stock.picking.type': write,
  'stock.warehouse': read,
  'stock.quant': read,
  'stock.lot': ['read', 'create'],
  'product.product': read,
  'product.template': read,
  'product.supplierinfo': read,
  'product.uom': read,
  'product.category': read,
  'uom.uom': read,
  'decimal.precision': read,
  'res.partner': read,
  'ir.model.data': read,
};

/** Units without categories and packagings as units came with 19; older ones would be misread. */
export function checkVersion({ series, major }: { readonly series: string; readonly major: number }): void {
  if (major < oldestMajor) {
    throw new OdooUnsuitable([
      `This Odoo is ${series}; Wardline posts to Odoo ${oldestMajor} and later. Upgrade it or point ODOO_URL elsewhere.`,
    ]);
  }
}

/** Checks that the modules are installed. A user who may not read the list is no reason to stop: the rights tell more. */
export async function checkModules(odoo: Odoo): Promise<void> {
  if (!(await odoo.call<boolean>('ir.module.module', 'has_access', { ids: [], operation: 'read' }))) return;
  const installed = await odoo.searchRead<{ name: string }>('ir.module.module', {
    domain: [
      ['name', 'in', modules],
      ['state', '=', 'installed'],
    ],
    fields: ['name'],
  });
  const missing = modules.filter((name) => !installed.some((module) => module.name === name));
  if (missing.length > 0)
    throw new OdooUnsuitable(missing.map((name) => `Odoo lacks the module ${name}: install it under Apps.`));
}

/** Checks every right that posting and reading need, and names all that are missing at once. */
export async function checkRights(odoo: Odoo): Promise<void> {
  const missing: string[] = [];
  for (const [model, operations] of Object.entries(rights)) {
    for (const operation of operations) {
      if (await odoo.call<boolean>(model, 'has_access', { ids: [], operation })) continue;
      missing.push(
        `The user of the API key may not ${operation} ${model}: give it the groups Inventory / Administrator and Access Rights, or an access rule on ${model}.`,
      );
    }
  }
  if (missing.length > 0) throw new OdooUnsuitable(missing);
}
