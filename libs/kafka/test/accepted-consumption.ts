import { businessEvent, newEventId, type BusinessEvent } from '@wardline/event-handling';
import { ConsumptionAccepted, Decimal, localDate, Topic } from '@wardline/event-contracts';

const id = newEventId(new Date('2026-11-21T08:15:30.000Z'));

/** Data of an accepted consumption, for tests of the codec. Not exported. */
export const acceptedData: ConsumptionAccepted = {
  eventId: id,
  occurredAt: new Date('2026-11-21T08:15:30.000Z'),
  recordedAt: new Date('2026-11-21T08:15:31.120Z'),
  source: 'cabinet-7',
  correlationId: id,
  causationId: null,
  recordEventId: id,
  recordSource: 'cabinet-7',
  sequence: 9007199254740993n,
  kind: 'USED',
  reverses: null,
  productCode: 'GLOVE-M',
  locationCode: 'Küche ✓ NORTH',
  lotNumber: 'L2411A',
  serialNumber: null,
  expiryDate: localDate('2027-03-31'),
  quantity: new Decimal('-123456789012.654321'),
  unit: 'Units',
  recordedQuantity: new Decimal('0.000001'),
  recordedUnit: 'EA',
  reason: null,
  warnings: ['expired', ''],
};

/** An accepted consumption as a business event, with some of its data changed. */
export function accepted(changes: Readonly<Record<string, unknown>> = {}): BusinessEvent {
  const event = businessEvent(Topic.InventoryConsumption, 'NORTH/GLOVE-M', ConsumptionAccepted, acceptedData);
  return { ...event, data: { ...event.data, ...changes } };
}
