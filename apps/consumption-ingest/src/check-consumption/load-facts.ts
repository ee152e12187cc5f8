import { Injectable } from '@nestjs/common';
import type { ConsumptionRecorded, EventId } from '@wardline/event-contracts';
import { isEventId, type Transaction } from '@wardline/event-handling';
import { ConsumptionRecordStore } from '../consumption-record.store.js';
import type { SettledRecord } from '../consumption-record.js';
import { entryFor, itemCode, type CrosswalkCase, type CrosswalkEntry } from '../crosswalk/crosswalk.js';
import { CrosswalkStore, type CrosswalkQuery } from '../crosswalk/crosswalk.store.js';
import { LotStore, type LotName } from '../lot.store.js';
import type { Lot, Product } from '../master-data.js';
import { isNamed, MasterDataStore, type MasterDataFound } from '../master-data.store.js';
import { meansPieces, odooUnitNames } from '@wardline/units-of-measure';
import type { UnitMappings } from '../crosswalk/unit-candidates.js';
import type { ConsumptionFacts } from './facts.js';
import { given } from './identify-piece.js';
import { locationName, productName, readable, type LocationName, type ProductName } from './name-record.js';

/** What a record names, as it is looked up, step by step. */
interface Inquiry {
  readonly record: ConsumptionRecorded;
  readonly product: ProductName | null;
  readonly location: LocationName | null;
  readonly unit: string;
  readonly crosswalk: readonly CrosswalkQuery[];
}

/** An inquiry after the crosswalk and the record that it reverses are known. */
interface Translated extends Inquiry {
  readonly original: SettledRecord | null;
  readonly entries: readonly CrosswalkEntry[];
  readonly item: CrosswalkEntry | null;
  readonly productTarget: string | null;
  readonly locationTarget: string | null;
  /** What to look up in the master data; null for nothing. */
  readonly soughtProduct: ProductName | null;
  readonly soughtLocation: string | null;
}

/** Reads what the decisions about records rest on, with the locks that keep it true until the commit. */
@Injectable()
export class FactLoader {
  constructor(
    private readonly records: ConsumptionRecordStore,
    private readonly masterData: MasterDataStore,
    private readonly lots: LotStore,
    private readonly crosswalk: CrosswalkStore,
  ) {}

  /** The facts of each record, in their order; the records are independent of each other (`independentRuns`). */
  async load(tx: Transaction, records: readonly ConsumptionRecorded[]): Promise<ConsumptionFacts[]> {
    const [claims, { translated, found }] = await Promise.all([
      this.records.claimSequences(tx, records),
      this.#translateAndFind(tx, records.map(inquiry)),
    ]);
    const lots = await this.#pieces(tx, translated, found);
    return translated.map((asked) => facts(asked, claims.get(asked.record.eventId), found, lots));
  }

  async #translateAndFind(tx: Transaction, inquiries: readonly Inquiry[]) {
    const translated = await this.#translate(tx, inquiries);
    return { translated, found: await this.#find(tx, translated) };
  }

  /** A code of a source outranks our own: what is one of ours may be another thing there. */
  async #translate(tx: Transaction, inquiries: readonly Inquiry[]): Promise<Translated[]> {
    const [originals, entries] = await Promise.all([
      this.records.lock(
        tx,
        inquiries.flatMap(({ record }) => reversedId(record)),
      ),
      this.crosswalk.versions(
        tx,
        inquiries.flatMap(({ crosswalk }) => crosswalk),
      ),
    ]);
    return inquiries.map((asked) => translate(asked, originals, entries));
  }

  #find(tx: Transaction, asked: readonly Translated[]): Promise<MasterDataFound> {
    return this.masterData.find(tx, {
      products: asked.flatMap(({ soughtProduct }) => soughtProduct ?? []),
      locations: asked.flatMap(({ soughtLocation }) => soughtLocation ?? []),
      units: [...new Set(asked.flatMap(unitNames))],
      lots: asked.flatMap(({ record }) => given(record.lotNumber) ?? []),
    });
  }

  /** Where a record names a serial or reverses another, what it concerns is read by itself, and locked: a piece is taken once. */
  async #pieces(tx: Transaction, asked: readonly Translated[], found: MasterDataFound): Promise<Lot[]> {
    const names = asked.flatMap((one) => pieceNames(one, productsOf(one, found)));
    return names.length === 0 ? [...found.lots] : [...(await this.lots.lock(tx, names)), ...found.lots];
  }
}

function inquiry(asSent: ConsumptionRecorded): Inquiry {
  const record = withStorableNames(asSent);
  const product = readable(productName(record.product));
  const location = readable(locationName(record.location));
  const unit = record.unit.trim();
  return { record, product, location, unit, crosswalk: crosswalkQueries(product, location, unit) };
}

function reversedId({ reverses }: ConsumptionRecorded): EventId[] {
  return reverses !== null && isEventId(reverses) ? [reverses] : [];
}

function translate(
  asked: Inquiry,
  originals: ReadonlyMap<EventId, SettledRecord>,
  allEntries: readonly CrosswalkEntry[],
): Translated {
  const { product, location, record, crosswalk } = asked;
  const entries = allEntries.filter(({ kind, code }) =>
    crosswalk.some((one) => one.kind === kind && one.code === code),
  );
  const sought = { source: record.source, at: record.occurredAt };
  const item = entryOf(entries, 'ITEM', sought);
  const productTarget = (item ?? entryOf(entries, 'NDC', sought))?.target ?? null;
  const place = entryOf(entries, 'GLN', sought) ?? entryOf(entries, 'LOCATION', sought);
  const locationTarget = place?.target ?? null;
  return {
    ...asked,
    original: (record.reverses && originals.get(record.reverses)) ?? null,
    ...{ entries, item, productTarget, locationTarget },
    soughtProduct: productTarget !== null || product?.scheme === 'NDC' ? internal(productTarget) : product,
    soughtLocation: location?.scheme === 'GLN' ? locationTarget : (locationTarget ?? location?.value ?? null),
  };
}

