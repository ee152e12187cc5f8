import { Buffer } from 'node:buffer';
import { gtinOf } from '../hospital.ts';
import { productOf } from '../generator/day-in-progress.ts';
import type { DayRecord } from '../generator/record.ts';
import { symbolOf } from './scan.ts';

/** A resource, and where it is put. */
export interface FhirRequest {
  readonly version: 'R4' | 'R5';
  readonly path: string;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A record as its source's mapping in libs/fhir/src/example-sources says. */
export function fhirRequest(record: DayRecord): FhirRequest {
  if (record.repeats !== null) return fhirRequest(record.repeats);
  const original = record.reverses ?? record.usesNumberOf ?? record;
  const version = releaseOf(original);
  const id = original.id.toLowerCase();
  const isError = record.what === 'REVERSED';
  const said = resourceOf(
    isError ? { ...record, what: original.what === 'REVERSED' ? 'USED' : original.what } : record,
    version,
  );
  const status = isError ? 'entered-in-error' : (record.form['status'] ?? said.status);
  const meta = { versionId: isError && record.reverses !== null ? '2' : '1' };
  const resource = { ...said, id, meta, status };
  return { version, path: `${version}/${record.sender}/${said.resourceType}/${id}`, resource };
}

type Said = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly status: string };
type Release = FhirRequest['version'];

function releaseOf({ id, what }: DayRecord): Release {
  return what === 'COUNTED' || Number(id.slice(-5)) % 2 === 1 ? 'R5' : 'R4';
}

function resourceOf(record: DayRecord, release: Release): Said {
  if (record.what === 'ARRIVED') return delivery(record, release);
  if (record.what === 'COUNTED') return inventory(record);
  if (record.serial !== null) return device(record, release);
  return record.what === 'RETURNED' ? dispense(record, release) : administration(record, release);
}

const patient = { reference: 'Patient/7001' };
const codings: Readonly<Record<string, string>> = {
  INTERNAL: 'urn:example:north:items',
  GTIN: 'https://www.gs1.org/gtin',
  NDC: 'http://hl7.org/fhir/sid/ndc',
};

function concept({ product: { scheme, value } }: DayRecord): object {
  return { coding: [{ system: codings[scheme], code: value }] };
}

/** At a ward that the resource has no element for. */
function ward({ place }: DayRecord): object[] {
  return [{ url: 'urn:example:north:ward-of-use', valueCoding: { system: 'urn:example:north:wards', code: place } }];
}

function batchOf(record: DayRecord, lotNumber: string): object {
  return { resourceType: 'Medication', id: 'med', code: concept(record), batch: { lotNumber } };
}

/** The medication, with its lot where it has one. */
function medication(record: DayRecord, release: Release): object {
  const code = concept(record);
  if (record.lot === null)
    return release === 'R4' ? { medicationCodeableConcept: code } : { medication: { concept: code } };
  const contained = [batchOf(record, record.lot)];
  const reference = { reference: '#med' };
  return { contained, ...(release === 'R4' ? { medicationReference: reference } : { medication: { reference } }) };
}

function amount({ quantity, unit }: DayRecord): object {
  return { value: Number(quantity), unit };
}

function administration(record: DayRecord, release: Release): Said {
  const at = record.at.toISOString();
  return {
    ...{ resourceType: 'MedicationAdministration', status: 'completed', subject: patient, extension: ward(record) },
    ...medication(record, release),
    ...(release === 'R4' ? { effectiveDateTime: at } : { occurenceDateTime: at }),
    dosage: { dose: amount(record) },
    ...(record.what === 'WASTED'
      ? {
          statusReason: [
            { coding: [{ system: 'urn:example:north:status-reason', code: 'dropped', display: 'Dropped' }] },
          ],
        }
      : {}),
  };
}

function dispense(record: DayRecord, release: Release): Said {
  return {
    ...{ resourceType: 'MedicationDispense', status: 'completed', subject: patient, extension: ward(record) },
    ...medication(record, release),
    ...{ quantity: amount(record), whenHandedOver: record.at.toISOString() },
    type: { coding: [{ system: 'urn:example:north:dispense', code: 'return', display: 'Return' }] },
  };
}

/** By the UDI that was read from its label. */
function device(record: DayRecord, release: Release): Said {
  const carrierAIDC = Buffer.from(symbolOf(record)).toString('base64');
  const deviceIdentifier =
    record.product.scheme === 'GTIN' ? record.product.value : gtinOf(productOf(record.product.value));
  const contained = [
    { resourceType: 'Device', id: 'dev', udiCarrier: [{ deviceIdentifier, issuer: gs1, carrierAIDC }] },
  ];
  const timing = { contained, extension: ward(record), timingDateTime: record.at.toISOString() };
  return release === 'R4'
    ? {
        resourceType: 'DeviceUseStatement',
        status: 'completed',
        subject: patient,
        device: { reference: '#dev' },
        ...timing,
      }
    : {
        resourceType: 'DeviceUsage',
        status: 'completed',
        patient,
        device: { reference: { reference: '#dev' } },
        ...timing,
      };
}

const gs1 = 'http://hl7.org/fhir/NamingSystem/gs1';

function delivery(record: DayRecord, release: Release): Said {
  const { lot } = record;
  const contained = lot === null ? {} : { contained: [batchOf(record, lot)] };
  const what = lot === null ? { itemCodeableConcept: concept(record) } : { itemReference: { reference: '#med' } };
  const item = { quantity: amount(record), ...what };
  return {
    ...{ resourceType: 'SupplyDelivery', status: 'completed', identifier: [{ value: record.document }], ...contained },
    suppliedItem: release === 'R4' ? item : [item],
    occurrenceDateTime: record.at.toISOString(),
    destination: { identifier: { system: 'urn:example:north:wards', value: record.place } },
  };
}

function inventory(record: DayRecord): Said {
  const item = [{ quantity: { value: Number(record.quantity) }, item: { concept: concept(record) } }];
  const location = { identifier: { system: 'urn:example:north:wards', value: record.place } };
  return {
    ...{ resourceType: 'InventoryReport', status: 'active', countType: 'snapshot', identifier: [{ value: record.id }] },
    ...{ reportedDateTime: record.at.toISOString(), reporter: { reference: 'Practitioner/88' } },
    inventoryListing: [{ location, item }],
  };
}
