import { Decimal, type ConsumptionRecorded, type EventId } from '@wardline/event-contracts';
import { deriveEventId } from '@wardline/event-handling';
import type { KafkaRecord, Expectation } from './kafka-record.ts';
import {
  gtinOf,
  products,
  propofolNdc,
  serialsAt,
  supplier,
  wards,
  type DemoProduct,
} from '../../deploy/local/demo/hospital.ts';
import { seededRandom } from '../../deploy/local/demo/random.ts';

/** Which day is played. The same seed and day give the same records, identities and all. */
export interface KafkaDayChoice {
  readonly seed: number;
  /** The moment that the day ends at; records happen in the hours before. */
  readonly day: Date;
  /** About how many records. */
  readonly records: number;
}

/** A record as a case gives it; header and what is missing are filled in. */
export type Draft = Partial<Omit<ConsumptionRecorded, 'product' | 'location' | 'quantity'>> & {
  readonly product: ConsumptionRecorded['product'];
  readonly place: ConsumptionRecorded['location'];
  readonly quantity: string;
  readonly unit: string;
};

/** That a record is accepted at once. */
export const accepted: Expectation = { outcome: 'accepted' };

/** A minute in milliseconds. */
export const minutes = 60_000;

/** The records of a day as they are added to it. */
export class DayOfRecords {
  readonly records: KafkaRecord[] = [];
  readonly random: () => number;
  readonly #sequences = new Map<string, bigint>();
  readonly #serialsUsed = new Map<string, number>();

  readonly #options: KafkaDayChoice;

  constructor(options: KafkaDayChoice) {
    this.#options = options;
    this.random = seededRandom(options.seed);
  }

  /** Adds a record with the header filled in, and answers it. */
  add(draft: Draft, expect: Expectation): ConsumptionRecorded {
    const { place, quantity, ...given } = draft;
    const source = given.source ?? this.pick(['cabinet-1', 'cabinet-2', 'cabinet-3', 'or-scanner']);
    const eventId = given.eventId ?? this.#nextId();
    const occurredAt = given.occurredAt ?? this.#nextTime();
    const record: ConsumptionRecorded = {
      ...nothing,
      recordedAt: null,
      correlationId: eventId,
      sequence: this.#nextSequence(source),
      kind: 'USED',
      ...given,
      source,
      eventId,
      occurredAt,
      location: place,
      quantity: new Decimal(quantity),
    };
    this.records.push({ key: `${place.value}/${record.product.value}`, expect, content: record });
    return record;
  }

  /** Sends a record of the day once more, as it was. */
  repeat(record: ConsumptionRecorded): void {
    this.records.push({
      key: `${record.location.value}/${record.product.value}`,
      expect: { outcome: 'repeat' },
      content: record,
    });
  }

  raw(bytes: Buffer | null, expect: Expectation): void {
    this.records.push({ key: 'NORTH-ICU/GLOVE-M', expect, content: bytes });
  }

  /** An everyday use, waste or return of something on the shelf of a ward. */
  ordinary(): ConsumptionRecorded {
    const product = this.pick(products);
    const place = this.pick(wards);
    if (product.tracking === 'serial') return this.#useSerial(product, place);
    const lots = product.lots.filter((lot) => lot.expiresInDays > 0);
    const lotNumber = lots.length === 0 ? null : this.pick(lots).name;
    const kind = this.random() < 0.06 ? 'WASTED' : this.random() < 0.05 ? 'RETURNED' : 'USED';
    const quantity = String(1 + Math.floor(this.random() * 4));
    const unit = product.code === 'CHLORHEX' ? this.pick(['ml', 'mL']) : this.pick(['EA', '{each}', 'Units', 'C62']);
    return this.add(
      {
        product: this.nameOf(product),
        place: code(place),
        kind,
        lotNumber,
        quantity,
        unit,
        reason: kind === 'WASTED' ? 'dropped' : null,
      },
      accepted,
    );
  }

  /** One of the ways in which a source may name a product. */
  nameOf(product: DemoProduct): ConsumptionRecorded['product'] {
    if (product.code === 'PROPOFOL-20' && this.random() < 0.5)
      return { scheme: 'NDC', value: propofolNdc, supplierCode: null };
    if (product.supplierItem !== undefined && this.random() < 0.3)
      return { scheme: 'SUPPLIER_ITEM', value: product.supplierItem, supplierCode: supplier.code };
    return this.random() < 0.4
      ? { scheme: 'GTIN', value: gtinOf(product), supplierCode: null }
      : internal(product.code);
  }

  /** A serial piece that is still on the shelf; an ordinary glove once the shelf is empty. */
  #useSerial(product: DemoProduct, place: string): ConsumptionRecorded {
    const shelf = `${product.code}/${place}`;
    const used = this.#serialsUsed.get(shelf) ?? 0;
    const serialNumber = serialsAt(product, place)[used];
    if (serialNumber === undefined)
      return this.add({ product: internal('GLOVE-M'), place: code(place), quantity: '1', unit: 'EA' }, accepted);
    this.#serialsUsed.set(shelf, used + 1);
    return this.add(
      {
        product: this.nameOf(product),
        place: code(place),
        serialNumber,
        quantity: '1',
        unit: 'EA',
        source: 'or-scanner',
      },
      accepted,
    );
  }

  before(ms: number): Date {
    return new Date(this.#options.day.getTime() - ms);
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)]!;
  }

  identity(role: string): EventId {
    return deriveEventId(`demo-day/${this.#options.seed}/${this.#options.day.toISOString()}`, role, this.#options.day);
  }

  #nextId(): EventId {
    return this.identity(String(this.records.length));
  }

  #nextTime(): Date {
    return this.before(8 * 60 * minutes - this.records.length * 40_000);
  }

  #nextSequence(source: string): bigint {
    const next = (this.#sequences.get(source) ?? 0n) + 1n;
    this.#sequences.set(source, next);
    return next;
  }
}

const nothing = {
  causationId: null,
  reverses: null,
  lotNumber: null,
  serialNumber: null,
  expiryDate: null,
  encounterRef: null,
  performerRef: null,
  reason: null,
};

/** A product by its internal code. */
export function internal(value: string): ConsumptionRecorded['product'] {
  return { scheme: 'INTERNAL', value, supplierCode: null };
}

/** A place by its code. */
export function code(value: string): ConsumptionRecorded['location'] {
  return { scheme: 'CODE', value };
}
