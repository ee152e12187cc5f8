import { Decimal } from '@wardline/event-contracts';
import { isQuarantine, isVirtual, virtualLocation, type Movement } from './movement.js';

/** What is told apart: a product, its lot and its serial. */
export type Piece = Pick<Movement, 'productCode' | 'lotNumber' | 'serialNumber'>;

/** What there is of a piece at a location. */
export interface OnHand extends Piece {
  readonly location: string;
  readonly quantity: Decimal;
}

/** What of a transfer in two steps has not arrived. */
export interface OnTheWay extends Piece {
  readonly transferReference: string;
  readonly quantity: Decimal;
}

/** What there was of a piece at a location at a business time. */
export interface OnHandThen extends OnHand {
  readonly at: Date;
}

/** How much of a product has come under a document. */
export interface Received {
  readonly documentReference: string;
  readonly productCode: string;
  readonly quantity: Decimal;
}

/** What a picture begins with; what is not named is zero. */
export interface Seen {
  readonly onHand: readonly OnHand[];
  readonly onTheWay: readonly OnTheWay[];
  readonly then: readonly OnHandThen[];
  readonly received: readonly Received[];
}

interface Change {
  readonly at: number;
  readonly quantity: Decimal;
}

const nothing = new Decimal(0);

/**
 * The stock that decisions look at: what the ledger has at the places they concern, moved on by what is booked. It holds for
 * the decisions of one transaction, and for none of them if that is not committed.
 */
export class StockPicture {
  readonly #pieces = new Map<string, Map<string, Decimal>>();
  readonly #onTheWay = new Map<string, Decimal>();
  readonly #then = new Map<string, Decimal>();
  readonly #changes = new Map<string, Change[]>();
  readonly #shipped = new Set<string>();
  readonly #received = new Map<string, Decimal>();

  constructor(seen: Seen = { onHand: [], onTheWay: [], then: [], received: [] }) {
    for (const { location, quantity, ...piece } of seen.onHand) this.#placesOf(piece).set(location, quantity);
    for (const { transferReference, quantity, ...piece } of seen.onTheWay) {
      this.#shipped.add(keyOf(transferReference, piece));
      this.#onTheWay.set(keyOf(transferReference, piece), quantity);
    }
    for (const { location, at, quantity, ...piece } of seen.then)
      this.#then.set(`${keyOf(location, piece)}${at.getTime()}`, quantity);
    for (const { documentReference, productCode, quantity } of seen.received)
      this.#receive(documentReference, productCode, quantity);
  }

  /** How much the ledger has of a piece at a location, virtual ones too. */
  onHand(location: string, piece: Piece): Decimal {
    return this.#pieces.get(pieceKey(piece))?.get(location) ?? nothing;
  }

  /** Places other than `except` that have some of the piece: shelves, quarantine and what is in transit. */
  placesWith(piece: Piece, except: string): string[] {
    const places = [...(this.#pieces.get(pieceKey(piece)) ?? [])];
    return places
      .filter(([place, quantity]) => place !== except && mayHold(place) && quantity.gt(0))
      .map(([place]) => place);
  }

  /** Whether some of a lot stands in quarantine, wherever. */
  isQuarantined(piece: Piece): boolean {
    const places = [...(this.#pieces.get(pieceKey(piece)) ?? [])];
    return places.some(([place, quantity]) => isQuarantine(place) && quantity.gt(0));
  }

  /** How much of a piece is on the way under a transfer reference; null when none of it has been shipped under it at all. */
  onTheWay(transferReference: string, piece: Piece): Decimal | null {
    const way = keyOf(transferReference, piece);
    return this.#shipped.has(way) ? (this.#onTheWay.get(way) ?? nothing) : null;
  }

  /** How much there was of a piece at a location at a business time, by all that is known now. */
  onHandThen(location: string, piece: Piece, at: Date): Decimal {
    const place = keyOf(location, piece);
    const before = this.#then.get(`${place}${at.getTime()}`) ?? nothing;
    const changes = this.#changes.get(place) ?? [];
    return changes.reduce((sum, change) => (change.at <= at.getTime() ? sum.plus(change.quantity) : sum), before);
  }

  /** How much of a product has come under a document, all lots together, without what was reversed. */
  receivedUnder(documentReference: string, productCode: string): Decimal {
    return this.#received.get(`${documentReference}\0${productCode}`) ?? nothing;
  }

  /** A receipt that is undone has not come under its document. */
  takeBack({ documentReference, productCode, quantity }: Movement): void {
    if (documentReference !== null) this.#receive(documentReference, productCode, quantity.negated());
  }

  /** Moves the picture on. `effectiveAt` is the business time from which the movement counts. */
  apply(movement: Movement, effectiveAt: Date): void {
    this.#change(movement, movement.fromLocation, movement.quantity.negated(), effectiveAt);
    this.#change(movement, movement.toLocation, movement.quantity, effectiveAt);
    const { movementType, documentReference, productCode, quantity } = movement;
    if (movementType === 'RECEIPT' && documentReference !== null)
      this.#receive(documentReference, productCode, quantity);
  }

  #receive(documentReference: string, productCode: string, quantity: Decimal): void {
    const key = `${documentReference}\0${productCode}`;
    this.#received.set(key, (this.#received.get(key) ?? nothing).plus(quantity));
  }

  #change(movement: Movement, location: string, quantity: Decimal, at: Date): void {
    const places = this.#placesOf(movement);
    places.set(location, (places.get(location) ?? nothing).plus(quantity));
    const place = keyOf(location, movement);
    const changes = this.#changes.get(place);
    if (changes === undefined) this.#changes.set(place, [{ at: at.getTime(), quantity }]);
    else changes.push({ at: at.getTime(), quantity });
    const { transferReference } = movement;
    if (location !== virtualLocation.inTransit || transferReference === null) return;
    const way = keyOf(transferReference, movement);
    this.#shipped.add(way);
    this.#onTheWay.set(way, (this.#onTheWay.get(way) ?? nothing).plus(quantity));
  }

  #placesOf(piece: Piece): Map<string, Decimal> {
    const key = pieceKey(piece);
    const places = this.#pieces.get(key) ?? new Map<string, Decimal>();
    this.#pieces.set(key, places);
    return places;
  }
}

function mayHold(place: string): boolean {
  return !isVirtual(place) || place === virtualLocation.inTransit;
}

function pieceKey({ productCode, lotNumber, serialNumber }: Piece): string {
  return `${productCode}\0${lotNumber ?? ''}\0${serialNumber ?? ''}\0`;
}

function keyOf(place: string, piece: Piece): string {
  return `${place}\0${pieceKey(piece)}`;
}
