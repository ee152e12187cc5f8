import { ConsumptionRecorded, Decimal, Topic, type EventId, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { PlacedConsumption } from './place-of-use.js';
import type { Pseudonym } from './pseudonym.js';

/** The canonical record of an item, as any upstream would send it; persons only by pseudonym. */
export function recordedConsumption(
  record: PlacedConsumption,
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
