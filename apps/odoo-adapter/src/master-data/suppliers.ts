import { SupplierChanged, Topic } from '@wardline/event-contracts';
import { businessEvent } from '@wardline/event-handling';
import { orNull } from '../odoo.js';
import type { MasterModel, OdooRow } from './master-model.js';

interface PartnerRow {
  readonly id: number;
  readonly ref: string;
  readonly name: string | false;
  readonly active: boolean;
}

/** Partners with a reference: only those can be named by a code. */
export const suppliers: MasterModel = {
  model: 'res.partner',
  domain: [['ref', '!=', false]],
  fields: ['ref', 'name', 'active'],
  feeds: [],
  dependents: ['product.product'],
  understand: async (rows) =>
    (rows as readonly (OdooRow & PartnerRow)[]).map(({ id, ref, name, active }) => ({
      odooId: id,
      code: ref,
      active,
      data: { name: orNull(name) ?? ref },
    })),
  event: ({ code, active, odooId, data }, at) =>
    businessEvent(Topic.MasterdataSupplier, code, SupplierChanged, {
      occurredAt: at,
      supplierCode: code,
      name: String(data['name']),
      active,
      odooId: BigInt(odooId),
    }),
  announces: (code) => [`supplier:${code}`],
};
