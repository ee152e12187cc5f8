import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import { itemCode } from '../crosswalk/crosswalk.js';
import { CrosswalkStore, type CrosswalkQuery } from '../crosswalk/crosswalk.store.js';
import { MasterDataStore } from '../master-data.store.js';
import type { Attempt, CodeBook } from './decide-scan.js';
import type { ScanReading } from './scan-reading.js';
import { isRefused } from './scan-refused.js';

/** Reads what a list of scans names from our own data. */
@Injectable()
export class CodeBookLoader {
  constructor(
    private readonly masterData: MasterDataStore,
    private readonly crosswalk: CrosswalkStore,
  ) {}

  /** Two statements, however many scans. */
  async load(tx: Transaction, attempts: readonly Attempt[]): Promise<CodeBook> {
    const readings = attempts.flatMap(({ read }) => (isRefused(read) ? [] : [read]));
    if (readings.length === 0) return { products: [], entries: [] };
    const entries = await this.crosswalk.versions(tx, distinct(readings.flatMap(crosswalkQueries)));
    const targets = entries.flatMap(({ kind, target }) => (kind === 'ITEM' && target !== null ? [target] : []));
    const mapped = targets.map((value) => ({ scheme: 'INTERNAL' as const, value }));
    const names = distinct([...readings.map(({ product }) => product), ...mapped]);
    const products = names.map((name) => ({ ...name, supplierCode: null }));
    const found = await this.masterData.find(tx, { products, locations: [], units: [], lots: [] });
    return { products: found.products, entries };
  }
}

function crosswalkQueries({ product, location, toLocation }: ScanReading): CrosswalkQuery[] {
  const places = toLocation === null ? [location] : [location, toLocation];
  return [
    { kind: 'ITEM', code: itemCode(product.value) },
    ...places.map(({ scheme, value }) => ({ kind: scheme === 'GLN' ? 'GLN' : 'LOCATION', code: value }) as const),
  ];
}

function distinct<T extends object>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
