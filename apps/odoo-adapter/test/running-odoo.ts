import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually, testDatabase } from '@wardline/testing';
import { adapterConfig, type AdapterConfig } from '../src/config.js';
import { OdooConnection } from '../src/odoo-connection.js';
import { config } from './config.js';

const simulator = fileURLToPath(new URL('../../odoo-simulator/dist/main.js', import.meta.url));

/** An Odoo that runs: the simulator (built before), or the real one that the environment names. */
export interface RunningOdoo {
  readonly settings: AdapterConfig;
  close(): Promise<void>;
}

/** Starts it. */
export async function runningOdoo(): Promise<RunningOdoo> {
  const { ODOO_URL: url, ...named } = config();
  if (url !== undefined) return { settings: settingsOf(url, named), close: () => Promise.resolve() };
  const database = await testDatabase();
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  const env = { DATABASE_URL: database.url, PORT: String(port), ...named };
  const settings = settingsOf(here, named);
  const child = spawn(process.execPath, [simulator], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await eventually(() => fetch(`${here}/web/version`), { timeoutMs: 30_000 });
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await database.close();
  };
  return { settings, close };
}

function settingsOf(url: string, named: Record<string, string>): AdapterConfig {
  const service = {
    PORT: '1',
    DATABASE_URL: 'postgres://unused',
    KAFKA_BROKERS: '127.0.0.1:1',
    SCHEMA_REGISTRY_URL: 'http://unused',
  };
  const pace = { ODOO_CALLS_PER_SECOND: '1000', MASTERDATA_PAGE_SIZE: '500' };
  return adapterConfig.parse({ ...service, ...named, ...pace, ODOO_URL: url });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Something that nobody else has on this database, so that tests can be repeated on it. */
export function unique(prefix: string): string {
  return `${prefix}${randomBytes(4).toString('hex').toUpperCase()}`;
}

const quiet = { called: () => undefined, circuit: () => undefined };

/** A person at Odoo: makes products and shelves, counts, moves. */
export class Person {
  readonly odoo: OdooConnection;

  constructor(settings: AdapterConfig) {
    this.odoo = new OdooConnection(settings, quiet);
  }

  async make(model: string, values: object, context: object = {}): Promise<number> {
    const [id] = await this.odoo.call<number[]>(model, 'create', { vals_list: [values], context });
    return id!;
  }

  async product(code: string, values: object = {}): Promise<number> {
    return this.make('product.product', { name: code, default_code: code, is_storable: true, ...values });
  }

  async shelf(code: string): Promise<number> {
    const warehouse = await this.warehouse();
    const parent = warehouse.view_location_id[0];
    return this.make('stock.location', {
      ...{ name: code, barcode: code, usage: 'internal', location_id: parent, company_id: warehouse.company_id[0] },
    });
  }

  async warehouse() {
    type Reference = [id: number, name: string];
    const [warehouse] = await this.odoo.searchRead<{
      view_location_id: Reference;
      company_id: Reference;
      int_type_id: Reference;
    }>('stock.warehouse', {
      domain: [],
      fields: ['view_location_id', 'company_id', 'int_type_id'],
      order: 'id',
      limit: 1,
    });
    return warehouse!;
  }

  async count(product: number, location: number, quantity: number, lot?: number): Promise<void> {
    const values = { product_id: product, location_id: location, inventory_quantity: quantity, lot_id: lot ?? false };
    const id = await this.make('stock.quant', values, { inventory_mode: true });
    await this.odoo.call('stock.quant', 'action_apply_inventory', { ids: [id] });
  }

  /** Moves stock by an internal transfer; answers its id. */
  async move(product: number, from: number, to: number, quantity: number): Promise<number> {
    const { int_type_id: type } = await this.warehouse();
    const places = { location_id: from, location_dest_id: to };
    const line = { product_id: product, quantity, picked: true, ...places };
    const picking = await this.make('stock.picking', {
      ...{ picking_type_id: type[0], ...places, origin: 'tidying up' },
      move_ids: [[0, 0, { product_id: product, product_uom_qty: quantity, ...places }]],
      move_line_ids: [[0, 0, line]],
    });
    await this.odoo.call('stock.picking', 'button_validate', { ids: [picking], context: { skip_backorder: true } });
    return picking;
  }

  async onHand(product: number, location: number): Promise<number> {
    const domain = [
      ['product_id', '=', product],
      ['location_id', '=', location],
    ];
    const rows = await this.odoo.searchRead<{ quantity: number }>('stock.quant', { domain, fields: ['quantity'] });
    return rows.reduce((sum, { quantity }) => sum + quantity, 0);
  }
}
