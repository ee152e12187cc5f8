import {
  StockOperationAccepted,
  StockOperationHeld,
  StockOperationRefused,
  Topic,
  type StockOperationRecorded,
} from '@wardline/event-contracts';
import { businessEvent, deriveEventId, Reject, type BusinessEvent, type Envelope } from '@wardline/event-handling';
import type { Hold } from './finding.js';
import type { Acceptance } from './stock-operation.js';

type RecordEnvelope = Envelope<StockOperationRecorded>;

/** Why a record was refused or waits, as it stands in its receipt. */
export interface RefusalText {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
}

/** What an earlier record of the same key waits for. */
export type Ahead = Pick<Reject, 'code' | 'message' | 'owner'>;

/** The acceptance of a record. The pseudonyms of staff stay behind. */
export function accepted(envelope: RecordEnvelope, { placed, reverses, booking }: Acceptance): BusinessEvent {
  const { productCode, locationCode, toLocationCode, lotNumber, serialNumber, expiryDate, quantity, unit } = placed;
  const { operation, recordedQuantity, recordedUnit, transferReference, documentReference, reason } = placed;
  const { expectedQuantity, condition, temperatureLogReference } = placed;
  return businessEvent(Topic.WarehouseScanReceipt, receiptKey(envelope), StockOperationAccepted, {
    ...header(envelope, 'StockOperationAccepted'),
    occurredAt: envelope.data.occurredAt,
    ...{ operation, reverses, productCode, locationCode, toLocationCode, lotNumber, serialNumber, expiryDate },
    ...{ quantity, unit, recordedQuantity, recordedUnit, transferReference, documentReference, reason },
    ...{ expectedQuantity, condition, temperatureLogReference },
    movementEventId: booking.movement?.eventId ?? null,
    warnings: [...booking.warnings],
  });
}

/** The refusal of a record: its terminal receipt. */
export function refused(envelope: RecordEnvelope, text: RefusalText): BusinessEvent {
  const data = { ...header(envelope, 'StockOperationRefused'), ...advice(envelope, text) };
  return businessEvent(Topic.WarehouseScanReceipt, receiptKey(envelope), StockOperationRefused, data);
}

/** Parks a record for its owner, with word to the world that it waits; a terminal receipt follows. */
export function heldBy(envelope: RecordEnvelope, decision: Hold): Reject {
  const { code, message, owner, awaits } = decision;
  return new Reject(code, `${message} ${decision.remedy}`, {
    ...{ class: decision.class, owner, awaits },
    publish: [held(envelope, decision)],
  });
}

/** Word that a record waits behind an earlier one. */
export function waiting(envelope: RecordEnvelope, { code, message, owner }: Ahead): BusinessEvent {
  return held(envelope, {
    code: 'WAITS_BEHIND',
    message: `An earlier record of the same location and product waits (${code}): ${message}`,
    remedy: `Nothing to do for this record: it follows by itself once ${owner} has settled the earlier one.`,
    owner,
  });
}

function held(envelope: RecordEnvelope, text: RefusalText): BusinessEvent {
  const data = { ...header(envelope, `StockOperationHeld/${text.code}`), ...advice(envelope, text) };
  return businessEvent(Topic.WarehouseScanReceipt, receiptKey(envelope), StockOperationHeld, data);
}

function advice({ receivedAt }: RecordEnvelope, { code, message, remedy, owner }: RefusalText) {
  return { occurredAt: receivedAt, code, message, remedy, owner };
}

/** The key of the record's message; from its content where the source gave none. Postgres takes no NUL. */
function receiptKey({ key, data }: RecordEnvelope): string {
  return (key || `${data.location.value}/${data.product.value}`).replaceAll('\0', '\u2400');
}

/** The same record and role give the same identity, however often the record is handled. */
function header({ data, receivedAt }: RecordEnvelope, role: string) {
  const time = Number.isNaN(data.occurredAt.getTime()) ? receivedAt : data.occurredAt;
  return {
    eventId: deriveEventId(data.eventId, role, time),
    recordEventId: data.eventId,
    recordSource: data.source,
    sequence: data.sequence,
  };
}
