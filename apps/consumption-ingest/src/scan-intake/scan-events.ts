import {
  ConsumptionRecorded,
  Decimal,
  StockOperationRecorded,
  Topic,
  type EventId,
  type LocalDate,
} from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { Pseudonym } from '../hl7-intake/pseudonym.js';
import { consumptionActions, type Scan, type WarehouseAction } from './scan.js';
import type { ScanReading } from './scan-reading.js';

/** Whether an action tells of use; every other one tells of handling. */
export function isConsumption(action: string): boolean {
  return (consumptionActions as readonly string[]).includes(action);
}

/** What a scan becomes, beside what it says. */
export interface ScanIds {
  readonly eventId: EventId;
  /** The event of the scan that is undone. */
  readonly reverses: EventId | null;
  /** The action of that scan; the scan's own where nothing is undone. */
  readonly family: string;
}

/** The canonical record of a scan, as any upstream would send it; persons only by pseudonym, or left out without a key. */
export function recordedScan(
  scan: Scan,
  reading: ScanReading,
  ids: ScanIds,
  pseudonym: Pseudonym | null,
): BusinessEvent {
  const by = (kind: 'enc' | 'staff', reference: string | null): string | null =>
    reference === null || pseudonym === null ? null : pseudonym(kind, scan.source, reference);
  const common = { ...fieldsOf(scan, reading, ids), performerRef: by('staff', scan.performer) };
  const key = `${reading.location.value}/${reading.product.value}`;
  const kind = scan.action;
  if (isConsumption(ids.family)) {
    const data = { ...common, kind: kind as 'USED', encounterRef: by('enc', scan.encounter) };
    return businessEvent(Topic.ClinicalConsumption, key, ConsumptionRecorded, data);
  }
  const expectedCount = scan.expectedCount ?? null;
  return businessEvent(Topic.WarehouseScan, key, StockOperationRecorded, {
    ...common,
    operation: kind as WarehouseAction,
    toLocation: reading.toLocation,
    transferReference: scan.transferReference,
    documentReference: reading.documentReference,
    expectedQuantity: expectedCount === null ? null : new Decimal(expectedCount),
    condition: scan.condition ?? null,
    temperatureLogReference: scan.temperatureLog ?? null,
    approverRef: by('staff', scan.approver),
  });
}

function fieldsOf(scan: Scan, reading: ScanReading, { eventId, reverses }: ScanIds) {
  const { product, location, lotNumber, serialNumber, expiryDate, quantity, unit } = reading;
  return {
    eventId,
    source: scan.source,
    occurredAt: new Date(scan.scannedAt),
    sequence: scan.sequence === null ? null : BigInt(scan.sequence),
    reverses,
    product: { ...product, supplierCode: null },
    location,
    ...{ lotNumber, serialNumber, expiryDate: expiryDate as LocalDate | null },
    ...{ quantity, unit, reason: scan.reason },
  };
}
