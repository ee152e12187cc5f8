import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import { MasterDataStore } from '../master-data.store.js';
import type { Attempt, CodeBook } from './decide-scan.js';
import { isRefused } from './scan-refused.js';

/** Reads what a list of scans names from our own data. */
@Injectable()
export class CodeBookLoader {
  constructor(private readonly masterData: MasterDataStore) {}

  /** One statement, however many scans. */
  async load(tx: Transaction, attempts: readonly Attempt[]): Promise<CodeBook> {
    const readings = attempts.flatMap(({ read }) => (isRefused(read) ? [] : [read]));
    const named = new Map(readings.map(({ product }) => [`${product.scheme} ${product.value}`, product]));
    const names = [...named.values()].map((product) => ({ ...product, supplierCode: null }));
    if (names.length === 0) return { products: [] };
    const { products } = await this.masterData.find(tx, { products: names, locations: [], units: [], lots: [] });
    return { products };
  }
}
