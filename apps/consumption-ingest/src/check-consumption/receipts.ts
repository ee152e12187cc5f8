import {
  ConsumptionAccepted,
  ConsumptionHeld,
  ConsumptionRefused,
  Topic,
  type ConsumptionRecorded,
  type EventId,
} from '@wardline/event-contracts';
import { businessEvent, deriveEventId, Reject, type BusinessEvent, type Envelope } from '@wardline/event-handling';
import type { CanonicalConsumption } from '../consumption-record.js';
import type { RefusalText } from '../consumption-record.store.js';
import { awaitedOfSource } from '../crosswalk/awaited-codes.js';
import { waitsBehind, type Hold } from './finding.js';

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

/** What an earlier record of the same key waits for. */
export type Ahead = Pick<Reject, 'code' | 'message' | 'owner'>;

/** Parks a record for its owner, with word to the world that it waits; a terminal receipt follows. */
export function heldBy(envelope: RecordEnvelope, decision: Hold): Reject {
  const { code, message, owner, awaits } = decision;
  const names = [...awaits, awaitedOfSource(envelope.data.source)];
  const publish = [held(envelope, decision)];
  return new Reject(code, message, { class: 'DATA', owner, awaits: names, publish, isToldTogether: true });
}

/** Word that a record waits behind an earlier one. */
export function waiting(envelope: RecordEnvelope, { code, message, owner }: Ahead): BusinessEvent {
  return held(envelope, {
    code: waitsBehind,
    message: `An earlier record of the same location and product waits (${code}): ${message}`,
    remedy: `Nothing to do for this record: it follows by itself once ${owner} has settled the earlier one.`,
    owner,
  });
}

function held(envelope: RecordEnvelope, { code, message, remedy, owner }: RefusalText): BusinessEvent {
  const role = header(envelope, `ConsumptionHeld/${code}`);
  const data = { ...role, occurredAt: envelope.receivedAt, code, message, remedy, owner };
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
