import type { GoldenVector } from './golden-vector.js';

const link = { standard: 'GS1', form: 'DIGITAL_LINK' } as const;
const standard = 'GS1 Digital Link Standard, example, by way of the GS1 Syntax Engine, test_dl_parseDLuri';
const engine = 'GS1 Syntax Engine, test_dl_parseDLuri';
const device = 'GTIN:09520123456788';

/** Uncompressed GS1 Digital Links. */
export const digitalLinkVectors: readonly GoldenVector[] = [
  {
    scan: 'https://id.gs1.org/01/09520123456788',
    source: standard,
    reads: { ...link, device, elements: '01=09520123456788' },
  },
  {
    scan: 'https://brand.example.com/some-extra/pathinfo/01/9520123456788',
    source: `${standard}: a stem, and a GTIN of 13 digits`,
    reads: { ...link, device, elements: '01=09520123456788', findings: ['NUMBER_FILLED'] },
  },
  {
    scan: 'https://id.gs1.org/01/09520123456788/22/2A',
    source: standard,
    reads: { ...link, device, elements: '01=09520123456788 22=2A' },
  },
  {
    scan: 'https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=180426',
    source: standard,
    reads: {
      ...link,
      device,
      lot: 'ABC1',
      serial: '12345',
      expiry: '2018-04-26',
      elements: '01=09520123456788 10=ABC1 21=12345 17=180426',
    },
  },
  {
    scan: 'https://example.com/01/09520123456788?3103=000195&3922=0299&17=201225',
    source: standard,
    reads: {
      ...link,
      device,
      expiry: '2020-12-25',
      measures: '0.195 kg',
      elements: '01=09520123456788 3103=000195 3922=0299 17=201225',
    },
  },
  {
    scan: 'https://id.gs1.org/00/952012345678912345?02=09520123456788&37=25&10=ABC123',
    source: standard,
    reads: {
      ...link,
      sscc: '952012345678912345',
      content: '09520123456788',
      count: 25,
      lot: 'ABC123',
      elements: '00=952012345678912345 02=09520123456788 37=25 10=ABC123',
    },
  },
  {
    scan: 'https://id.gs1.org/414/9520123456788/254/32a%2Fb',
    source: standard,
    reads: { ...link, locations: '414 9520123456788 32a/b', elements: '414=9520123456788 254=32a/b' },
  },
  {
    scan: 'https://example.com/8004/9520614141234567?01=09520123456788',
    source: standard,
    reads: { ...link, device, elements: '8004=9520614141234567 01=09520123456788' },
  },
  {
    scan: 'https://id.gs1.org/01/09520123456788/235/XYZ?10=ABC123',
    source: standard,
    reads: { ...link, device, lot: 'ABC123', elements: '01=09520123456788 235=XYZ 10=ABC123' },
  },
  {
    scan: 'HTTPS://ID.GS1.ORG/01/09520123456788/21/S1',
    source: `${engine}: capital letters, as a QR Code packs them better`,
    reads: { ...link, device, serial: 'S1', elements: '01=09520123456788 21=S1' },
  },
  {
    scan: ']Q1https://a/00/faux/00/006141411234567890',
    source: `${engine}: the rightmost key counts`,
    reads: {
      ...link,
      carrier: 'QR Code',
      sscc: '006141411234567890',
      elements: '00=006141411234567890',
    },
  },
  {
    scan: 'https://a:8080/01/12312312312333?&&&99=ABC&unknown=666&&98=XYZ&singleton&linkType=all#fragment',
    source: `${engine}: names that are no AI, empty pairs and a fragment say nothing`,
    reads: { ...link, device: 'GTIN:12312312312333', elements: '01=12312312312333 99=ABC 98=XYZ' },
  },
  {
    scan: 'https://a/01/12312312312333/22/ABC+123?98=XYZ%2f987',
    source: `${engine}: a plus sign in a path is a plus sign`,
    reads: { ...link, device: 'GTIN:12312312312333', elements: '01=12312312312333 22=ABC+123 98=XYZ/987' },
  },
  {
    scan: 'https://a/8018/123456789012345675/8019/123',
    source: engine,
    reads: { ...link, elements: '8018=123456789012345675 8019=123', findings: ['PERSON', 'PERSON'] },
  },
  {
    scan: 'https://id.gs1.org/01/09520123456788/21/12345/10/ABC1',
    source: 'GS1 Syntax Dictionary, AI 01: the qualifiers are 22, 10, 21 in this order',
    reads: {
      ...link,
      device,
      lot: 'ABC1',
      serial: '12345',
      elements: '01=09520123456788 21=12345 10=ABC1',
      findings: ['LINK_ORDER'],
    },
  },
  {
    scan: 'https://example.com/01/09520123456788?21=ABC123',
    source: 'GS1 Syntax Dictionary, AI 21: no attribute of a link',
    reads: {
      ...link,
      device,
      serial: 'ABC123',
      elements: '01=09520123456788 21=ABC123',
      findings: ['LINK_ATTRIBUTE'],
    },
  },
  {
    scan: 'https://a/01/12312312312333?98=XYZ+987',
    source: `${engine}: a plus sign in a query is a blank`,
    refused: { code: 'INVALID_CHARACTER', position: 35 },
  },
  {
    scan: 'https://a/01/12312312312333?99=ABC&999=faux',
    source: engine,
    refused: { code: 'UNKNOWN_IDENTIFIER', position: 36 },
  },
  { scan: 'https://a/01/12312312312333?99=', source: engine, refused: { code: 'LENGTH', position: 32 } },
  { scan: 'https://a/stem/00/006141411234567890/', source: engine, refused: { code: 'LINK_MALFORMED', position: 1 } },
  { scan: 'https:///01/09520123456788', source: engine, refused: { code: 'LINK_MALFORMED', position: 1 } },
  { scan: 'https://a/gtin/12312312312333', source: engine, refused: { code: 'LINK_MALFORMED', position: 1 } },
  { scan: 'https://a/01/1231231231233%003', source: engine, refused: { code: 'LENGTH', position: 14 } },
  { scan: 'https://a/01/12312312312333/10/%zz', source: engine, refused: { code: 'LINK_MALFORMED', position: 1 } },
  {
    scan: 'https://id.gs1.org/01/09520123456788/10/ABC123?99=XYZ789&01=09520123456795',
    source: `${engine}: one AI, one value`,
    refused: { code: 'CONTRADICTION', position: 61 },
  },
  {
    scan: 'https://id.gs1.org/01/09520123456789',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 23 },
  },
  {
    scan: 'https://example.com/ARFKk4XB0CDKWcnpq',
    source: 'GS1 Digital Link Standard: compressed links are not read here',
    refused: { code: 'LINK_MALFORMED', position: 1 },
  },
];
