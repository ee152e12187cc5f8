/** A document with what it says, in brief: an event each line. */
export interface GoldenDocument {
  readonly name: string;
  /** The example of the standard that it follows, or the case of a hospital. */
  readonly follows: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly says: readonly string[];
}

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const berlin = { eventTime: '2026-11-21T08:10:00.000+01:00', eventTimeZoneOffset: '+01:00' };

function document(...eventList: object[]): Record<string, unknown> {
  return {
    ...{ '@context': [context, { example: 'http://ns.example.com/epcis/' }], type: 'EPCISDocument' },
    ...{ schemaVersion: '2.0', creationDate: '2026-11-21T09:00:00.000+01:00', epcisBody: { eventList } },
  };
}

function object(overrides: object): Record<string, unknown> {
  return { type: 'ObjectEvent', action: 'OBSERVE', ...berlin, ...overrides };
}

const pieces = ['urn:epc:id:sgtin:0614141.107346.2017', 'urn:epc:id:sgtin:0614141.107346.2018'];
const lot = 'urn:epc:class:lgtin:4012345.012345.998877';
const at = (place: string): object => ({ id: place });
const dock = at('urn:epc:id:sgln:0614141.07346.1234');
const shelf = at('urn:epc:id:sgln:0614141.00888.0');

/** Documents written for these tests; the identifiers of the first ones are those of the standard's own examples. */
export const goldenDocuments: readonly GoldenDocument[] = [
  {
    ...{ name: 'two pieces leave by a dock door', follows: 'EPCIS 2.0, 9.6.1' },
    document: document(object({ epcList: pieces, bizStep: 'shipping', disposition: 'in_transit', readPoint: dock })),
    says: ['departure · 10614141073464 S/N 2017 1 C62, 10614141073464 S/N 2018 1 C62 · at 0614141073467.1234'],
  },
  {
    ...{ name: 'a piece arrives with its order and ship notice', follows: 'EPCIS 2.0, 9.6.1' },
    document: document(
      object({
        ...{ epcList: [pieces[1]], bizStep: 'receiving', readPoint: dock, bizLocation: shelf },
        bizTransactionList: [
          { type: 'po', bizTransaction: 'http://transaction.acme.com/po/12345678' },
          { type: 'desadv', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:1152' },
        ],
      }),
    ),
    says: [
      'arrival · 10614141073464 S/N 2018 1 C62 · at 0614141073467.1234 · now 0614141008889 · po http://transaction.acme.com/po/12345678, desadv 1152',
    ],
  },
  {
    ...{ name: 'a quantity of a lot arrives', follows: 'EPCIS 2.0, 9.6.2' },
    document: document(
      object({
        ...{ quantityList: [{ epcClass: lot, quantity: 200, uom: 'KGM' }], bizStep: 'receiving', bizLocation: shelf },
        sourceList: [
          { type: 'possessing_party', source: 'urn:epc:id:pgln:4012345.00001' },
          { type: 'location', source: 'urn:epc:id:sgln:4012345.00225.0' },
        ],
        destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:0614141.00777.0' }],
      }),
    ),
    says: ['arrival · 04012345123456 lot 998877 200 KGM · from 4012345002256 to 0614141007776 · now 0614141008889'],
  },
  {
    ...{ name: 'the same as Digital Links', follows: 'EPCIS 2.0, 9.6.2, with GS1 Digital Link URIs' },
    document: document(
      object({
        quantityList: [{ epcClass: 'https://id.gs1.org/01/04012345123456/10/998877', quantity: 200, uom: 'KGM' }],
        ...{ bizStep: 'receiving', bizLocation: at('https://id.gs1.org/414/0614141008889') },
        sourceList: [{ type: 'location', source: 'https://id.gs1.org/414/4012345002256' }],
        destinationList: [{ type: 'location', destination: 'https://id.gs1.org/414/0614141007776' }],
      }),
    ),
    says: ['arrival · 04012345123456 lot 998877 200 KGM · from 4012345002256 to 0614141007776 · now 0614141008889'],
  },
  {
    ...{ name: 'a logistic unit arrives with what is in it', follows: 'EPCIS 2.0, 9.6.3' },
    document: document({
      ...{ type: 'AggregationEvent', ...berlin, action: 'OBSERVE', parentID: 'urn:epc:id:sscc:0614141.1234567890' },
      childEPCs: pieces,
      childQuantityList: [
        { epcClass: 'urn:epc:idpat:sgtin:4012345.098765.*', quantity: 10 },
        { epcClass: lot, quantity: 200.5, uom: 'KGM' },
      ],
      ...{ bizStep: 'receiving', disposition: 'in_progress', bizLocation: shelf },
    }),
    says: [
      'arrival · 10614141073464 S/N 2017 1 C62, 10614141073464 S/N 2018 1 C62, 04012345987652 10 C62, 04012345123456 lot 998877 200.5 KGM · now 0614141008889',
    ],
  },
  {
    ...{ name: 'what was made of what is refused', follows: 'EPCIS 2.0, 9.6.4' },
    document: document({
      ...{ type: 'TransformationEvent', ...berlin, bizStep: 'commissioning', readPoint: dock },
      inputQuantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }],
      outputEPCList: [pieces[0]],
    }),
    says: ['none · at 0614141073467.1234 · EVENT_NOT_TAKEN'],
  },
  {
    ...{ name: 'an event declared an error', follows: 'EPCIS 2.0, 7.4.1.2' },
    document: document(
      object({
        eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba13384501',
        ...{ epcList: [pieces[0]], bizStep: 'dispensing', disposition: 'dispensed', readPoint: dock },
        errorDeclaration: { declarationTime: '2026-11-21T09:00:00.000+01:00', reason: 'incorrect_data' },
      }),
    ),
    says: ['USED · 10614141073464 S/N 2017 1 C62 · at 0614141073467.1234 · error: incorrect_data'],
  },
  {
    ...{ name: 'an order is fulfilled', follows: 'EPCIS 2.0, TransactionEvent' },
    document: document({
      ...{ type: 'TransactionEvent', ...berlin, action: 'ADD', epcList: [pieces[0]], bizStep: 'departing' },
      ...{ quantityList: [{ epcClass: lot, quantity: 3, uom: 'MTR' }], readPoint: dock },
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:PO-9' }],
    }),
    says: [
      'departure · 10614141073464 S/N 2017 1 C62, 04012345123456 lot 998877 3 MTR · at 0614141073467.1234 · po PO-9',
    ],
  },
];

/** The builders, for the documents of hospital cases. */
export const golden = { document, object, pieces, lot, at, dock, shelf, berlin, context };
