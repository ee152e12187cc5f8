import {
  ConsumptionAccepted,
  Decimal,
  LocationChanged,
  OdooStockReportCompleted,
  OdooStockReported,
  OpeningBalanceReported,
  PostingRefused,
  PostingSucceeded,
  ProductChanged,
  StockMoved,
  UnitChanged,
  type EventId,
  type RecordType,
} from '@wardline/event-contracts';
import { newEventId, type Envelope } from '@wardline/event-handling';
import { envelopeOf, testMorning, type TestData } from '@wardline/testing';
import { keyOf, lots, type OdooPlace, type Spot } from './world-places.js';

/** A movement of the world's ledger. */
export interface Moved {
  readonly eventId: EventId;
  readonly from: string;
  readonly to: string;
  readonly product: string;
  readonly lot: string;
  readonly quantity: number;
  /** The record that it books. */
  readonly cause: EventId | null;
}

const virtual = ['Consumption', 'Inventory adjustment'];

/**
 * A hospital in small: a ledger that books and tells, an Odoo that holds quants, an adapter that posts and reports. It says
 * what they would publish, topic by topic; the test decides when each topic is read. What is tampered with, nobody tells.
 */
export class StockWorld {
  now = new Date(testMorning);
  /** What was published and is not read yet, per topic. */
  readonly unread = new Map<string, Envelope<unknown>[]>();
  readonly #odoo = new Map<string, OdooPlace>();
  #reports = 0n;
  #lines = 0n;

  constructor() {
    for (const location of virtual) this.#tellLocation(location, 'inventory');
    for (const [productCode, category] of [
      ['GLOVE', 'All / Gloves'],
      ['SUTURE', 'All'],
      ['MORPHINE', 'All / Pharmacy / Opioids'],
      ['PUMP', 'All / Devices'],
    ])
      this.tell('masterdata.product', ProductChanged, {
        ...{
          productCode: productCode!,
          name: productCode!,
          gtin: null,
          tracking: 'NONE',
          unit: 'Units',
          packagings: [],
        },
        ...{ supplierItems: [], category: category!, active: true, odooId: 1n },
      });
    for (const [unit, factor] of [
      ['Units', 1],
      ['Pack of 6', 6],
    ] as const)
      this.tell('masterdata.unit', UnitChanged, {
        ...{
          unit,
          factor: new Decimal(factor),
          rootUnit: 'Units',
          rounding: new Decimal('0.01'),
          active: true,
          odooId: 1n,
        },
      });
  }

  /** Odoo held this at the start: told, and booked by the ledger. */
  open(spot: Spot, quantity: number): void {
    this.tick();
    this.#place(spot).quantity = new Decimal(quantity);
    const opening = this.tell('erp.change', OpeningBalanceReported, {
      ...{ productCode: spot.product, locationCode: spot.ward, ...lots(spot.lot), expiryDate: null, unit: 'Units' },
      quantity: new Decimal(quantity),
    });
    this.book(
      { from: 'Inventory adjustment', to: spot.ward, ...spot, quantity },
      { interface: 'odoo', reason: 'opening balance', causationId: opening },
    );
  }

  /** A ward used something: accepted and booked; not in Odoo yet. */
  use(spot: Spot, quantity: number, accepted: { lot?: string; quantity?: number; unit?: number } = {}): Moved {
    const cause = this.accept(spot, quantity, accepted);
    return this.book({ from: spot.ward, to: 'Consumption', ...spot, quantity }, { causationId: cause });
  }

  /** A record was accepted; answers its id, which is that of its acceptance too. */
  accept(spot: Spot, quantity: number, { lot = spot.lot, quantity: said = quantity, unit = 1 } = {}): EventId {
    this.tick();
    const eventId = newEventId(this.now);
    return this.tell('inventory.consumption', ConsumptionAccepted, {
      ...{
        eventId,
        recordEventId: eventId,
        recordSource: 'cabinet-7',
        sequence: null,
        kind: 'USED',
        reverses: null,
      },
      ...{ productCode: spot.product, locationCode: spot.ward, ...lots(lot), expiryDate: null, unit: 'Units' },
      ...{ quantity: new Decimal(said), recordedQuantity: new Decimal(said).div(unit), recordedUnit: 'Units' },
      ...{ reason: null, warnings: [] },
    });
  }

  /** The ledger booked a movement and tells of it. */
  book(moved: Omit<Moved, 'eventId' | 'cause'>, change: Partial<TestData<StockMoved>> = {}): Moved {
    this.tick();
    const eventId = this.tell('inventory.stock', StockMoved, {
      ...({ movementType: change.interface === 'odoo' ? 'ADJUSTMENT' : 'CONSUMPTION' } as const),
      ...{ productCode: moved.product, fromLocation: moved.from, toLocation: moved.to, ...lots(moved.lot) },
      ...{ expiryDate: null, quantity: new Decimal(moved.quantity), unit: 'Units', reverses: null, ledgerPosition: 1n },
      ...{ actor: 'cabinet-7', interface: 'clinical.consumption', reason: null, transferReference: null },
      ...{ documentReference: null, ...change },
    });
    return { ...moved, eventId, cause: change.causationId ?? null };
  }

