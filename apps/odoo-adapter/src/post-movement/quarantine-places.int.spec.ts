import { OdooUnavailable } from '@wardline/odoo-client';
import { Decimal } from '@wardline/event-contracts';
import { outboxOf, type PublishedEvent } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AdapterBench } from '../../test/adapter-bench.js';
import { Person, runningOdoo, unique, type RunningOdoo } from '../../test/running-odoo.js';
import { noteRecords } from '../master-data/master-record.store.js';
import { locations } from '../master-data/locations.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { OdooPlaces } from '../posting/odoo-places.js';
import { placeKey, type NamedPlace } from '../posting/quarantine-place.js';

let running: RunningOdoo;
let person: Person;
let bench: AdapterBench;
let home: number;
let company: number;
const product = { code: unique('VIAL'), id: 0 };
const ward = { code: '', id: 0 };

beforeAll(async () => {
  running = await runningOdoo();
  person = new Person(running.settings);
  product.id = await person.product(product.code);
  const warehouse = await person.warehouse();
  [home, company] = [warehouse.view_location_id[0], warehouse.company_id[0]];
  bench = await AdapterBench.open(running.settings);
  await bench.provision();
}, 120_000);
beforeEach(async () => {
  ward.code = unique('W');
  ward.id = await person.shelf(ward.code);
  await bench.poll();
});
afterAll(async () => {
  await bench.close();
  person.odoo.close();
  await running.close();
});

interface Place {
  readonly id: number;
  readonly complete_name: string;
  readonly location_id: Many2one;
  readonly company_id: Many2one;
}

async function quarantines(code = ward.code): Promise<Place[]> {
  const domain = [['barcode', '=', `${code}/Quarantine`]];
  const fields = ['complete_name', 'location_id', 'company_id'];
  return person.odoo.searchRead<Place>('stock.location', { domain, fields, context: { active_test: false } });
}

async function move(fromLocation: string, toLocation: string, quantity: number): Promise<PublishedEvent> {
  const places = { fromLocation, toLocation, quantity: new Decimal(quantity) };
  const { eventId } = await bench.post({ productCode: product.code, ...places });
  return (await outboxOf(bench.database)).findLast(({ data }) => data['sourceEventId'] === eventId)!;
}

/** What was told of the ward's place of quarantine. */
async function told(): Promise<PublishedEvent[]> {
  const events = await outboxOf(bench.database);
  return events.filter(({ type, key }) => type === 'LocationChanged' && key === `${ward.code}/Quarantine`);
}

it('what is quarantined on a ward that never had a quarantine stands in one, and goes back, without anybody making a place', async () => {
  await person.count(product.id, ward.id, 10);
  const there = await move(ward.code, `${ward.code}/Quarantine`, 4);
  expect(there).toMatchObject({ type: 'PostingSucceeded', data: { reference: expect.stringContaining('/INT/') } });
  const [place, ...more] = await quarantines();
  expect(more).toEqual([]);
  expect([idOf(place!.location_id), idOf(place!.company_id)]).toEqual([home, company]);
  expect(place!.complete_name).toMatch(new RegExp(`/${ward.code} Quarantine$`));
  expect(await person.onHand(product.id, place!.id)).toBe(4);

  expect(await move(`${ward.code}/Quarantine`, ward.code, 3)).toMatchObject({ type: 'PostingSucceeded' });
  expect(await move(`${ward.code}/Quarantine`, 'Scrap', 1)).toMatchObject({ type: 'PostingSucceeded' });
  expect(await person.onHand(product.id, place!.id)).toBe(0);
  expect(await person.onHand(product.id, ward.id)).toBe(9);
  expect(await quarantines()).toHaveLength(1);
}, 60_000);

it('is told to everybody as a location like any other, once, and its stock is no move of somebody in Odoo', async () => {
  await move(ward.code, `${ward.code}/Quarantine`, 4);
  expect(await told()).toEqual([]);
  await bench.poll();
  const [event, ...more] = await told();
  expect(more).toEqual([]);
  expect(event?.data).toMatchObject({ usage: 'internal', active: true, odooId: BigInt((await quarantines())[0]!.id) });
  await bench.poll();
  expect(await told()).toHaveLength(1);
  const places = (await bench.told('OdooStockMoveReported', product.code)).map(({ data }) => data['toLocation']);
  expect(places).not.toContain(`${ward.code}/Quarantine`);
}, 60_000);

it('that somebody made before is taken as it is', async () => {
  const made = await person.shelf(`${ward.code}/Quarantine`);
  expect(await move(ward.code, `${ward.code}/Quarantine`, 2)).toMatchObject({ type: 'PostingSucceeded' });
  expect((await quarantines()).map(({ id }) => id)).toEqual([made]);
  expect(await person.onHand(product.id, made)).toBe(2);
}, 60_000);

it('follows its place when that gets another code', async () => {
  await move(ward.code, `${ward.code}/Quarantine`, 2);
  const [place] = await quarantines();
  const code = unique('W');
  await person.odoo.call('stock.location', 'write', { ids: [ward.id], vals: { barcode: code } });
  await bench.poll();
  expect(await move(code, `${code}/Quarantine`, 1)).toMatchObject({ type: 'PostingSucceeded' });
  expect((await quarantines(code)).map(({ id }) => id)).toEqual([place!.id]);
  expect(await person.onHand(product.id, place!.id)).toBe(3);
}, 60_000);

it('of a ward that Odoo does not have is refused for the ward, and goes on when that is there', async () => {
  const movement = { productCode: product.code, fromLocation: 'ATTIC/Quarantine', toLocation: 'ATTIC' };
  await expect(bench.post(movement)).rejects.toMatchObject({
    ...{ code: 'UNKNOWN_LOCATION', owner: 'master-data', awaits: ['location:ATTIC'] },
    message: 'Odoo has no location ATTIC. Create it in Odoo or correct its barcode.',
  });
});

/** Odoo, whose answer to the making of a location is lost. */
const losing = (): Odoo => ({
  call: bench.odoo.call,
  searchRead: bench.odoo.searchRead,
  load: async (model, args) => {
    await bench.odoo.load(model, args);
    throw new OdooUnavailable('no answer within 60000 ms', {
      operation: 'stock.location.load',
      mayHaveCommitted: true,
    });
  },
});

const places = (odoo: Odoo): OdooPlaces =>
  new OdooPlaces(odoo, (rows) => bench.database.transaction((tx) => noteRecords(tx, locations.model, rows)));

it('whose making was not answered is found the next time', async () => {
  const wanted: NamedPlace = { code: `${ward.code}/Quarantine`, besideId: ward.id, companyId: company };
  await expect(places(losing()).findOrMake([wanted])).rejects.toThrow('no answer');
  const found = await places(bench.odoo).findOrMake([wanted]);
  const [place, ...more] = await quarantines();
  expect(more).toEqual([]);
  expect(found).toEqual(new Map([[placeKey(wanted), place!.id]]));
});

it('that several writers want at once is made once, and each of them knows it', async () => {
  const wanted: NamedPlace = { code: `${ward.code}/Quarantine`, besideId: ward.id, companyId: company };
  const found = await Promise.all([1, 2, 3, 4].map(() => places(bench.odoo).findOrMake([wanted])));
  const [place, ...more] = await quarantines();
  expect(more).toEqual([]);
  expect(found.map((ids) => ids.get(placeKey(wanted)))).toEqual([1, 2, 3, 4].map(() => place!.id));
});
