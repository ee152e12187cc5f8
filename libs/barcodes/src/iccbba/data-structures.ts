/** What a data structure of ISBT 128 is for, as far as this library reads it. */
export type StructureKind =
  | 'DEVICE'
  | 'CONTAINER'
  | 'DONATION'
  | 'DIVISION'
  | 'LOT'
  | 'EXPIRY'
  | 'EXPIRY_MONTH'
  | 'PRODUCTION'
  | 'DATE'
  | 'PRODUCT'
  | 'COMPOUND'
  | 'OTHER';

/** One data structure of ISBT 128: its data identifier, and the form of its content. */
export interface DataStructure {
  readonly identifier: string;
  readonly number: string;
  readonly title: string;
  readonly kind: StructureKind;
  /** The content; its length is fixed unless `lengthOf` says otherwise. */
  readonly pattern: RegExp;
  readonly length: number;
  /** Length of a content that begins with how many parts or characters follow. */
  readonly lengthOf?: (text: string) => number;
}

type Row = readonly [string, string, string, StructureKind, RegExp, number, ((text: string) => number)?];

const facility = '[A-NP-Z0-9]{5}';
const day = /^\d{6}$/;
const moment = /^\d{10}$/;
const any = /^[ -~]+$/;

// In the order of their numbers, by ICCBBA ST-001 version 6.2.2, table 2; retired ones are kept so that old labels can be read.
const rows: readonly Row[] = [
  ['=%', '002', 'BLOOD GROUP', 'OTHER', /^[A-Za-z0-9]{2}[A-Z0-9]{2}$/, 4],
  ['=<', '003', 'PRODUCT CODE', 'PRODUCT', /^[A-Z][A-Z0-9]{4}[A-Za-z0-9]{3}$/, 8],
  ['=>', '004', 'EXPIRATION DATE', 'EXPIRY', day, 6],
  ['&>', '005', 'EXPIRATION DATE AND TIME', 'EXPIRY', moment, 10],
  ['=*', '006', 'COLLECTION DATE', 'DATE', day, 6],
  ['&*', '007', 'COLLECTION DATE AND TIME', 'DATE', moment, 10],
  ['=}', '008', 'PRODUCTION DATE', 'PRODUCTION', day, 6],
  ['&}', '009', 'PRODUCTION DATE AND TIME', 'PRODUCTION', moment, 10],
  ['&(', '010', 'SPECIAL TESTING: GENERAL', 'OTHER', /^[A-Z0-9]{5}$/, 5],
  ['={', '011', 'RED BLOOD CELL ANTIGENS (RETIRED)', 'OTHER', any, 18],
  ['=\\', '012', 'RED BLOOD CELL ANTIGENS', 'OTHER', any, 18],
  ['&\\', '013', 'RED BLOOD CELL ANTIGENS, FINNISH', 'OTHER', any, 18],
  ['&{', '014', 'PLATELET ANTIGENS', 'OTHER', any, 18],
  ['=[', '015', 'HLA-A AND -B ALLELES (RETIRED)', 'OTHER', any, 18],
  ['="', '016', 'HLA-DRB1 ALLELES (RETIRED)', 'OTHER', any, 18],
  ['=)', '017', 'CONTAINER', 'CONTAINER', /^[A-Z0-9]{10}$/, 10],
  ['&)', '018', 'CONTAINER LOT', 'LOT', /^[A-Za-z0-9]{10}$/, 10],
  ['=;', '019', 'DONOR', 'OTHER', any, 21],
  ["='", '020', 'STAFF MEMBER', 'OTHER', any, 11],
  ['=-', '021', 'MANUFACTURER AND CATALOGUE NUMBER', 'OTHER', any, 10],
  ['&-', '022', 'LOT OF AN ITEM OTHER THAN A CONTAINER', 'OTHER', any, 10],
  ['=+', '023', 'COMPOUND MESSAGE', 'COMPOUND', /^\d{5}$/, 5],
  ['=#', '024', 'PATIENT DATE OF BIRTH', 'OTHER', any, 10],
  ['&#', '025', 'PATIENT IDENTIFICATION', 'OTHER', any, 4, (text) => 4 + counted(text, 2, 4)],
  ['=]', '026', 'EXPIRATION MONTH AND YEAR', 'EXPIRY_MONTH', day, 6],
  ['&"', '027', 'INFECTION MARKER', 'OTHER', any, 18],
  ['=$', '028', 'PRODUCT CONSIGNMENT', 'OTHER', any, 16],
  ['&$', '029', 'DIMENSIONS', 'OTHER', any, 2, (text) => 2 + 14 * counted(text, 0, 2)],
  ['&%', '030', 'RED CELL ANTIGENS WITH TEST HISTORY', 'OTHER', any, 3, (text) => 3 + 10 * counted(text, 0, 3)],
  ['=(', '031', 'FLEXIBLE DATE AND TIME', 'OTHER', any, 16],
  ['=,', '032', 'PRODUCT DIVISIONS', 'DIVISION', /^[A-Za-z0-9]{6}$/, 6],
  ['&+', '033', 'PROCESSING FACILITY', 'OTHER', any, 11],
  ['=/', '034', 'PROCESSOR PRODUCT', 'DEVICE', new RegExp(`^${facility}[A-Z0-9]{11}$`), 16],
  ['&,1', '035', 'MPHO LOT', 'LOT', /^[A-Z0-9]{18}$/, 18],
  ['&,2', '036', 'MPHO SUPPLEMENTAL IDENTIFICATION', 'OTHER', any, 18],
  ['&,3', '037', 'DONOR REGISTRATION (RETIRED)', 'OTHER', any, 19],
  ['&,4', '038', 'SINGLE EUROPEAN CODE', 'OTHER', any, 40],
  ['&:', '039', 'DONOR REGISTRATION', 'OTHER', any, 19],
  ['&/', '040', 'CHAIN OF IDENTITY', 'OTHER', any, 15],
];

const structures = new Map(
  rows.map(([identifier, number, title, kind, pattern, length, lengthOf]) => [
    identifier,
    { identifier, number, title, kind, pattern, length, ...(lengthOf ? { lengthOf } : {}) } satisfies DataStructure,
  ]),
);

const donation: DataStructure = {
  identifier: '=',
  number: '001',
  title: 'DONATION IDENTIFICATION NUMBER',
  kind: 'DONATION',
  pattern: /^[A-NP-Z1-9][A-NP-Z0-9]{2}\d{10}[0-9A-HJ-NPR-Y]{2}$/,
  length: 15,
};

/** The data structure that begins at a place, undefined when none does (ICCBBA ST-001, sections 2.1 to 2.3). */
export function structureAt(text: string, at: number): DataStructure | undefined {
  // The second character of a donation number is data already, so it alone has a letter or digit there.
  if (/^=[A-NP-Z1-9]/.test(text.slice(at, at + 2))) return donation;
  return structures.get(text.slice(at, at + 2)) ?? structures.get(text.slice(at, at + 3));
}

function counted(text: string, from: number, to: number): number {
  return Number(/^\d+$/.exec(text.slice(from, to))?.[0] ?? 0);
}
