import { Injectable } from '@nestjs/common';
import type { ConsumptionRecorded, EventId } from '@wardline/event-contracts';
import { isEventId, type Transaction } from '@wardline/event-handling';
import { ConsumptionRecordStore } from '../consumption-record.store.js';
import type { SettledRecord } from '../consumption-record.js';
import type { CrosswalkEntry } from '../crosswalk/crosswalk.js';
import { CrosswalkStore, type CrosswalkQuery } from '../crosswalk/crosswalk.store.js';
import { LotStore, type LotName } from '../lot.store.js';
import type { Lot, Product } from '../master-data.js';
import { isNamed, MasterDataStore, type MasterDataFound } from '../master-data.store.js';
import { meansPieces, odooUnitNames, type UnitMappings } from '../unit-of-measure.js';
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

  /** Most records name everything by our own codes: then nothing is read here, and nothing waited for. */
  async #translate(tx: Transaction, inquiries: readonly Inquiry[]): Promise<Translated[]> {
    const [originals, entries] = await Promise.all([
      this.records.lock(
        tx,
        inquiries.flatMap(({ record }) => reversedId(record)),
      ),
      this.crosswalk.current(
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
  const productTarget = targetOf(entries, 'NDC', null);
  const locationTarget = targetOf(entries, 'GLN', null);
  return {
    ...asked,
    original: (record.reverses && originals.get(record.reverses)) ?? null,
    entries,
    productTarget,
    locationTarget,
    soughtProduct: product?.scheme === 'NDC' ? internal(productTarget) : product,
    soughtLocation: location?.scheme === 'GLN' ? locationTarget : (location?.value ?? null),
  };
}

function facts(
  asked: Translated,
  firstOfSequence: EventId | undefined,
  found: MasterDataFound,
  lots: readonly Lot[],
): ConsumptionFacts {
  const { record, original, productTarget, locationTarget, soughtLocation, entries } = asked;
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
      mappings: unitMappings(entries, products, original),
      ofCode: unitOfName(asked.product, products),
    },
  };
}

function productsOf({ soughtProduct: name }: Translated, found: MasterDataFound): readonly Product[] {
  return name === null ? [] : found.products.filter((product) => isNamed(product, name));
}

/** What one of the code counts: by GTIN that of the packaging which carries it, else the stock unit. */
function unitOfName(name: ProductName | null, products: readonly Product[]): string | null {
  const [only, another] = products.filter(({ active }) => active);
  if (name === null || only === undefined || another !== undefined) return null;
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
  if (product?.scheme === 'NDC') queries.push({ kind: 'NDC', code: product.value });
  if (location?.scheme === 'GLN') queries.push({ kind: 'GLN', code: location.value });
  if (!meansPieces(unit)) queries.push({ kind: 'UNIT', code: unit });
  return queries;
}

function targetOf(
  entries: readonly CrosswalkEntry[],
  kind: CrosswalkEntry['kind'],
  productCode: string | null,
): string | null {
  return entries.find((entry) => entry.kind === kind && entry.productCode === productCode)?.target ?? null;
}

function unitMappings(
  entries: readonly CrosswalkEntry[],
  products: readonly Product[],
  original: SettledRecord | null,
): UnitMappings {
  const active = products.find(({ active }) => active)?.code;
  const code = original?.outcome === 'accepted' ? original.consumption.productCode : active;
  return {
    forProduct: code === undefined ? null : targetOf(entries, 'UNIT', code),
    forAll: targetOf(entries, 'UNIT', null),
  };
}

/** Every unit name that may be needed: which entry of the crosswalk holds is known only with the product. */
function unitNames({ unit, entries, original }: Translated): string[] {
  const targets = entries.flatMap(({ kind, target }) => (kind === 'UNIT' && target !== null ? [target] : []));
  const booked = original?.outcome === 'accepted' ? [original.consumption.unit] : [];
  return [...odooUnitNames(unit), ...targets, ...booked];
}

function internal(code: string | null): ProductName | null {
  return code === null ? null : { scheme: 'INTERNAL', value: code, supplierCode: null };
}