function facts(
  asked: Translated,
  firstOfSequence: EventId | undefined,
  found: MasterDataFound,
  lots: readonly Lot[],
): ConsumptionFacts {
  const { record, original, productTarget, locationTarget, soughtLocation } = asked;
  const products = productsOf(asked, found);
  const locations = found.locations.filter(({ code, name }) => code === soughtLocation || name === soughtLocation);
  return {
    firstOfSequence: firstOfSequence ?? record.eventId,
    original,
    product: { candidates: products, crosswalkTarget: productTarget },
    location: { candidates: locations, crosswalkTarget: locationTarget },
    lots,
    unitBook: {
      units: found.units,
      mappings: unitMappings(asked, products),
      ofCode: unitOfName(asked, products),
    },
  };
}

function productsOf({ soughtProduct: name }: Translated, found: MasterDataFound): readonly Product[] {
  return name === null ? [] : found.products.filter((product) => isNamed(product, name));
}

/** What one of the code counts: what the crosswalk says, by GTIN what the packaging that carries it holds, else the stock unit. */
function unitOfName({ product: name, item }: Translated, products: readonly Product[]): string | null {
  const [only, another] = products.filter(({ active }) => active);
  if (name === null || only === undefined || another !== undefined) return null;
  if (item !== null) return item.unit ?? only.unit;
  return name.scheme === 'GTIN' ? (only.codeUnits[name.value] ?? null) : only.unit;
}

function pieceNames({ record, original }: Translated, products: readonly Product[]): LotName[] {
  const booked = original?.outcome === 'accepted' ? original.consumption : null;
  const serials = [given(record.serialNumber), booked?.serialNumber ?? null].filter((serial) => serial !== null);
  if (serials.length === 0 && booked === null) return [];
  const numbers = [given(record.lotNumber), ...serials].filter((number) => number !== null);
  const productCodes = [...products.map(({ code }) => code), ...(booked === null ? [] : [booked.productCode])];
  return productCodes.flatMap((productCode) => numbers.map((number) => ({ productCode, number })));
}

/** Postgres refuses NUL in texts. A record with one is refused for it; until then nothing is to be found under its names. */
function withStorableNames(record: ConsumptionRecorded): ConsumptionRecorded {
  const { product, location, lotNumber, serialNumber, unit } = record;
  const storable = <T extends string | null>(text: T): T => (text?.replaceAll('\0', '\u2400') ?? null) as T;
  return {
    ...record,
    product: { ...product, value: storable(product.value), supplierCode: storable(product.supplierCode) },
    location: { ...location, value: storable(location.value) },
    lotNumber: storable(lotNumber),
    serialNumber: storable(serialNumber),
    unit: storable(unit),
  };
}

function crosswalkQueries(product: ProductName | null, location: LocationName | null, unit: string): CrosswalkQuery[] {
  const queries: CrosswalkQuery[] = [];
  if (product !== null) queries.push({ kind: 'ITEM', code: itemName(product) });
  if (location?.scheme === 'CODE') queries.push({ kind: 'LOCATION', code: location.value });
  if (product?.scheme === 'NDC') queries.push({ kind: 'NDC', code: product.value });
  if (location?.scheme === 'GLN') queries.push({ kind: 'GLN', code: location.value });
  if (!meansPieces(unit)) queries.push({ kind: 'UNIT', code: unit });
  return queries;
}

/** The code of a product as the crosswalk keeps it: a number at a supplier stands behind the supplier. */
function itemName({ scheme, value, supplierCode }: ProductName): string {
  return scheme === 'SUPPLIER_ITEM' ? `${supplierCode}/${value}` : itemCode(value);
}

function entryOf(
  entries: readonly CrosswalkEntry[],
  kind: CrosswalkEntry['kind'],
  sought: CrosswalkCase,
): CrosswalkEntry | null {
  return entryFor(
    entries.filter((entry) => entry.kind === kind),
    sought,
  );
}

function unitMappings({ record, entries, original }: Translated, products: readonly Product[]): UnitMappings {
  const active = products.find(({ active }) => active)?.code;
  const productCode = original?.outcome === 'accepted' ? original.consumption.productCode : active;
  const sought = { source: record.source, at: record.occurredAt };
  const forAll = entryOf(entries, 'UNIT', sought);
  const forProduct = productCode === undefined ? null : entryOf(entries, 'UNIT', { ...sought, productCode });
  const ofSource = [forProduct, forAll].find((entry) => entry !== null && entry.source !== null);
  return {
    ofSource: ofSource?.target ?? null,
    forProduct: forProduct?.target ?? null,
    forAll: forAll?.target ?? null,
  };
}

/** Every unit name that may be needed: which entry of the crosswalk holds is known only with the product. */
function unitNames({ unit, entries, item, original }: Translated): string[] {
  const targets = entries.flatMap(({ kind, target }) => (kind === 'UNIT' && target !== null ? [target] : []));
  if (item !== null && item.unit !== null) targets.push(item.unit);
  const booked = original?.outcome === 'accepted' ? [original.consumption.unit] : [];
  return [...odooUnitNames(unit), ...targets, ...booked];
}

function internal(code: string | null): ProductName | null {
  return code === null ? null : { scheme: 'INTERNAL', value: code, supplierCode: null };
}
