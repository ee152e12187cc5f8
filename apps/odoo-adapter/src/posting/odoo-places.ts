import { locationRow, locations, type LocationRow } from '../master-data/locations.js';
import { readContext, type MasterRow } from '../master-data/master-model.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { againAfterConflict, isAboutDocuments } from './odoo-fault.js';
import { externalModule } from './picking-document.js';
import { placeKey, quarantineName, type NamedPlace } from './quarantine-place.js';

const { model } = locations;
const usage = 'internal';
const newFields = ['id', 'name', 'barcode', 'usage', 'location_id/.id', 'company_id/.id'];
const nameOf = ({ besideId }: NamedPlace): string => `quarantine_location_${besideId}`;
const idColumn = (place: NamedPlace): string => `${externalModule}.${nameOf(place)}`;

/**
 * The calls about places of quarantine (`stock.location`), as proven on a real Odoo 19. They stand under the warehouse's own
 * location, beside its stock and not in it (ADR 0018): Odoo reserves from a location and from all that is in it.
 */
export class OdooPlaces {
  /** `note` keeps what was found or made, so that it is asked for once. */
  constructor(
    private readonly odoo: Odoo,
    private readonly note: (rows: readonly MasterRow[]) => Promise<void>,
  ) {}

  /** Odoo's ids of places, by their `placeKey`: those it has, whoever made them, and the others, made now. */
  async findOrMake(wanted: readonly NamedPlace[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.#find(wanted);
    const missing = wanted.filter((place) => !found.has(placeKey(place)));
    if (missing.length > 0) for (const [key, row] of await this.#make(missing)) found.set(key, row);
    await this.note([...found.values()]);
    return new Map([...found].map(([key, { odooId }]) => [key, odooId]));
  }

  /** By barcode, else by complete name, as every location has its code; one of the company goes before one of nobody's. */
  async #find(wanted: readonly NamedPlace[]): Promise<Map<string, MasterRow>> {
    const codes = wanted.map(({ code }) => code);
    const rows = await this.odoo.searchRead<LocationRow>(model, {
      domain: ['|', ['barcode', 'in', codes], ['complete_name', 'in', codes]],
      fields: locations.fields,
      order: 'id',
      context: readContext,
    });
    const read = rows.map(locationRow);
    const ownedBy = (place: NamedPlace, owner: number | null): MasterRow | undefined =>
      read.find(({ code, data }) => code === place.code && data['companyId'] === owner);
    return new Map(
      wanted.flatMap((place) => {
        const row = ownedBy(place, place.companyId) ?? ownedBy(place, null);
        return row === undefined ? [] : [[placeKey(place), row] as const];
      }),
    );
  }

  /** Makes places by external id; after a failure it looks whether another writer was faster, or the answer was lost. */
  async #make(missing: readonly NamedPlace[]): Promise<Map<string, MasterRow>> {
    try {
      await this.#load(missing);
    } catch (error) {
      if (!isAboutDocuments(error)) throw error;
      const found = await this.#find(missing);
      if (found.size < missing.length) throw error;
      return found;
    }
    return this.#find(missing);
  }

  async #load(missing: readonly NamedPlace[]): Promise<void> {
    const made = await this.#madeEarlier(missing);
    const [again, fresh] = [
      missing.filter((place) => made.has(nameOf(place))),
      missing.filter((place) => !made.has(nameOf(place))),
    ];
    // of one whose place has another code now, or whose barcode somebody changed, only the barcode is ours
    const renamed = again.map((place) => [idColumn(place), place.code]);
    const data = await this.#newRows(fresh);
    if (renamed.length > 0) await this.#send(['id', 'barcode'], renamed);
    if (data.length > 0) await this.#send(newFields, data);
  }

  async #send(fields: readonly string[], data: readonly string[][]): Promise<void> {
    const context = { lang: 'en_US', tz: 'UTC' };
    await againAfterConflict(() => this.odoo.load(model, { fields, data, context }));
  }

  async #madeEarlier(places: readonly NamedPlace[]): Promise<Set<string>> {
    const rows = await this.odoo.searchRead<{ name: string }>('ir.model.data', {
      domain: [
        ['module', '=', externalModule],
        ['model', '=', model],
        ['name', 'in', places.map(nameOf)],
      ],
      fields: ['name'],
    });
    return new Set(rows.map(({ name }) => name));
  }

  /** One whose neighbour Odoo no longer has is left out. */
  async #newRows(places: readonly NamedPlace[]): Promise<string[][]> {
    const beside = await this.#byId<{ name: string; warehouse_id: Many2one }>(
      model,
      places.map(({ besideId }) => besideId),
      ['name', 'warehouse_id'],
    );
    const homes = await this.#byId<{ view_location_id: Many2one }>(
      'stock.warehouse',
      [...beside.values()].flatMap((row) => idOf(row.warehouse_id) ?? []),
      ['view_location_id'],
    );
    return places.flatMap((place) => {
      const neighbour = beside.get(place.besideId);
      if (neighbour === undefined) return [];
      const home = idOf(homes.get(idOf(neighbour.warehouse_id) ?? 0)?.view_location_id);
      const where = [home === null ? '' : String(home), String(place.companyId)];
      return [[idColumn(place), quarantineName(neighbour.name), place.code, usage, ...where]];
    });
  }

  async #byId<T extends object>(
    of: string,
    ids: readonly number[],
    fields: readonly string[],
  ): Promise<Map<number, T>> {
    if (ids.length === 0) return new Map();
    const domain = [['id', 'in', [...new Set(ids)]]];
    const rows = await this.odoo.searchRead<T>(of, { domain, fields, context: readContext });
    return new Map(rows.map((row) => [row.id, row]));
  }
}
