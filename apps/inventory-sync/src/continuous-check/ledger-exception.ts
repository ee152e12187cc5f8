import { ExceptionRaised, ExceptionResolved, StockMoved, Topic, type EventId } from '@wardline/event-contracts';
import { businessEvent, ownerOf, type BusinessEvent } from '@wardline/event-handling';
import type { LedgerDifference, LedgerMark } from './ledger-check.store.js';

const consumer = 'inventory-sync';

/**
 * Tells that the ledger does not hold, naming the first balance that differs. No message is at fault, so it names the
 * ledger's own topic with the position up to which all was well, and itself as the message.
 */
export function ledgerDiffers(
  exceptionId: EventId,
  first: LedgerDifference,
  { position, differences }: Pick<LedgerMark, 'position' | 'differences'>,
  now: Date,
): BusinessEvent {
  return businessEvent(Topic.OperationsException, exceptionId, ExceptionRaised, {
    ...{ exceptionId, occurredAt: now, consumer, topic: Topic.InventoryStock, partition: 0 },
    ...{ offset: BigInt(position), messageKey: `${first.location}/${first.productCode}` },
    ...{ recordType: StockMoved.fullName, messageEventId: exceptionId, attempts: 1 },
    ...{ exceptionClass: 'TECHNICAL', code: 'LEDGER_DIFFERS', owner: ownerOf.TECHNICAL },
    message: describe(first, position, differences),
  });
}

/** Tells that the ledger holds again. */
export function ledgerHoldsAgain(exceptionId: EventId, now: Date): BusinessEvent {
  return businessEvent(Topic.OperationsException, exceptionId, ExceptionResolved, {
    ...{ exceptionId, occurredAt: now, consumer, outcome: 'DONE', by: null },
    reason: 'every balance that differed equals the sum of its movements again',
  });
}

function describe(
  { location, productCode, lotNumber, serialNumber, unit, balance, movements }: LedgerDifference,
  position: string,
  differences: number,
): string {
  const lot = lotNumber === null ? '' : `, lot ${lotNumber}`;
  const serial = serialNumber === null ? '' : `, serial ${serialNumber}`;
  const others = differences > 1 ? ` ${differences - 1} more differ.` : '';
  return (
    `The balance of ${productCode}${lot}${serial} at ${location} is ${balance} ${unit}, its movements sum to ${movements}.${others} ` +
    `All was well up to ledger position ${position}. Nothing but the service may write stock_balance: find out who did, and see ` +
    'GET /movements and GET /ledger/check; the movements are the truth.'
  );
}
