import { createHash } from 'node:crypto';
import { ConsumptionRecorded, Decimal, Topic, type EventId, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { ProposedConsumption } from '@wardline/hl7v2';
import type { Pseudonym } from './pseudonym.js';

/** What an item of a message is known by: its sender, the sender's own id of it or its place in the message, what happened. */
export interface ItemIdentity {
  readonly profile: string;
  readonly transaction: string;
  readonly kind: ProposedConsumption['kind'];
}

/** The identity of an item, by which a repeat is known whatever message it comes in. */
export function identityOf(profile: string, controlId: string, record: ProposedConsumption): ItemIdentity {
  const transaction = record.transaction ?? `${controlId}/${record.item}`;
  return { profile, transaction, kind: record.kind };
}

/** SHA-256 of what items say, whatever message they came in. */
export function meaningOf(records: readonly ProposedConsumption[]): Buffer {
  const said = records.map(({ item: _item, origins: _origins, precision: _precision, ...says }) => says);
  return createHash('sha256').update(JSON.stringify(said)).digest();
}

/** The canonical record of an item, as any upstream would send it; persons only by pseudonym. */
export function recordedConsumption(
  record: ProposedConsumption,
  ids: { readonly eventId: EventId; readonly reverses: EventId | null },
  { profile, pseudonym }: { readonly profile: string; readonly pseudonym: Pseudonym },
): BusinessEvent {
  const { product, location, encounter, performer } = record;
  return businessEvent(Topic.ClinicalConsumption, `${location.value}/${product.value}`, ConsumptionRecorded, {
    eventId: ids.eventId,
    source: profile,
    occurredAt: new Date(record.occurredAt),
    sequence: null,
    kind: record.kind,
    reverses: ids.reverses,
    product,
    location,
    lotNumber: record.lotNumber,
    serialNumber: record.serialNumber,
    expiryDate: record.expiryDate as LocalDate | null,
    quantity: new Decimal(record.quantity),
    unit: record.unit,
    encounterRef: encounter === null ? null : pseudonym('enc', profile, encounter),
    performerRef: performer === null ? null : pseudonym('staff', profile, performer),
    reason: record.reason,
  });
}
