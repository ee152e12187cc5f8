/** The GLN of the ward in the crosswalk of the tests, and of the store. */
export const ward = 'urn:epc:id:sgln:9521321.00001.0';
export const store = 'urn:epc:id:sgln:9521321.00002.0';
export const supplier = 'urn:epc:id:sgln:4012345.00001.0';
/** Their GLNs with check digit. */
export const wardGln = '9521321000010'.slice(0, 12) + '8';
export const storeGln = '9521321000025';

/** An event: two gloves of a lot dispensed on the ward; overrides say what the test is about, undefined removes. */
export function anEvent(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const event = {
    type: 'ObjectEvent',
    eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba13384501',
    eventTime: '2026-11-21T08:10:00.000+01:00',
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    bizStep: 'dispensing',
    disposition: 'dispensed',
    readPoint: { id: ward },
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:9521101.053000.L7', quantity: 2 }],
    ...overrides,
  };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/** A document of these events. */
export function aDocument(...eventList: unknown[]): Record<string, unknown> {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-11-21T08:15:00.000+01:00',
    sender: 'pharmacy-epcis',
    epcisBody: { eventList },
  };
}
