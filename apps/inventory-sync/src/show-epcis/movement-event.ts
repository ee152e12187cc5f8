import { isGs1Text, placeUri, type BusinessStep, type WrittenEvent } from '@wardline/epcis';
import { tradeUnitCode } from '@wardline/units-of-measure';
import { isQuarantine, isVirtual, locationBeside, virtualLocation } from '../movement.js';

/** A movement as it is told to trading partners. */
export interface ToldMovement {
  readonly position: string;
  readonly eventId: string;
  readonly movementType: string;
  readonly productCode: string;
  readonly gtin: string | null;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly quantity: string;
  readonly unit: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly transferReference: string | null;
  readonly documentReference: string | null;
  /** Set where this line takes the movement back: when that was learned of. */
  readonly undoneAt: Date | null;
}

type Told = Pick<WrittenEvent, 'action' | 'bizStep'> & {
  readonly disposition?: string;
  readonly at: 'from' | 'to' | 'both';
};

/**
 * The event of EPCIS 2.0 that a movement is, by the definitions of CBV 2.0, sections 7.1 and 7.2. A reversal is the event of
 * the movement that it takes back, declared an error (EPCIS 2.0, section 7.4.1.2): events are never changed otherwise.
 */
export function movementEvent(movement: ToldMovement, gln: string | undefined): WrittenEvent {
  const { eventId, occurredAt, recordedAt, fromLocation, toLocation, quantity, unit, undoneAt } = movement;
  const { at, ...told } = meaning(movement);
  const uri = (place: string): string => uriOf(locationBeside(place), gln);
  const { gtin, productCode, lotNumber, serialNumber } = movement;
  return {
    ...{ eventId, occurredAt, recordedAt: undoneAt ?? recordedAt, ...told },
    item: { gtin, productCode, lotNumber, serialNumber },
    ...{ quantity, unit, unitCode: tradeUnitCode(unit) },
    readPoint: uri(at === 'to' ? toLocation : fromLocation),
    ...(at === 'from' ? {} : { bizLocation: uri(toLocation) }),
    ...(at === 'both' && { source: uri(fromLocation), destination: uri(toLocation) }),
    documents: documentsOf(movement),
    ...(undoneAt !== null && { error: { declaredAt: undoneAt, reason: 'did_not_occur' as const } }),
  };
}

function meaning({ movementType, fromLocation: from, toLocation: to }: ToldMovement): Told {
  const told = (bizStep: BusinessStep, disposition: string | undefined, at: Told['at']): Told => ({
    ...{ action: 'OBSERVE', bizStep, at },
    ...(disposition !== undefined && { disposition }),
  });
  switch (movementType) {
    case 'RECEIPT':
      return told('receiving', isQuarantine(to) ? 'damaged' : 'in_progress', 'to');
    case 'CONSUMPTION':
      return told('dispensing', 'dispensed', 'from');
    case 'WASTE':
      return { ...told('destroying', 'destroyed', 'from'), action: 'DELETE' };
    case 'RETURN':
      return isVirtual(to) ? told('shipping', 'returned', 'from') : told('receiving', 'returned', 'to');
    case 'ADJUSTMENT':
      return {
        ...told('other', undefined, isVirtual(from) ? 'to' : 'from'),
        action: isVirtual(from) ? 'ADD' : 'DELETE',
      };
    default:
      return transferred(from, to, told);
  }
}

function transferred(
  from: string,
  to: string,
  told: (bizStep: BusinessStep, disposition: string | undefined, at: Told['at']) => Told,
): Told {
  if (to === virtualLocation.inTransit) return told('shipping', 'in_transit', 'from');
  if (from === virtualLocation.inTransit) return told('receiving', 'in_progress', 'to');
  if (isQuarantine(to)) return told('holding', 'unavailable', 'to');
  if (isQuarantine(from)) return told('inspecting', 'available', 'to');
  return told('stocking', undefined, 'both');
}

function documentsOf({ movementType, ...of }: ToldMovement): NonNullable<WrittenEvent['documents']> {
  const order = movementType === 'RECEIPT' ? { type: 'po' as const } : {};
  return [
    ...(of.transferReference === null ? [] : [{ type: 'desadv' as const, reference: of.transferReference }]),
    ...(of.documentReference === null ? [] : [{ ...order, reference: of.documentReference }]),
  ];
}

function uriOf(place: string, gln: string | undefined): string {
  if (gln === undefined || !isGs1Text(place)) return `urn:wardline:location:${encodeURIComponent(place)}`;
  return placeUri({ gln, extension: place });
}
