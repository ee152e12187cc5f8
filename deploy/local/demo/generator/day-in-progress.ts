import { Decimal } from '@wardline/event-contracts';
import { products, type DemoProduct } from '../hospital.ts';
import { seededRandom } from '../random.ts';
import { effectsOf } from './effects.ts';
import { edges, type DayRecord, type Edge, type End, type HospitalDay } from './record.ts';
import { senders, type Sender } from './senders.ts';

/** Which day: the same options give the same records, identities and all. */
export interface DayOptions {
  readonly seed: number;
  /** The moment that the day ends at; records happened in the eight hours before. */
  readonly end: Date;
  readonly records: number;
  /** Nothing wrong in it. */
  readonly clean?: boolean;
  /** The ways in that are used; all of them when absent. */
  readonly edges?: readonly Edge[];
}

/** Something on a shelf. */
export interface Item {
  readonly product: DemoProduct;
  readonly lot: string | null;
  readonly serial: string | null;
}

/** A record as a story gives it; what is left out is filled in. */
export type Draft = Partial<Omit<DayRecord, 'id' | 'edge' | 'sender' | 'product'>> &
  Pick<DayRecord, 'kind' | 'what' | 'place'> & {
    readonly item: Item;
    /** How the sender names the product; by its internal code unless given. */
    readonly named?: DayRecord['product'];
    /** The quantity in the stock unit, where the record names another unit. */
    readonly stock?: string;
  };

export const accepted: End = { end: 'accepted' };
export const hour = 3_600_000;

/** The records of a day as stories add to it. */
export class DayInProgress {
  readonly records: DayRecord[] = [];
  readonly options: DayOptions;
  /** Who tells of the day. */
  readonly senders: readonly Sender[];
  readonly #pieces: HospitalDay['pieces'][number][] = [];
  readonly #sequences = new Map<string, number>();
  readonly #counted = new Map<string, Decimal>();
  readonly #random: () => number;

  constructor(options: DayOptions) {
    this.options = options;
    this.senders = senders.filter(({ edge }) => (options.edges ?? edges).includes(edge));
    this.#random = seededRandom(options.seed);
  }

  add(sender: Sender, { item, named, stock, ...draft }: Draft): DayRecord {
    const quantity = draft.quantity ?? '1';
    const expect = draft.expect ?? accepted;
    const record: DayRecord = {
      ...{ id: this.#nextId(), edge: sender.edge, sender: sender.name },
      ...{ product: named ?? { scheme: 'INTERNAL', value: item.product.code }, lot: item.lot, serial: item.serial },
      ...{ toPlace: null, expiry: null, unit: stockUnitOf(item.product), at: this.nextTime(), reason: null },
      ...{ document: null, reverses: null, repeats: null, usesNumberOf: null, form: {} },
      sequence: sender.counts === true ? this.nextSequence(sender) : null,
      ...draft,
      ...{ quantity, expect },
      effects: draft.effects ?? (expect.end === 'accepted' ? this.#effects(draft, item, stock ?? quantity) : []),
    };
    this.records.push(record);
    return record;
  }

  /** Sends a record of before once more. */
  repeat(record: DayRecord): void {
    const again = { ...record, id: this.#nextId(), kind: 'repeat', repeats: record, effects: [] };
    this.records.push({ ...again, expect: { end: 'repeated' } });
  }

  /** A serial piece that lies at a place and that nothing else of the day touches. */
  newPiece(product: DemoProduct, place: string): Item {
    const serial = `P${this.options.seed}-${this.#pieces.length + 1}`;
    this.#pieces.push({ product: product.code, place, serial });
    return { product, lot: null, serial };
  }

  get pieces(): HospitalDay['pieces'] {
    return this.#pieces;
  }

  /** What a shelf that only counts touch holds by the last count. */
  onShelf(place: string, { product, lot }: Item): Decimal {
    return this.#counted.get(`${place}/${product.code}/${lot ?? ''}`) ?? new Decimal(shelfQuantity);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.#random() * values.length)]!;
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** One of several by their weights. */
  weighted<T extends { readonly weight: number }>(values: readonly T[]): T {
    let left = this.#random() * values.reduce((sum, { weight }) => sum + weight, 0);
    return values.find(({ weight }) => (left -= weight) < 0) ?? values.at(-1)!;
  }

  /** When the next record happens; the step is at least a millisecond, so that no time comes twice. */
  nextTime(): Date {
    const step = Math.floor((8 * hour) / (this.options.records + 50));
    return new Date(this.options.end.getTime() - 8 * hour + this.records.length * Math.max(1, step));
  }

  nextSequence({ name }: Sender, skipped = 0): number {
    const next = (this.#sequences.get(name) ?? 0) + 1 + skipped;
    this.#sequences.set(name, next);
    return next;
  }

  #nextId(): string {
    return `R${this.options.seed}-${String(this.records.length + 1).padStart(5, '0')}`;
  }

  #effects(draft: Omit<Draft, 'item'>, item: Item, stock: string): DayRecord['effects'] {
    const { what, place, toPlace = null, reverses = null } = draft;
    if (reverses !== null)
      return reverses.effects.map((one) => ({ ...one, quantity: new Decimal(one.quantity).neg().toString() }));
    const piece = item.lot ?? item.serial ?? '';
    const shelf = `${place}/${item.product.code}/${item.lot ?? ''}`;
    const before = this.onShelf(place, item);
    if (what === 'COUNTED') this.#counted.set(shelf, new Decimal(stock));
    return effectsOf(what, { place, toPlace, product: item.product.code, piece }, new Decimal(stock), before);
  }
}

/** What the demo hospital has on each shelf, of each lot. */
export const shelfQuantity = 2_000;

/** As a sender names the stock unit of a product. */
export function stockUnitOf(product: DemoProduct): string {
  return product.unit.endsWith('milliliter') ? 'ml' : 'EA';
}

/** A product of the demo hospital. */
export function productOf(code: string): DemoProduct {
  return products.find((product) => product.code === code)!;
}
