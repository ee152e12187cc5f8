import type { Database } from '@wardline/outbox';
import { noteRecords } from '../master-data/master-record.store.js';
import { locations } from '../master-data/locations.js';
import type { Odoo } from '../odoo.js';
import { OdooLots } from './odoo-lots.js';
import { OdooPickings } from './odoo-pickings.js';
import { OdooPlaces } from './odoo-places.js';
import type { OdooDocuments } from './post-documents.js';

/** The calls about what a lane writes; places that it finds or makes are known from then on. */
export function odooDocuments(odoo: Odoo, database: Database): OdooDocuments {
  const note = (rows: Parameters<typeof noteRecords>[2]): Promise<void> =>
    database.transaction((tx) => noteRecords(tx, locations.model, rows));
  return { pickings: new OdooPickings(odoo), lots: new OdooLots(odoo), places: new OdooPlaces(odoo, note) };
}
