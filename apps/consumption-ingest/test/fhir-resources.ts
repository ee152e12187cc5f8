type Resource = Record<string, unknown> & { readonly resourceType: string };
type Version = 'R4' | 'R5';

const ndc = { code: { coding: [{ system: 'urn:example:north:items', code: 'PARA-500' }] } };
const tablets = {
  ...{ resourceType: 'Medication', id: 'med' },
  ...ndc,
  batch: { lotNumber: 'L2411A', expirationDate: '2027-03' },
};

/** Two tablets given on the ICU, as version `version`; overrides say what the test is about. */
export function administration(
  version: string,
  overrides: Record<string, unknown> = {},
  release: Version = 'R4',
): Resource {
  const patient = { reference: 'Patient/7001', display: 'TESTCASE, Anna' };
  const given = '2026-11-21T08:15:00+01:00';
  const nurse = { reference: 'Practitioner/7711' };
  const stay = { reference: 'Encounter/V5001' };
  const byRelease =
    release === 'R4'
      ? {
          ...{ medicationReference: { reference: '#med' }, context: stay, effectiveDateTime: given },
          performer: [{ actor: nurse }],
        }
      : {
          ...{ medication: { reference: { reference: '#med' } }, encounter: stay, occurenceDateTime: given },
          performer: [{ actor: { reference: nurse } }],
        };
  return {
    ...{ resourceType: 'MedicationAdministration', id: 'given-1', meta: { versionId: version } },
    ...{ contained: [tablets], status: 'completed', subject: patient, ...byRelease },
    dosage: { dose: { value: 2, unit: 'TAB' } },
    ...overrides,
  };
}

/** A bundle that updates resources. */
export function bundleOf(type: string, resources: readonly Resource[]): Resource {
  const entry = resources.map((resource) => {
    const url = `${resource.resourceType}/${String(resource['id'])}`;
    return { fullUrl: `https://ehr.example.org/fhir/${url}`, resource, request: { method: 'PUT', url } };
  });
  return { resourceType: 'Bundle', type, entry };
}

/** A transaction in R5: a procedure that implanted a device, and the device. */
export function implantation(id: string): Resource {
  const device = 'urn:uuid:0c3a1f5e-53a2-4a8e-9d3a-6f1d7d7a1b11';
  return {
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: [
      {
        fullUrl: `https://ehr.example.org/fhir/Procedure/${id}`,
        resource: {
          ...{ resourceType: 'Procedure', id, meta: { versionId: '1' }, status: 'completed' },
          ...{ subject: { reference: 'Patient/7001' }, occurrenceDateTime: '2026-11-20' },
          focalDevice: [{ manipulated: { reference: device } }],
        },
        request: { method: 'PUT', url: `Procedure/${id}` },
      },
      {
        fullUrl: device,
        resource: {
          resourceType: 'Device',
          udiCarrier: [
            {
              ...{ deviceIdentifier: '04012345678901', issuer: 'http://hl7.org/fhir/NamingSystem/gs1' },
              carrierHRF: '(01)04012345678901(17)271231(10)LOT7(21)SN42',
            },
          ],
        },
        request: { method: 'POST', url: 'Device' },
      },
    ],
  };
}

/** A notification of a subscription that brings resources, or names one that it does not bring. */
export function notification(version: Version, resources: readonly Resource[], focus?: string): Resource {
  const foci = focus === undefined ? resources.map(({ resourceType, id }) => `${resourceType}/${String(id)}`) : [focus];
  const type = foci.length === 0 ? 'heartbeat' : 'event-notification';
  const subscription = { reference: 'https://ehr.example.org/fhir/Subscription/stock' };
  const status =
    version === 'R5'
      ? {
          ...{ resourceType: 'SubscriptionStatus', status: 'active', type, subscription },
          notificationEvent: foci.map((reference, index) => ({ eventNumber: `${index + 1}`, focus: { reference } })),
        }
      : {
          resourceType: 'Parameters',
          parameter: [
            { name: 'subscription', valueReference: subscription },
            { name: 'status', valueCode: 'active' },
            { name: 'type', valueCode: type },
            ...foci.map((reference) => ({
              ...{ name: 'notification-event' },
              part: [
                { name: 'event-number', valueString: '1' },
                { name: 'focus', valueReference: { reference } },
              ],
            })),
          ],
        };
  const brought = bundleOf('', resources)['entry'] as unknown[];
  return {
    resourceType: 'Bundle',
    type: version === 'R5' ? 'subscription-notification' : 'history',
    entry: [{ fullUrl: 'urn:uuid:46b1a2c4-2f9c-4a43-9c3b-0a4b9d1f2e01', resource: status }, ...brought],
  };
}

/** A count of a storeroom in R5: forty gloves and no syringe. */
export function count(version: string, overrides: Record<string, unknown> = {}): Resource {
  const item = (code: string, value: number): unknown => ({
    quantity: { value },
    item: { concept: { coding: [{ system: 'urn:example:north:items', code }] } },
  });
  return {
    ...{ resourceType: 'InventoryReport', id: 'count-1', meta: { versionId: version }, status: 'active' },
    ...{ identifier: [{ value: 'CS-17' }], countType: 'snapshot', reportedDateTime: '2026-11-21T06:00:00+01:00' },
    reporter: { reference: 'Practitioner/88' },
    inventoryListing: [
      {
        location: { identifier: { system: 'urn:example:north:wards', value: 'NORTH-STORE' } },
        item: [item('GLOVE-M', 40), item('SYRINGE-5', 0)],
      },
    ],
    ...overrides,
  };
}
