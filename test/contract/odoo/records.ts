import { randomBytes } from 'node:crypto';
import type { LoadReply, Rpc } from './rpc.js';

/** Something nobody else has on this database, so that the suite can be repeated. */
export function unique(prefix = ''): string {
  return `${prefix}${randomBytes(5).toString('hex')}`;
}

/** The id in a many2one as Odoo reads it out. */
export function idOf(many2one: unknown): number {
  return Array.isArray(many2one) ? Number(many2one[0]) : 0;
}

/** The ids of a load that must have succeeded. */
export function idsOf({ ids, messages }: LoadReply): number[] {
  if (ids === false) throw new Error(`load answered ${messages.map(({ message }) => message).join('; ')}`);
  return ids;
}

/** Database id of what a module's data file made. */
export async function byExternalId(rpc: Rpc, module: string, name: string): Promise<number> {
  const [found] = await rpc.find(
    'ir.model.data',
    [
      ['module', '=', module],
      ['name', '=', name],
    ],
    ['res_id'],
  );
  if (found === undefined) throw new Error(`no record has the external id ${module}.${name}`);
  return Number(found.res_id);
}