  /** The adapter posts a movement; `inOdoo` is what Odoo made of its quantity, or of its lot. */
  post(moved: Moved, inOdoo: { readonly quantity?: number; readonly lot?: string } = {}): void {
    this.tick();
    const quantity = new Decimal(inOdoo.quantity ?? moved.quantity);
    for (const [ward, effect] of [
      [moved.from, quantity.negated()],
      [moved.to, quantity],
    ] as const) {
      if (virtual.includes(ward)) continue;
      const place = this.#place({ ward, product: moved.product, lot: moved.lot });
      place.postings.push(moved.eventId);
      const real = this.#place({ ward, product: moved.product, lot: inOdoo.lot ?? moved.lot });
      real.quantity = real.quantity.plus(effect);
    }
    this.tell('erp.posting', PostingSucceeded, {
      ...{
        sourceEventId: moved.eventId,
        model: 'stock.picking',
        recordId: 1n,
        reference: 'WH/WCON/1',
        postedAt: this.now,
      },
    });
  }

  /** Odoo refuses a movement. */
  refuse(moved: Moved): void {
    this.tick();
    this.tell('erp.posting', PostingRefused, {
      sourceEventId: moved.eventId,
      code: 'ODOO_VALIDATION',
      message: 'no lot',
    });
  }

  /** The quantity changes in Odoo; with a usage, by a move that Odoo remembers. */
  tamper(spot: Spot, quantity: number, move?: { readonly usage: string; readonly reference?: string }): void {
    this.tick();
    const place = this.#place(spot);
    place.quantity = place.quantity.plus(quantity);
    if (move === undefined) return;
    const { usage, reference = 'Product Quantity Updated' } = move;
    const where = { otherLocation: usage, otherUsage: usage, userId: 2n, movedAt: this.now };
    place.moves.push({ lineId: (this.#lines += 1n), reference, quantity: new Decimal(quantity), ...where });
  }

  /** The product of a place is counted in another unit in Odoo from now on, by the same numbers. */
  countIn(spot: Spot, unit: string): void {
    this.tick();
    this.#place(spot).unit = unit;
  }

  /** The adapter reports what changed in Odoo, or everything. Places of `busy` are left out. */
  report(options: { readonly whole?: boolean; readonly busy?: readonly string[] } = {}): void {
    this.tick();
    const { whole = this.#reports === 0n, busy = [] } = options;
    const report = { reportId: newEventId(this.now), sequence: (this.#reports += 1n) };
    const begun = this.now;
    const places = [...this.#odoo.values()].filter(({ ward, product }) => !busy.includes(`${ward}/${product}`));
    const changed = places.filter(({ quantity, told, unit, toldUnit, postings }) => {
      return whole
        ? !quantity.isZero() || (told !== null && !told.isZero())
        : !quantity.equals(told ?? 0) || unit !== toldUnit || postings.length > 0;
    });
    for (const place of changed) {
      this.tell('erp.change', OdooStockReported, {
        ...{ ...report, readAt: begun, productCode: place.product, locationCode: place.ward, ...lots(place.lot) },
        ...{ quantity: place.quantity, unit: place.unit, postings: place.postings, changes: place.moves },
      });
      Object.assign(place, { told: place.quantity, toldUnit: place.unit, postings: [], moves: [] });
    }
    this.tick();
    const size = { whole, balances: changed.length, held: this.#odoo.size, unsettled: [...busy] };
    this.tell('erp.change', OdooStockReportCompleted, { ...report, begun, completed: this.now, ...size });
  }

  tick(ms = 1_000): void {
    this.now = new Date(+this.now + ms);
  }

  #place(spot: Spot): OdooPlace {
    const key = JSON.stringify([spot.ward, spot.product, spot.lot]);
    if (![...this.#odoo.values()].some(({ ward }) => ward === spot.ward)) this.#tellLocation(spot.ward, 'internal');
    const nothing = { quantity: new Decimal(0), unit: 'Units', told: null, toldUnit: 'Units', postings: [], moves: [] };
    const place = this.#odoo.get(key) ?? { ...spot, ...nothing };
    this.#odoo.set(key, place);
    return place;
  }

  #tellLocation(locationCode: string, usage: string): void {
    this.tell('masterdata.location', LocationChanged, {
      ...{ locationCode, name: locationCode, usage, company: 'North', active: true, odooId: 1n },
    });
  }

  /** Somebody publishes an event. */
  tell<T>(topic: string, type: RecordType<T>, data: TestData<T>): EventId {
    const header = { eventId: newEventId(this.now), occurredAt: this.now, recordedAt: this.now, causationId: null };
    const envelope = envelopeOf(type, { ...header, ...data }, { topic, key: keyOf(data), receivedAt: this.now });
    this.unread.set(topic, [...(this.unread.get(topic) ?? []), envelope]);
    return envelope.eventId;
  }
}
