import type { DictionaryRow } from '../application-identifier.js';

const anyItem = ['01,02,03,8006,8026'];
const itemOrContent = ['01,02,8006,8026'];
const item = ['01'];
const trade = ['01,02'];

/** Keys of items and what describes them: AIs 00 to 30 and 37. */
export const tradeItems: readonly DictionaryRow[] = [
  { ais: '00', format: 'N18,csum,gcppos2', title: 'SSCC', predefined: true, linkKey: '' },
  {
    ais: '01',
    format: 'N14,csum,gcppos2',
    title: 'GTIN',
    predefined: true,
    linkKey: '22,10,21|235',
    excludes: '255,37',
  },
  { ais: '02', format: 'N14,csum,gcppos2', title: 'CONTENT', predefined: true, requires: ['37'], excludes: '01,03' },
  {
    ais: '03',
    format: 'N14,csum,gcppos2',
    title: 'MTO GTIN',
    predefined: true,
    linkAttribute: false,
    excludes: '01,02,37',
  },
  { ais: '10', format: 'X..20', title: 'BATCH/LOT', requires: anyItem },
  { ais: '11', format: 'N6,yymmd0', title: 'PROD DATE', predefined: true, requires: anyItem },
  { ais: '12', format: 'N6,yymmd0', title: 'DUE DATE', predefined: true, requires: ['8020'] },
  { ais: '13', format: 'N6,yymmd0', title: 'PACK DATE', predefined: true, requires: anyItem },
  { ais: '15', format: 'N6,yymmd0', title: 'BEST BEFORE or BEST BY', predefined: true, requires: anyItem },
  { ais: '16', format: 'N6,yymmd0', title: 'SELL BY', predefined: true, requires: anyItem },
  {
    ais: '17',
    format: 'N6,yymmd0',
    title: 'USE BY or EXPIRY',
    predefined: true,
    requires: ['01,02,03,255,8006,8026'],
  },
  { ais: '20', format: 'N2', title: 'VARIANT', predefined: true, requires: itemOrContent },
  { ais: '21', format: 'X..20', title: 'SERIAL', linkAttribute: false, requires: ['01,03,8006'], excludes: '235' },
  { ais: '22', format: 'X..20', title: 'CPV', linkAttribute: false, requires: item },
  { ais: '235', format: 'X..28', title: 'TPX', linkAttribute: false, requires: item },
  { ais: '240', format: 'X..30', title: 'ADDITIONAL ID', requires: itemOrContent },
  { ais: '241', format: 'X..30', title: 'CUST. PART No.', requires: itemOrContent },
  { ais: '242', format: 'N..6', title: 'MTO VARIANT', requires: itemOrContent },
  { ais: '243', format: 'X..20', title: 'PCN', requires: item },
  { ais: '250', format: 'X..30', title: 'SECONDARY SERIAL', requires: ['01,8006', '21'] },
  { ais: '251', format: 'X..30', title: 'REF. TO SOURCE', requires: ['01,8006'] },
  { ais: '253', format: 'N13,csum,gcppos1 [X..17]', title: 'GDTI', linkKey: '' },
  { ais: '254', format: 'X..20', title: 'GLN EXTENSION COMPONENT', linkAttribute: false, requires: ['414'] },
  {
    ais: '255',
    format: 'N13,csum,gcppos1 [N..12]',
    title: 'GCN',
    linkKey: '',
    excludes: '01,02,415,8006,8020,8026',
  },
  { ais: '30', format: 'N..8', title: 'VAR. COUNT', requires: trade },
  { ais: '37', format: 'N..8', title: 'COUNT', requires: ['00', '02,8026'] },
];

const countries = 'N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166';

/** Where an item comes from and what it went through: AIs 422 to 427 and 7001 to 7011, 7020 to 7039. */
export const provenance: readonly DictionaryRow[] = [
  { ais: '422', format: 'N3,iso3166', title: 'ORIGIN', requires: itemOrContent, excludes: '426' },
  { ais: '423', format: countries, title: 'COUNTRY - INITIAL PROCESS', requires: trade, excludes: '426' },
  { ais: '424', format: 'N3,iso3166', title: 'COUNTRY - PROCESS', requires: trade, excludes: '426' },
  { ais: '425', format: countries, title: 'COUNTRY - DISASSEMBLY', requires: trade, excludes: '426' },
  { ais: '426', format: 'N3,iso3166', title: 'COUNTRY - FULL PROCESS', requires: trade },
  { ais: '427', format: 'X..3', title: 'ORIGIN SUBDIVISION', requires: ['01,02', '422'] },
  { ais: '7001', format: 'N13', title: 'NSN', requires: itemOrContent },
  { ais: '7002', format: 'X..30', title: 'MEAT CUT', requires: trade },
  { ais: '7003', format: 'N6,yymmdd N4,hhmi', title: 'EXPIRY TIME', requires: trade },
  { ais: '7004', format: 'N..4', title: 'ACTIVE POTENCY', requires: ['01+10'] },
  { ais: '7005', format: 'X..12', title: 'CATCH AREA', requires: trade },
  { ais: '7006', format: 'N6,yymmdd', title: 'FIRST FREEZE DATE', requires: trade },
  { ais: '7007', format: 'N6,yymmdd [N6],yymmdd', title: 'HARVEST DATE', requires: trade },
  { ais: '7008', format: 'X..3', title: 'AQUATIC SPECIES', requires: trade },
  { ais: '7009', format: 'X..10', title: 'FISHING GEAR TYPE', requires: trade },
  { ais: '7010', format: 'X..2', title: 'PROD METHOD', requires: trade },
  { ais: '7011', format: 'N6,yymmdd [N4],hhmi', title: 'TEST BY DATE', requires: trade },
  { ais: '7020', format: 'X..20', title: 'REFURB LOT', requires: ['01,8006', '416'] },
  { ais: '7021', format: 'X..20', title: 'FUNC STAT', requires: ['01,8006'] },
  { ais: '7022', format: 'X..20', title: 'REV STAT', requires: ['7021'] },
  { ais: '7023', format: 'X..30,gcppos1', title: 'GIAI - ASSEMBLY' },
  ...Array.from({ length: 10 }, (_, number) => ({
    ais: `703${number}`,
    format: 'N3,iso3166999 X..27',
    title: `PROCESSOR # ${number}`,
    requires: trade,
  })),
];
