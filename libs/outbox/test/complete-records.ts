import { Decimal, type ConsumptionAccepted, type EventId, type StockMoved } from '@wardline/event-contracts';

const morning = new Date('2026-11-21T08:00:00Z');

/** A ConsumptionAccepted with every field of its contract. */
export function acceptedConsumption(eventId: EventId, reason: string): ConsumptionAccepted {
  return {
    ...{ eventId, occurredAt: morning, recordedAt: morning, source: 'consumption-ingest', correlationId: eventId },
    ...{
      causationId: null,
      recordEventId: eventId,
      recordSource: 'cabinet-7',
      sequence: 7n,
      kind: 'USED',
      reverses: null,
    },
    ...{ productCode: 'GLOVE-M', locationCode: 'NORTH-ICU', lotNumber: null, serialNumber: null, expiryDate: null },
    ...{ quantity: new Decimal(2), unit: 'Units', recordedQuantity: new Decimal(2), recordedUnit: 'EA' },
    ...{ reason, warnings: [] },
  };
}

/** What a publisher gives of a StockMoved. */
export function movedStock(
  reason: string,
): Omit<StockMoved, 'eventId' | 'recordedAt' | 'source' | 'correlationId' | 'causationId'> {
  return {
    ...{ occurredAt: morning, movementType: 'CONSUMPTION', productCode: 'GLOVE-M', fromLocation: 'NORTH-ICU' },
    ...{ toLocation: 'Consumption', lotNumber: null, serialNumber: null, expiryDate: null, quantity: new Decimal(2) },
    ...{ transferReference: null, documentReference: null },
    ...{ unit: 'Units', reverses: null, ledgerPosition: 1n, actor: 'cabinet-7', interface: 'kafka', reason },
  };
}
