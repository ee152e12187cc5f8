import type { OffsetRange } from '@wardline/kafka';
import type { RecordStream } from '../records/record-stream.js';
import { shortName, textOf, type ShownRecord } from '../records/shown-record.js';

/** The answer to one record that was sent. */
export interface Receipt {
  readonly eventId: string;
  readonly outcome: 'accepted' | 'refused' | 'held' | 'none';
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly owner: string | null;
}

const outcomes: Readonly<Record<string, Receipt['outcome']>> = {
  ConsumptionAccepted: 'accepted',
  ConsumptionRefused: 'refused',
  ConsumptionHeld: 'held',
};

/**
 * Follows the receipts until each record is accepted or refused, or `signal` is aborted; then one that is held is told as
 * such, with its owner.
 */
export async function awaitReceipts(
  stream: RecordStream,
  from: readonly OffsetRange[],
  eventIds: readonly string[],
  signal: AbortSignal,
): Promise<Receipt[]> {
  const receipts = new Map<string, Receipt>();
  const isOpen = (id: string) => !['accepted', 'refused'].includes(receipts.get(id)?.outcome ?? 'none');
  for await (const record of stream.read(from, () => true, signal)) {
    const receipt = receiptIn(record);
    if (receipt !== null && eventIds.includes(receipt.eventId)) receipts.set(receipt.eventId, receipt);
    if (!eventIds.some(isOpen)) break;
  }
  const none = { outcome: 'none', code: null, message: null, remedy: null, owner: null } as const;
  return eventIds.map((eventId) => receipts.get(eventId) ?? { eventId, ...none });
}

/** The receipt that a record is; null when it is none. */
export function receiptIn(record: ShownRecord): Receipt | null {
  const outcome = outcomes[shortName(record.recordType)];
  const eventId = textOf(record, 'recordEventId');
  if (outcome === undefined || eventId === null) return null;
  const [code, message, remedy, owner] = ['code', 'message', 'remedy', 'owner'].map((field) => textOf(record, field));
  return {
    eventId,
    outcome,
    code: code ?? null,
    message: message ?? null,
    remedy: remedy ?? null,
    owner: owner ?? null,
  };
}
