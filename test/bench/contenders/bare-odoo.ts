import { callOdoo, loadRecords, type OdooAddress } from '../../../deploy/local/demo/odoo-rpc.ts';

/** What a transfer is made of, in Odoo's ids. */
export interface TransferFacts {
  readonly operationType: number;
  readonly product: number;
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

type Many2one = readonly [id: number, name: string];

/** The facts of a finished transfer, to make others like it. */
export async function factsOf(odoo: OdooAddress, reference: string): Promise<TransferFacts> {
  const [line] = await callOdoo<
    { product_id: Many2one; product_uom_id: Many2one; location_id: Many2one; location_dest_id: Many2one }[]
  >(odoo, 'stock.move.line', 'search_read', {
    domain: [['picking_id.name', '=', reference]],
    fields: ['product_id', 'product_uom_id', 'location_id', 'location_dest_id'],
  });
  const [picking] = await callOdoo<{ picking_type_id: Many2one }[]>(odoo, 'stock.picking', 'search_read', {
    domain: [['name', '=', reference]],
    fields: ['picking_type_id'],
  });
  if (line === undefined || picking === undefined) throw new Error(`Odoo has no transfer ${reference} with a line`);
  return {
    operationType: picking.picking_type_id[0],
    product: line.product_id[0],
    unit: line.product_uom_id[0],
    from: line.location_id[0],
    to: line.location_dest_id[0],
  };
}

/**
 * Posts transfers of one piece in batches by the calls that the adapter makes and nothing else: looks for the documents,
 * loads and validates them, reads them and their lines back. Answers when each batch was done, by `performance.now()`.
 */
export async function postBare(
  odoo: OdooAddress,
  facts: TransferFacts,
  { names, batch }: { readonly names: readonly string[]; readonly batch: number },
): Promise<number[]> {
  const done: number[] = [];
  for (let from = 0; from < names.length; from += batch) {
    const part = names.slice(from, from + batch);
    await callOdoo(odoo, 'ir.model.data', 'search_read', {
      domain: [
        ['module', '=', 'wardline'],
        ['model', '=', 'stock.picking'],
        ['name', 'in', part],
      ],
      fields: ['name', 'res_id'],
    });
    const ids = await load(odoo, facts, part);
    await callOdoo(odoo, 'stock.picking', 'button_validate', { ids, context: validating });
    const pickings = await callOdoo<{ state: string }[]>(odoo, 'stock.picking', 'search_read', {
      domain: [['id', 'in', ids]],
      fields: ['name', 'state'],
    });
    const lines = await callOdoo<unknown[]>(odoo, 'stock.move.line', 'search_read', {
      domain: [['picking_id', 'in', ids]],
      fields: ['picking_id', 'product_id', 'lot_id', 'location_id', 'location_dest_id', 'quantity_product_uom'],
    });
    if (!pickings.every(({ state }) => state === 'done') || lines.length !== part.length)
      throw new Error('the bare script posted something else than it was to post');
    done.push(performance.now());
  }
  return done;
}

const loading = { tz: 'UTC', lang: 'en_US', tracking_disable: true };
const validating = {
  ...{ skip_backorder: true, skip_expired: true, skip_sms: true },
  ...{ tracking_disable: true, lang: 'en_US' },
};

/** As the adapter's (`picking-document.ts`). */
const columns = [
  ...['id', 'picking_type_id/.id', 'location_id/.id', 'location_dest_id/.id', 'origin'],
  ...['id', 'product_id/.id', 'product_uom_qty', 'product_uom/.id', 'location_id/.id', 'location_dest_id/.id'].map(
    (name) => `move_ids/${name}`,
  ),
  ...['id', 'product_id/.id', 'product_uom_id/.id', 'lot_id/.id', 'quantity', 'picked', 'location_id/.id'].map(
    (name) => `move_line_ids/${name}`,
  ),
  'move_line_ids/location_dest_id/.id',
];

function load(odoo: OdooAddress, facts: TransferFacts, names: readonly string[]): Promise<number[]> {
  const { operationType, product, unit } = facts;
  const places = [facts.from, facts.to];
  const rows = names.map((name) =>
    [
      ...[`wardline.${name}`, operationType, ...places, name],
      ...[`wardline.${name}_move`, product, 1, unit, ...places],
      ...[`wardline.${name}_line`, product, unit, '', 1, 1, ...places],
    ].map(String),
  );
  return loadRecords(odoo, 'stock.picking', columns, rows, loading);
}
