import {
  ConsumptionAccepted,
  ConsumptionHeld,
  ConsumptionRefused,
  Topic,
  type ConsumptionRecorded,
  type EventId,
} from '@wardline/event-contracts';
import { businessEvent, deriveEventId, type BusinessEvent, type Envelope } from '@wardline/event-handling';
import type { CanonicalConsumption } from '../consumption-record.js';
import type { RefusalText } from '../consumption-record.store.js';

type RecordEnvelope = Envelope<ConsumptionRecorded>;

/**
 * The acceptance of a record, one event on two topics: the receipt under the record's own key and the fact that stock
 * follows under the canonical one. The pseudonyms of patient and staff stay behind.
 */
export function accepted(envelope: RecordEnvelope, consumption: CanonicalConsumption): BusinessEvent[] {
  const { occurredAt } = envelope.data;
  const data = { ...header(envelope, 'ConsumptionAccepted'), occurredAt, ...consumption };
  const canonicalKey = `${consumption.locationCode}/${consumption.productCode}`;
  return [
    businessEvent(Topic.ClinicalConsumptionReceipt, receiptKey(envelope), ConsumptionAccepted, data),
    businessEvent(Topic.InventoryConsumption, canonicalKey, ConsumptionAccepted, data),
  ];
}

/** The refusal of a record: its terminal receipt. */
export function refused(envelope: RecordEnvelope, { code, message, remedy, owner }: RefusalText): BusinessEvent {
  const data = {
    ...header(envelope, 'ConsumptionRefused'),
    occurredAt: envelope.receivedAt,
    code,
    message,
    remedy,
    owner,
  };
  return businessEvent(Topic.ClinicalConsumptionReceipt, receiptKey(envelope), ConsumptionRefused, data);
}

/** Word that a record waits; a terminal receipt follows. */
export function held(envelope: RecordEnvelope, { code, message, remedy, owner }: RefusalText): BusinessEvent {
  const data = {
    ...header(envelope, `ConsumptionHeld/${code}`),
    occurredAt: envelope.receivedAt,
    code,
    message,
    remedy,
    owner,
  };
  return businessEvent(Topic.ClinicalConsumptionReceipt, receiptKey(envelope), ConsumptionHeld, data);
}

/** The key of the record's message; from its content where the source gave none. Postgres takes no NUL. */
function receiptKey({ key, data }: RecordEnvelope): string {
  return (key || `${data.location.value}/${data.product.value}`).replaceAll('\0', '\u2400');
}

interface ReceiptHeader {
  readonly eventId: EventId;
  readonly recordEventId: EventId;
  readonly recordSource: string;
  readonly sequence: bigint | null;
}

/** The same record and role give the same identity, however often the record is handled. */
function header({ data, receivedAt }: RecordEnvelope, role: string): ReceiptHeader {
  const time = Number.isNaN(data.occurredAt.getTime()) ? receivedAt : data.occurredAt;
  return {
    eventId: deriveEventId(data.eventId, role, time),
    recordEventId: data.eventId,
    recordSource: data.source,
    sequence: data.sequence,
  };
}
