import type { EventId, StockOperationRecorded } from '@wardline/event-contracts';
import type { Lot } from '../master-data.js';
import type { MasterDataFound } from '../master-data.store.js';
import type { StockPicture } from '../stock-picture.js';
import type { OperationFacts } from './check-operation.js';
import type { Finding } from './finding.js';
import type { Acceptance, SettledOperation } from './stock-operation.js';

/** What a fact book begins with. */
export interface FactsFound {
  readonly firstOfSequence: ReadonlyMap<EventId, EventId>;
  readonly settled: ReadonlyMap<EventId, SettledOperation>;
  readonly known: MasterDataFound;
  readonly stock: StockPicture;
}

/** What the decisions about a run of records rest on, each on what those before it have changed. */
export class FactBook {
  readonly #found: FactsFound;
  readonly #settled: Map<EventId, SettledOperation>;
  readonly #lots: Lot[];

  constructor(found: FactsFound) {
    this.#found = found;
    this.#settled = new Map(found.settled);
    this.#lots = [...found.known.lots];
  }

  /** Whether a record has its terminal receipt already: a repeat that the inbox no longer remembers. */
  isSettled(eventId: EventId): boolean {
    return this.#settled.has(eventId);
  }

  /** The facts of a record at its turn. */
  of({ eventId, reverses }: StockOperationRecorded): Omit<OperationFacts, 'closing'> {
    const { firstOfSequence, known, stock } = this.#found;
    return {
      firstOfSequence: firstOfSequence.get(eventId) ?? eventId,
      original: (reverses && this.#settled.get(reverses)) ?? null,
      known: { ...known, lots: this.#lots },
      stock,
    };
  }

  /** Takes a decision into the facts of the records after it. */
  take(
    { eventId, reverses }: StockOperationRecorded,
    decision: Acceptance | Extract<Finding, { outcome: 'refused' }>,
  ): void {
    if (decision.outcome === 'refused') {
      this.#settled.set(eventId, { outcome: 'refused', eventId, code: decision.code });
      return;
    }
    const { placed, booking } = decision;
    const { movement } = booking;
    this.#settled.set(eventId, { outcome: 'accepted', eventId, placed, movement, reversedBy: null });
    const undone = reverses === null ? undefined : this.#settled.get(reverses);
    if (undone?.outcome === 'accepted') {
      this.#settled.set(undone.eventId, { ...undone, reversedBy: eventId });
      if (undone.movement?.movementType === 'RECEIPT') this.#found.stock.takeBack(undone.movement);
    }
    if (movement !== null) this.#found.stock.apply(movement, booking.effectiveAt);
    const { productCode, lotNumber, serialNumber, expiryDate } = placed;
    const number = lotNumber ?? serialNumber;
    if (number !== null && !this.#lots.some((lot) => lot.productCode === productCode && lot.number === number))
      this.#lots.push({ productCode, number, expiryDate, active: true });
  }
}
