import { Decimal, type EventId } from '@wardline/event-contracts';
import fc from 'fast-check';
import type { Movement } from '../src/movement.js';
import { bringsBack, secondPlace } from '../src/serial-place.js';
import { issue } from '../src/stock-ledger.js';
import type { Piece, StockPicture } from '../src/stock-picture.js';
import { bookOperation } from '../src/take-stock-operation/book-operation.js';
import { isFinding } from '../src/take-stock-operation/finding.js';
import { reverseOperation } from '../src/take-stock-operation/reverse-operation.js';
import type { OperationKind, PlacedOperation, SettledOperation } from '../src/take-stock-operation/stock-operation.js';

/** Where a feed handles stock. */
export const places = ['DOCK', 'STORE', 'WARD'] as const;
/** When the day of a history begins. */
export const morning = Date.UTC(2026, 10, 21, 8);
const rules = { countApprovalLimit: new Decimal(1_000_000), overrideRoles: [], maxClockSkew: 0 };
const moving = [
  'RECEIVED',
  'PUT_AWAY',
  'TRANSFERRED',
  'SHIPPED',
  'ARRIVED',
  'QUARANTINED',
  'RELEASED',
  'WRITTEN_OFF',
] as const;
/** What a feed can tell of. */
export const steps = [...moving, 'RETURNED_TO_SUPPLIER', 'COUNTED', 'REVERSED', 'USED', 'WASTED', 'RETURNED'] as const;

/** One thing done, in small numbers: places, transfers and earlier operations by their index. */
export interface Step {
  readonly what: (typeof steps)[number];
  readonly at: number;
  readonly to: number;
  readonly quantity: number;
  readonly minute: number;
  readonly transfer: number;
  /** Which earlier operation a REVERSED undoes. */
  readonly nth: number;
}

/** Any step of a day; transfers and what undoes them more often, since they need each other. */
export const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...steps, 'SHIPPED', 'ARRIVED', 'ARRIVED', 'REVERSED', 'REVERSED'),
  at: fc.nat(2),
  to: fc.nat(2),
  quantity: fc.integer({ min: 1, max: 9 }),
  minute: fc.nat(600),
  transfer: fc.nat(1),
  nth: fc.nat(20),
});

type Use = 'USED' | 'WASTED' | 'RETURNED';

/** Whether a step tells of consumption. */
export function isUse(what: Step['what']): what is Use {
  return what === 'USED' || what === 'WASTED' || what === 'RETURNED';
}

type Accepted = Extract<SettledOperation, { outcome: 'accepted' }>;

/** One feed: the operations of one lot or one serial, and what became of them. */
export class Feed {
  readonly movements: Movement[] = [];
  readonly answers: string[] = [];
  readonly operations: Accepted[] = [];
  #count = 0;

  constructor(
    private readonly piece: Piece,
    private readonly stock: StockPicture,
  ) {}

  take(given: Step): void {
    const { what } = given;
    if (isUse(what)) this.#use(given, what);
    else if (what === 'REVERSED') this.undo(this.operations[given.nth % Math.max(1, this.operations.length)]);
    else this.#operate(given, what);
  }

  /** Reverses an operation as a record of its own would. */
  undo(original: Accepted | undefined): void {
    if (original === undefined || original.reversedBy !== null || original.placed.operation === 'REVERSED') return;
    const placed = { ...(original.placed as PlacedOperation), operation: 'REVERSED' as const, ...this.#identity() };
    const booking = reverseOperation(placed, original, this.stock, { receivedAt: placed.occurredAt, rules });
    this.#note(placed, booking);
    if (isFinding(booking)) return;
    const at = this.operations.indexOf(original);
    this.operations[at] = { ...original, reversedBy: placed.recordEventId };
  }

  #operate({ at, to, quantity, minute, transfer }: Step, operation: OperationKind): void {
    const [from, next] = [places[at]!, places[to === at ? (to + 1) % 3 : to]!];
    const amount = this.piece.serialNumber === null ? quantity : operation === 'COUNTED' ? quantity % 2 : 1;
    const { transferReference, toLocation } = twoSteps(operation, transfer, next);
    const placed: PlacedOperation = {
      ...{ ...this.#identity(), ...this.piece, operation, occurredAt: new Date(morning + minute * 60_000) },
      ...{ source: 'scanner', locationCode: from, toLocationCode: toLocation, expiryDate: null, unit: 'Units' },
      ...{ quantity: new Decimal(amount), recordedQuantity: new Decimal(amount), recordedUnit: 'Units' },
      ...{
        transferReference,
        documentReference: null,
        expectedQuantity: null,
        condition: null,
        temperatureLogReference: null,
        performerRef: null,
        approverRef: null,
        reason: null,
        warnings: [],
      },
    };
    this.#note(placed, bookOperation(placed, this.stock, { receivedAt: placed.occurredAt, rules }));
  }

  #note(placed: PlacedOperation, booking: ReturnType<typeof bookOperation>): void {
    this.answers.push(isFinding(booking) ? booking.code : placed.operation);
    if (isFinding(booking)) return;
    const { movement, effectiveAt } = booking;
    if (movement !== null) this.#book(movement, effectiveAt);
    this.operations.push({ outcome: 'accepted', eventId: placed.recordEventId, placed, movement, reversedBy: null });
  }

  /** Consumption has happened and is booked whatever there is; only a piece does not come back where another is. */
  #use({ at, quantity, minute }: Step, kind: Use): void {
    const { recordEventId } = this.#identity();
    const amount = new Decimal(this.piece.serialNumber === null ? quantity : 1);
    const occurredAt = new Date(morning + minute * 60_000);
    const data = {
      ...{ ...this.piece, kind, occurredAt, recordEventId, eventId: recordEventId, correlationId: recordEventId },
      ...{ locationCode: places[at]!, quantity: amount, unit: 'Units', expiryDate: null, reverses: null, reason: null },
      ...{ recordedAt: occurredAt, source: 'ward', causationId: null, recordSource: 'ward', sequence: null },
      ...{ recordedQuantity: amount, recordedUnit: 'Units', warnings: [] },
    };
    const movement = issue({ data, receivedAt: occurredAt }, new Map());
    const isElsewhere = bringsBack(movement) && secondPlace(movement, this.stock) !== null;
    this.answers.push(isElsewhere ? 'SERIAL_ELSEWHERE' : kind);
    if (!isElsewhere) this.#book(movement, occurredAt);
  }

  #book(movement: Movement, effectiveAt: Date): void {
    this.stock.apply(movement, effectiveAt);
    this.movements.push(movement);
  }

  #identity(): { recordEventId: EventId; correlationId: EventId } {
    const { productCode, lotNumber, serialNumber } = this.piece;
    const eventId = `${productCode}${lotNumber ?? ''}${serialNumber ?? ''}-${this.#count++}` as EventId;
    return { recordEventId: eventId, correlationId: eventId };
  }
}

function twoSteps(operation: OperationKind, transfer: number, next: string) {
  const isTwo = operation === 'SHIPPED' || operation === 'ARRIVED';
  const goes = operation === 'PUT_AWAY' || operation === 'TRANSFERRED' || operation === 'SHIPPED';
  return { transferReference: isTwo ? `TR-${transfer}` : null, toLocation: goes ? next : null };
}
