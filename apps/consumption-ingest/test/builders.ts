import {
  ConsumptionRecorded,
  Decimal,
  LocationChanged,
  LotChanged,
  ProductChanged,
  UnitChanged,
  type EventId,
} from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent } from '@wardline/event-handling';

/** The morning on which the tests take place. */
export const morning = new Date('2026-11-21T08:15:30.000Z');

/** A new event id. */
export function anEventId(): EventId {
  return newEventId(morning);
}

/** A good record: two gloves used on the ICU; overrides say what the test is about. */
export function aRecord(overrides: Partial<ConsumptionRecorded> = {}): ConsumptionRecorded {
  const eventId = overrides.eventId ?? anEventId();
  return {
    eventId,
    occurredAt: morning,
    recordedAt: null,
    source: 'cabinet-7',
    correlationId: eventId,
    causationId: null,
    sequence: null,
    kind: 'USED',
    reverses: null,
    product: { scheme: 'INTERNAL', value: 'GLOVE-M', supplierCode: null },
    location: { scheme: 'CODE', value: 'NORTH-ICU' },
    lotNumber: null,
    serialNumber: null,
    expiryDate: null,
    quantity: new Decimal(2),
    unit: 'EA',
    encounterRef: 'enc-7f3a',
    performerRef: 'staff-0c11',
    reason: null,
    ...overrides,
  };
}

/** How a record names a product by its internal reference. */
export function internal(value: string): ConsumptionRecorded['product'] {
  return { scheme: 'INTERNAL', value, supplierCode: null };
}

/** The record as an upstream team would send it. */
export function sent(record: ConsumptionRecorded): BusinessEvent {
  const key = `${record.location.value}/${record.product.value}`;
  return businessEvent('clinical.consumption', key, ConsumptionRecorded, record as never);
}

function header(recordedAt: Date): Record<string, unknown> {
  const eventId = anEventId();
  return {
    eventId,
    occurredAt: recordedAt,
    recordedAt,
    source: 'odoo-adapter',
    correlationId: eventId,
    causationId: null,
  };
}

/** Odoo's word on a product: a glove in single pieces unless the test says otherwise. */
export function product(overrides: Partial<ProductChanged> = {}): BusinessEvent {
  const data = {
    ...header(overrides.recordedAt ?? morning),
    ...{ productCode: 'GLOVE-M', name: 'Nitrile glove M', gtin: null, tracking: 'NONE', unit: 'Units' },
    ...{ packagings: [], supplierItems: [], category: 'All', active: true, odooId: 7n },
    ...overrides,
  };
  return businessEvent('masterdata.product', data.productCode, ProductChanged, data as never);
}

/** Odoo's word on a location: the ICU unless the test says otherwise. */
export function location(overrides: Partial<LocationChanged> = {}): BusinessEvent {
  const data = {
    ...header(overrides.recordedAt ?? morning),
    ...{
      locationCode: 'NORTH-ICU',
      name: 'WH/Stock/North/ICU',
      usage: 'internal',
      company: null,
      active: true,
      odooId: 42n,
    },
    ...overrides,
  };
  return businessEvent('masterdata.location', data.locationCode, LocationChanged, data as never);
}

/** Odoo's word on a lot or serial. */
export function lot(overrides: Partial<LotChanged> & Pick<LotChanged, 'productCode' | 'lotNumber'>): BusinessEvent {
  const data = {
    ...header(overrides.recordedAt ?? morning),
    ...{ expiryDate: null, locationCode: null, active: true, odooId: 9n },
    ...overrides,
  };
  return businessEvent('masterdata.lot', `${data.productCode}/${data.lotNumber}`, LotChanged, data as never);
}

/** Odoo's word on a unit: so many of `rootUnit`. */
export function unit(name: string, factor: string, rootUnit = name): BusinessEvent {
  const data = {
    ...header(morning),
    ...{ unit: name, factor: new Decimal(factor), rootUnit, rounding: new Decimal('0.01'), active: true, odooId: 1n },
  };
  return businessEvent('masterdata.unit', name, UnitChanged, data as never);
}
