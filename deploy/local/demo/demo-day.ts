import { Decimal, type ConsumptionRecorded, type EventId } from '@wardline/event-contracts';
import { deriveEventId } from '@wardline/event-handling';
import type { DemoRecord, Expectation } from './demo-record.ts';
import {
  gtinOf,
  lateProduct,
  operatingRoomGln,
  products,
  propofolNdc,
  serialsAt,
  supplier,
  wards,
  type DemoProduct,
} from './hospital.ts';
import { seededRandom } from './random.ts';

/** Which day is played. The same seed and day give the same records, identities and all. */
export interface DemoDayOptions {
  readonly seed: number;
  /** The moment that the day ends at; records happen in the hours before. */
  readonly day: Date;
  /** About how many records. */
  readonly records: number;
}

type Draft = Partial<Omit<ConsumptionRecorded, 'product' | 'location' | 'quantity'>> & {
  readonly product: ConsumptionRecorded['product'];
  readonly place: ConsumptionRecorded['location'];
  readonly quantity: string;
  readonly unit: string;
};

const accepted: Expectation = { outcome: 'accepted' };
const refused = (code: string): Expectation => ({ outcome: 'refused', code });
const minutes = 60_000;
const days = 24 * 60 * minutes;

/** The stream of a day in a small hospital: mostly ordinary use, with reversals, repeats, late and wrong records among it. */
export function demoDay(options: DemoDayOptions): DemoRecord[] {
  const day = new DayOfRecords(options);
  const special = specialCases(day);
  const ordinary = options.records - special.length;
  const every = Math.max(1, Math.floor(ordinary / (special.length + 1)));
  for (let index = 0; index < ordinary; index += 1) {
    day.ordinary();
    if (index % every === every - 1) special.shift()?.();
  }
  for (const play of special) play();
  return day.records;
}

class DayOfRecords {
  readonly records: DemoRecord[] = [];
  readonly random: () => number;
  readonly #sequences = new Map<string, bigint>();
  readonly #serialsUsed = new Map<string, number>();

