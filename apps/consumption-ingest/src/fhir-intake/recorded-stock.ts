import {
  ConsumptionRecorded,
  Decimal,
  StockOperationRecorded,
  Topic,
  type EventId,
  type LocalDate,
} from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import { operationKinds, type ProposedItem } from '@wardline/fhir';
import type { Pseudonym } from '../hl7-intake/pseudonym.js';
import type { Said, StandingItem } from './revise-resource.js';

/** Who says it. */
export interface Saying {
  readonly source: string;
  readonly pseudonym: Pseudonym;
}

/** The record of an item, as any upstream would send it; persons only by pseudonym. */
export function recordedItem(item: ProposedItem, eventId: EventId, { source, pseudonym }: Saying): BusinessEvent {
  const performerRef = item.performer === null ? null : pseudonym('staff', source, item.performer);
  const encounterRef = item.encounter === null ? null : pseudonym('enc', source, item.encounter);
  const ids = { eventId, source, reverses: null };
  const when = { occurredAt: new Date(item.occurredAt), reason: item.reason };
  return isOperation(item)
    ? operation(item, { ...ids, ...when, operation: item.meaning as StockOperationRecorded['operation'], performerRef })
    : consumption(item, {
        ...ids,
        ...when,
        kind: item.meaning as ConsumptionRecorded['kind'],
        performerRef,
        encounterRef,
      });
}

/** The record that takes one back that stands. */
export function takenBack(
  { eventId: reverses, said }: StandingItem,
  ids: { readonly eventId: EventId; readonly source: string; readonly occurredAt: Date; readonly reason: string },
): BusinessEvent {
  const own = { ...ids, reverses, performerRef: null };
  return isOperation(said)
    ? operation(said, { ...own, operation: 'REVERSED' })
    : consumption(said, { ...own, kind: 'REVERSED', encounterRef: null });
}

function isOperation({ meaning }: Said): boolean {
  return (operationKinds as readonly string[]).includes(meaning);
}

type Of<Recorded, Fields extends keyof Recorded> = Pick<Recorded, Fields>;
type Common = 'source' | 'occurredAt' | 'reverses' | 'reason' | 'performerRef' | 'eventId';

function consumption(said: Said, own: Of<ConsumptionRecorded, Common | 'kind' | 'encounterRef'>): BusinessEvent {
  return businessEvent(Topic.ClinicalConsumption, keyOf(said), ConsumptionRecorded, { ...stock(said), ...own });
}

function operation(said: Said, own: Of<StockOperationRecorded, Common | 'operation'>): BusinessEvent {
  const { toLocation, reference, meaning } = said;
  return businessEvent(Topic.WarehouseScan, keyOf(said), StockOperationRecorded, {
    ...stock(said),
    ...own,
    toLocation,
    transferReference: meaning === 'ARRIVED' ? reference : null,
    documentReference: meaning === 'ARRIVED' ? null : reference,
    ...{ expectedQuantity: null, condition: null, temperatureLogReference: null },
    approverRef: null,
    reason: own.reason ?? (meaning === 'COUNTED' ? 'counted' : null),
  });
}

const keyOf = ({ location, product }: Said): string => `${location.value}/${product.value}`;

function stock({ product, location, lotNumber, serialNumber, expiryDate, quantity, unit }: Said) {
  return {
    ...{ sequence: null, product, location, lotNumber, serialNumber, unit },
    expiryDate: expiryDate as LocalDate | null,
    quantity: new Decimal(quantity),
  };
}
