import { Decimal, RequisitionRecorded, Topic, type EventId, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { ProposedRequisition } from '@wardline/hl7v2';

/** A ward's wish for stock, or its cancellation, as an event: replenishment is to weigh it. */
export function recordedRequisition(
  wish: ProposedRequisition,
  ids: { readonly eventId: EventId; readonly reverses: EventId | null },
  profile: string,
): BusinessEvent {
  const { product, deliverTo: location } = wish;
  return businessEvent(Topic.ClinicalRequisition, `${location.value}/${product.value}`, RequisitionRecorded, {
    eventId: ids.eventId,
    source: profile,
    occurredAt: new Date(wish.occurredAt),
    action: wish.action,
    cancels: ids.reverses,
    requisitionNumber: wish.order,
    lineNumber: wish.line,
    product,
    location,
    quantity: new Decimal(wish.quantity),
    unit: wish.unit,
    neededBy: wish.neededBy as LocalDate | null,
    costCentre: wish.costCentre,
    reason: wish.reason,
  });
}