  constructor(private readonly options: DemoDayOptions) {
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
    return new Date(this.options.day.getTime() - ms);
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)]!;
  }

  identity(role: string): EventId {
    return deriveEventId(`demo-day/${this.options.seed}/${this.options.day.toISOString()}`, role, this.options.day);
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

function internal(value: string): ConsumptionRecorded['product'] {
  return { scheme: 'INTERNAL', value, supplierCode: null };
}

function code(value: string): ConsumptionRecorded['location'] {
  return { scheme: 'CODE', value };
}

/** Everything that is not everyday, each to be played once, spread over the day in this order. */
function specialCases(day: DayOfRecords): (() => void)[] {
  const glove = { product: internal('GLOVE-M'), place: code('NORTH-ED'), quantity: '2', unit: 'EA' };
  return [
    ...acceptedCases(day),
    ...reversals(day),
    ...repeats(day),
    ...wrongRecords(day, glove),
    ...heldCases(day),
    ...unreadable(day),
  ];
}

function acceptedCases(day: DayOfRecords): (() => void)[] {
  const box = { product: internal('GLOVE-L'), place: code('NORTH-OR1'), quantity: '1', unit: 'Box of 100' };
  const lateUse = { product: internal('IV-SET'), place: code('SOUTH-MED'), quantity: '1', unit: 'H87' };
  return [
    () => day.add(box, accepted),
    () => day.add({ ...box, product: internal('GAUZE-10'), unit: 'Pack of 6', quantity: '2' }, accepted),
    () =>
      day.add({ ...box, product: internal('CHLORHEX'), lotNumber: 'CH0077', unit: 'L', quantity: '0.25' }, accepted),
    () => day.add({ ...box, place: { scheme: 'GLN', value: operatingRoomGln }, unit: 'EA' }, accepted),
    () => day.add({ ...box, product: internal('SALINE-500'), lotNumber: 'SA2402', unit: 'EA' }, accepted),
    ...Array.from(
      { length: 10 },
      (_, index) => () => day.add({ ...lateUse, occurredAt: day.before(2 * days + index * minutes) }, accepted),
    ),
  ];
}

function reversals(day: DayOfRecords): (() => void)[] {
  const reverse = (original: ConsumptionRecorded, expect: Expectation): void => {
    const { product, location: place, lotNumber, serialNumber, quantity, unit, source } = original;
    day.add(
      {
        product,
        place,
        lotNumber,
        serialNumber,
        quantity: quantity.toString(),
        unit,
        source,
        kind: 'REVERSED',
        reverses: original.eventId,
        reason: 'entered in error',
      },
      expect,
    );
  };
  const once = Array.from({ length: 11 }, () => () => reverse(day.ordinary(), accepted));
  const twice = (): void => {
    const original = day.ordinary();
    reverse(original, accepted);
    reverse(original, refused('ALREADY_REVERSED'));
  };
  const ofNothing = (): void => {
    const original = { product: internal('IV-SET'), place: code('NORTH-ICU'), quantity: '1', unit: 'EA' };
    day.add({ ...original, kind: 'REVERSED', reverses: day.identity('never sent') }, refused('REVERSAL_OF_NOTHING'));
  };
  return [...once, twice, twice, ofNothing];
}

function repeats(day: DayOfRecords): (() => void)[] {
  const sameEvent = Array.from({ length: 14 }, () => () => day.repeat(day.ordinary()));
  const sameFact = Array.from({ length: 4 }, (_, index) => () => {
    const { location: place, quantity, ...first } = day.ordinary();
    day.add(
      { ...first, place, quantity: quantity.toString(), eventId: day.identity(`again ${index}`) },
      refused('DUPLICATE'),
    );
  });
  return [...sameEvent, ...sameFact];
}

function wrongRecords(day: DayOfRecords, glove: Draft): (() => void)[] {
  const serial = { product: internal('STENT-3.0'), place: code('SOUTH-OR'), quantity: '1', unit: 'EA' };
  const wrong: [Draft, string][] = [
    [{ ...glove, quantity: '0' }, 'QUANTITY_NOT_POSITIVE'],
    [{ ...glove, quantity: '-3' }, 'QUANTITY_NOT_POSITIVE'],
    [{ ...glove, occurredAt: day.before(-2 * days) }, 'TIME_IN_FUTURE'],
    [{ ...glove, occurredAt: day.before(45 * days) }, 'TOO_OLD'],
    [{ ...glove, product: internal('SUTURE-4-0') }, 'LOT_REQUIRED'],
    [serial, 'SERIAL_REQUIRED'],
    [{ ...serial, serialNumber: 'STENT-3.0/NORTH-ICU/006' }, 'SERIAL_NOT_THERE'],
    [{ ...glove, unit: 'kg' }, 'UNIT_NOT_CONVERTIBLE'],
    [
      { ...glove, product: internal('CHLORHEX'), lotNumber: 'CH0077', unit: 'ml', quantity: '0.123' },
      'QUANTITY_PRECISION',
    ],
    [{ ...glove, product: { scheme: 'GTIN', value: '04012345001009', supplierCode: null } }, 'GTIN_INVALID'],
  ];
  return wrong.map(
    ([draft, why]) =>
      () =>
        day.add(draft, refused(why)),
  );
}

/** The late product is created in the course of the day, so its uses settle; the wrong ward stays for somebody to look at. */
function heldCases(day: DayOfRecords): (() => void)[] {
  const late = { product: internal(lateProduct.code), place: code('NORTH-ICU'), quantity: '1', unit: 'EA' };
  const lost = { product: internal('GLOVE-M'), place: code('NORTH-ICU-2'), quantity: '1', unit: 'EA' };
  return [
    ...Array.from({ length: 4 }, () => () => day.add(late, { outcome: 'held', settled: true })),
    () => day.add(lost, { outcome: 'held', settled: false }),
    () => day.add(lost, { outcome: 'held', settled: false }),
  ];
}

function unreadable(day: DayOfRecords): (() => void)[] {
  const expect: Expectation = { outcome: 'unreadable' };
  return [
    () => day.raw(Buffer.from('{"product":"GLOVE-M","quantity":1}'), expect),
    () => day.raw(Buffer.from([0, 0, 0x0f, 0x42, 0x3f, 1, 2, 3]), expect),
    () => day.raw(null, expect),
  ];
}
