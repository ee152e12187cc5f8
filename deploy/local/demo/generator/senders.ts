import { stores, wards } from '../hospital.ts';
import type { DayRecord, Edge, What } from './record.ts';

/** A system that tells what happens, and what it can tell. */
export interface Sender {
  readonly name: string;
  readonly edge: Edge;
  /** Senders of one line are sent in their order of the day; different lines at the same time. */
  readonly line: string;
  /** How often it speaks, beside the others. */
  readonly weight: number;
  readonly tells: readonly What[];
  readonly places: readonly string[];
  readonly trackings: readonly ('none' | 'lot' | 'serial')[];
  /** How it may name products. */
  readonly names: readonly DayRecord['product']['scheme'][];
  /** Its records count pieces and name no other unit. */
  readonly piecesOnly?: true;
  /** Its form has no record without a lot. */
  readonly needsLot?: true;
  /** Whether it counts its records. */
  readonly counts?: true;
}

const use = ['USED', 'WASTED', 'RETURNED', 'REVERSED'] as const;
const handling = [
  ...(['RECEIVED', 'PUT_AWAY', 'TRANSFERRED', 'SHIPPED', 'ARRIVED', 'COUNTED', 'QUARANTINED', 'RELEASED'] as const),
  ...(['WRITTEN_OFF', 'RETURNED_TO_SUPPLIER', 'REVERSED'] as const),
];
const everywhere = [...wards, ...stores];
const any = ['none', 'lot', 'serial'] as const;
const noSerials = ['none', 'lot'] as const;

const everyName = ['INTERNAL', 'GTIN', 'NDC', 'SUPPLIER_ITEM'] as const;
const ours = ['INTERNAL'] as const;

function sender(edge: Edge, name: string, given: Partial<Sender> & Pick<Sender, 'weight' | 'tells'>): Sender {
  return { name, edge, line: name, places: wards, trackings: noSerials, names: everyName, ...given };
}

const used = ['USED', 'REVERSED'] as const;
const toldByEvents = handling.filter((what) => what !== 'REVERSED');

/** Every system of the hospital that speaks to Wardline. HL7 and FHIR by the example profiles and mappings. */
export const senders: readonly Sender[] = [
  sender('kafka', 'cabinet-1', { weight: 8, tells: use, counts: true, trackings: any }),
  sender('kafka', 'cabinet-2', { weight: 8, tells: use, counts: true }),
  sender('kafka', 'warehouse-1', { weight: 6, tells: handling, counts: true, places: everywhere, names: ours }),
  sender('scan', 'scanner-1', { weight: 8, tells: use, counts: true, trackings: any }),
  sender('scan', 'scanner-2', { weight: 6, tells: use, trackings: any }),
  sender('scan', 'scanner-3', { weight: 6, tells: handling, counts: true, places: everywhere, names: ours }),
  sender('hl7', 'example-dispensing-cabinet', {
    ...{ weight: 8, tells: ['USED', 'WASTED', 'REVERSED'], piecesOnly: true, names: ['INTERNAL', 'NDC'] },
  }),
  sender('hl7', 'example-charge-system', {
    ...{ weight: 4, tells: used, piecesOnly: true, names: ours, places: ['SOUTH-OR'], trackings: ['none'] },
  }),
  sender('hl7', 'example-medication-record', {
    ...{ weight: 6, tells: ['USED', 'WASTED', 'REVERSED'], piecesOnly: true, names: ['INTERNAL', 'NDC'] },
    line: 'engine-north',
  }),
  // One interface engine sends both, so that a stay is known before something is given to it.
  sender('hl7', 'example-patient-administration', { weight: 0, tells: [], line: 'engine-north' }),
  sender('hl7', 'example-storeroom-requests', { weight: 0.3, tells: [] }),
  sender('hl7', 'example-pharmacy', {
    ...{ weight: 3, tells: used, names: ['INTERNAL', 'NDC'], trackings: ['lot'], needsLot: true },
  }),
  sender('hl7', 'example-point-of-use-implants', {
    ...{ weight: 2, tells: used, piecesOnly: true, names: ['INTERNAL', 'GTIN'], trackings: ['serial'], needsLot: true },
  }),
  sender('fhir', 'example-hospital-ehr', {
    weight: 14,
    tells: use,
    trackings: any,
    names: ['INTERNAL', 'GTIN', 'NDC'],
  }),
  sender('fhir', 'example-storeroom', {
    ...{ weight: 2, tells: ['ARRIVED', 'COUNTED'], places: everywhere, names: ours, piecesOnly: true },
  }),
  sender('csv', 'pharmacy-export', { weight: 10, tells: use, trackings: any }),
  sender('jsonl', 'cabinet-lines', { weight: 6, tells: use, trackings: any }),
  sender('epcis', 'pharmacy-epcis', {
    ...{ weight: 6, tells: ['USED', 'RETURNED', 'REVERSED', ...toldByEvents], trackings: any, places: everywhere },
  }),
];
