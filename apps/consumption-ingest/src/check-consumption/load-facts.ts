import { Injectable } from '@nestjs/common';
import type { ConsumptionRecorded } from '@wardline/event-contracts';
import { isEventId, type Transaction } from '@wardline/event-handling';
import { ConsumptionRecordStore } from '../consumption-record.store.js';
import type { SettledRecord } from '../consumption-record.js';
import type { CrosswalkEntry } from '../crosswalk/crosswalk.js';
import { CrosswalkStore, type CrosswalkQuery } from '../crosswalk/crosswalk.store.js';
import { LotStore } from '../lot.store.js';
import type { Lot, Product } from '../master-data.js';
import { MasterDataStore } from '../master-data.store.js';
import { meansPieces, odooUnitNames, type UnitMappings } from '../unit-of-measure.js';
import type { ConsumptionFacts } from './facts.js';
import { given } from './identify-piece.js';
import { locationName, productName, readable, type LocationName, type ProductName } from './name-record.js';

/** Reads what the decision about a record rests on, with the locks that keep it true until the commit. */
@Injectable()
export class FactLoader {
  constructor(
    private readonly records: ConsumptionRecordStore,
    private readonly masterData: MasterDataStore,
    private readonly lots: LotStore,
    private readonly crosswalk: CrosswalkStore,
  ) {}

  async load(tx: Transaction, asSent: ConsumptionRecorded): Promise<ConsumptionFacts> {
    const record = withStorableNames(asSent);
    const names = { product: readable(productName(record.product)), location: readable(locationName(record.location)) };
    const unit = record.unit.trim();
    const [firstOfSequence, original, entries] = await Promise.all([
      this.records.claimSequence(tx, record),
      this.#original(tx, record),
      this.crosswalk.current(tx, crosswalkQueries(names.product, names.location, unit)),
    ]);
    const productTarget = targetOf(entries, 'NDC', null);
    const locationTarget = targetOf(entries, 'GLN', null);
    const found = await this.masterData.find(tx, {
      product: names.product?.scheme === 'NDC' ? internal(productTarget) : names.product,
      location: names.location?.scheme === 'GLN' ? locationTarget : (names.location?.value ?? null),
      units: unitNames(unit, entries, original),
    });
    return {
      firstOfSequence,
      original,
      product: { candidates: found.products, crosswalkTarget: productTarget },
      location: { candidates: found.locations, crosswalkTarget: locationTarget },
      lots: await this.#lots(tx, record, found.products, original),
      unitBook: { units: found.units, mappings: unitMappings(entries, found.products, original) },
    };
  }

  async #original(tx: Transaction, { reverses }: ConsumptionRecorded): Promise<SettledRecord | null> {
    return reverses !== null && isEventId(reverses) ? this.records.lock(tx, reverses) : null;
  }

  #lots(
    tx: Transaction,
    record: ConsumptionRecorded,
    products: readonly Product[],
    original: SettledRecord | null,
  ): Promise<Lot[]> {
    const booked = original?.outcome === 'accepted' ? original.consumption : null;
    const serials = [given(record.serialNumber), booked?.serialNumber ?? null].filter((serial) => serial !== null);
    const numbers = [given(record.lotNumber), ...serials].filter((number) => number !== null);
    const productCodes = [...products.map(({ code }) => code), ...(booked === null ? [] : [booked.productCode])];
    return this.lots.find(tx, { productCodes, numbers, lock: serials.length > 0 });
  }
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
function unitNames(unit: string, entries: readonly CrosswalkEntry[], original: SettledRecord | null): string[] {
  const targets = entries.flatMap(({ kind, target }) => (kind === 'UNIT' && target !== null ? [target] : []));
  const booked = original?.outcome === 'accepted' ? [original.consumption.unit] : [];
  return [...new Set([...odooUnitNames(unit), ...targets, ...booked])];
}

function internal(code: string | null): ProductName | null {
  return code === null ? null : { scheme: 'INTERNAL', value: code, supplierCode: null };
}
