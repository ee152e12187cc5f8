import { golden, type GoldenDocument } from './golden-documents.js';

const { document, object, pieces, lot, at, dock, shelf, berlin, context } = golden;
const piece = { epcList: [pieces[0]] };
const amount = { quantityList: [{ epcClass: lot, quantity: 4 }] };
const one = '10614141073464 S/N 2017 1 C62';
const four = '04012345123456 lot 998877 4 C62';

function hospital(name: string, event: object, says: string): GoldenDocument {
  return { name, follows: 'CBV 2.0, section 7', document: document(object(event)), says: [says] };
}

/** What happens in a hospital, by the steps and dispositions of CBV 2.0. */
export const hospitalDocuments: readonly GoldenDocument[] = [
  hospital(
    'a piece is dispensed',
    { ...piece, bizStep: 'dispensing', disposition: 'dispensed', readPoint: dock },
    `USED · ${one} · at 0614141073467.1234`,
  ),
  hospital(
    'a part of a pack is dispensed',
    { ...amount, bizStep: 'dispensing', disposition: 'partially_dispensed', readPoint: dock },
    `USED · ${four} · at 0614141073467.1234`,
  ),
  hospital(
    'an expired lot is destroyed',
    { ...amount, action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed', readPoint: shelf },
    `WRITTEN_OFF · ${four} · at 0614141008889`,
  ),
  hospital(
    'samples are taken',
    { ...amount, action: 'DELETE', bizStep: 'sampling', readPoint: shelf },
    `WRITTEN_OFF · ${four} · at 0614141008889`,
  ),
  hospital(
    'a piece comes back to the ward',
    { ...piece, bizStep: 'receiving', disposition: 'returned', bizLocation: shelf },
    `RETURNED · ${one} · now 0614141008889`,
  ),
  hospital(
    'a lot goes back to its supplier',
    { ...amount, bizStep: 'shipping', disposition: 'returned', readPoint: dock },
    `departure back · ${four} · at 0614141073467.1234`,
  ),
  hospital(
    'a lot is put on its shelf',
    { ...amount, bizStep: 'storing', readPoint: dock, bizLocation: shelf },
    `PUT_AWAY · ${four} · at 0614141073467.1234 · now 0614141008889`,
  ),
  hospital(
    'a ward is filled up',
    { ...amount, bizStep: 'https://ref.gs1.org/cbv/BizStep-stocking', readPoint: dock, bizLocation: shelf },
    `TRANSFERRED · ${four} · at 0614141073467.1234 · now 0614141008889`,
  ),
  hospital(
    'a shelf is counted',
    { ...amount, bizStep: 'cycle_counting', bizLocation: shelf },
    `COUNTED · ${four} · now 0614141008889`,
  ),
  hospital(
    'a shelf is found empty at stock-taking',
    { quantityList: [{ epcClass: lot, quantity: 0 }], bizStep: 'stock_taking', bizLocation: shelf },
    'COUNTED · 04012345123456 lot 998877 0 C62 · now 0614141008889',
  ),
  hospital(
    'a recalled lot is held',
    { ...amount, bizStep: 'holding', disposition: 'recalled', bizLocation: shelf },
    `QUARANTINED · ${four} · now 0614141008889`,
  ),
  hospital(
    'an inspection finds a piece damaged',
    {
      ...piece,
      bizStep: 'inspecting',
      disposition: 'damaged',
      bizLocation: shelf,
    },
    `QUARANTINED · ${one} · now 0614141008889`,
  ),
  hospital(
    'an inspection lets a lot go',
    { ...amount, bizStep: 'inspecting', disposition: 'conformant', bizLocation: shelf },
    `RELEASED · ${four} · now 0614141008889`,
  ),
  hospital('goods are packed', { ...piece, bizStep: 'packing', readPoint: dock }, 'none · at 0614141073467.1234'),
  hospital(
    'a step of a vocabulary of its own',
    { ...piece, bizStep: 'https://epcis.example.org/bizstep/lending', readPoint: dock },
    `unknown · ${one} · at 0614141073467.1234 · STEP_UNKNOWN`,
  ),
  hospital(
    'a logistic unit that does not say what is in it',
    { epcList: ['urn:epc:id:sscc:0614141.1234567890'], bizStep: 'receiving', bizLocation: shelf },
    'arrival · now 0614141008889 · IDENTIFIER_INVALID',
  ),
  hospital(
    'a class without a quantity',
    { quantityList: [{ epcClass: lot }], bizStep: 'dispensing', readPoint: dock },
    'USED · at 0614141073467.1234 · QUANTITY_MISSING',
  ),
  hospital(
    'a serial number with characters that a URI escapes',
    {
      epcList: ['urn:epc:id:sgtin:9521101.053000.A%2FB%25'],
      bizStep: 'dispensing',
      readPoint: at('https://id.gs1.org/414/0614141073467/254/7'),
    },
    'USED · 09521101530001 S/N A/B% 1 C62 · at 0614141073467.7',
  ),
  {
    ...{ name: 'an implant is put into a patient set', follows: 'CBV 2.0, installing' },
    document: document({
      ...{ type: 'AssociationEvent', ...berlin, action: 'ADD', parentID: 'urn:epc:id:grai:4012345.55555.987' },
      ...{ childEPCs: [pieces[0]], bizStep: 'installing', readPoint: dock },
    }),
    says: [`USED · ${one} · at 0614141073467.1234`],
  },
  {
    ...{ name: 'the answer to a query', follows: 'EPCIS 2.0, EPCISQueryDocument' },
    document: {
      ...{ '@context': [context], type: 'EPCISQueryDocument', schemaVersion: '2.0' },
      creationDate: '2026-11-21T09:00:00.000+01:00',
      epcisBody: {
        queryResults: {
          queryName: 'SimpleEventQuery',
          resultsBody: { eventList: [object({ ...piece, bizStep: 'dispensing', readPoint: dock })] },
        },
      },
    },
    says: [`USED · ${one} · at 0614141073467.1234`],
  },
];
