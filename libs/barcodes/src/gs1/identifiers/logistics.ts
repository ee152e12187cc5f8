import type { DictionaryRow } from '../application-identifier.js';

const onUnit = ['00'];
const name = 'X..35,pcenc';
const line = 'X..70,pcenc';
const location = 'N13,csum,gcppos1';

/** Orders, shipments and locations: AIs 400 to 421. */
export const shipment: readonly DictionaryRow[] = [
  { ais: '400', format: 'X..30', title: 'ORDER NUMBER' },
  { ais: '401', format: 'X..30,gcppos1', title: 'GINC', linkKey: '' },
  { ais: '402', format: 'N17,csum,gcppos1', title: 'GSIN', linkKey: '' },
  { ais: '403', format: 'X..30', title: 'ROUTE', requires: onUnit },
  { ais: '410', format: location, title: 'SHIP TO LOC', predefined: true },
  { ais: '411', format: location, title: 'BILL TO', predefined: true },
  { ais: '412', format: location, title: 'PURCHASE FROM', predefined: true },
  { ais: '413', format: location, title: 'SHIP FOR LOC', predefined: true },
  { ais: '414', format: location, title: 'LOC No.', predefined: true, linkKey: '254|7040' },
  { ais: '415', format: location, title: 'PAY TO', predefined: true, requires: ['8020'], linkKey: '8020' },
  { ais: '416', format: location, title: 'PROD/SERV LOC', predefined: true },
  { ais: '417', format: location, title: 'PARTY', predefined: true, linkKey: '7040' },
  { ais: '420', format: 'X..20', title: 'SHIP TO POST', excludes: '421' },
  { ais: '421', format: 'N3,iso3166 X..9', title: 'SHIP TO POST', excludes: '4307' },
];

/** Delivery of a logistic unit: AIs 4300 to 4333. Those that end alike hold the place of delivery and of return. */
export const delivery: readonly DictionaryRow[] = [
  ...['SHIP TO', 'RTN TO'].flatMap((where, kind) => addressOf(`43${kind}`, where)),
  { ais: '4308', format: 'X..30', title: 'SHIP TO PHONE', requires: onUnit },
  { ais: '4309', format: 'N10,latitude N10,longitude', title: 'SHIP TO GEO', requires: onUnit },
  { ais: '4318', format: 'X..20', title: 'RTN TO POST', requires: onUnit },
  { ais: '4319', format: 'X..30', title: 'RTN TO PHONE', requires: onUnit },
  { ais: '4320', format: name, title: 'SRV DESCRIPTION', requires: onUnit },
  { ais: '4321', format: 'N1,yesno', title: 'DANGEROUS GOODS', requires: onUnit },
  { ais: '4322', format: 'N1,yesno', title: 'AUTH TO LEAVE', requires: onUnit },
  { ais: '4323', format: 'N1,yesno', title: 'SIG REQUIRED', requires: onUnit },
  { ais: '4324', format: 'N6,yymmd0 N4,hhmi', title: 'NOT BEF DEL DT', requires: onUnit },
  { ais: '4325', format: 'N6,yymmd0 N4,hhmi', title: 'NOT AFT DEL DT', requires: onUnit },
  { ais: '4326', format: 'N6,yymmdd', title: 'REL DATE', requires: onUnit },
  { ais: '4330', format: 'N6 [X1],hyphen', title: 'MAX TEMP F.', requires: onUnit, excludes: '4331' },
  { ais: '4331', format: 'N6 [X1],hyphen', title: 'MAX TEMP C.', requires: onUnit, excludes: '4330' },
  { ais: '4332', format: 'N6 [X1],hyphen', title: 'MIN TEMP F.', requires: onUnit, excludes: '4333' },
  { ais: '4333', format: 'N6 [X1],hyphen', title: 'MIN TEMP C.', requires: onUnit, excludes: '4332' },
];

function addressOf(prefix: string, where: string): readonly DictionaryRow[] {
  return [
    { ais: `${prefix}0`, format: name, title: `${where} COMP`, requires: onUnit },
    { ais: `${prefix}1`, format: name, title: `${where} NAME`, requires: onUnit },
    { ais: `${prefix}2`, format: line, title: `${where} ADD1`, requires: onUnit },
    { ais: `${prefix}3`, format: line, title: `${where} ADD2`, requires: [`${prefix}2`] },
    { ais: `${prefix}4`, format: line, title: `${where} SUB`, requires: onUnit },
    { ais: `${prefix}5`, format: line, title: `${where} LOC`, requires: onUnit },
    { ais: `${prefix}6`, format: line, title: `${where} REG`, requires: onUnit },
    { ais: `${prefix}7`, format: 'X2,iso3166alpha2', title: `${where} COUNTRY`, requires: onUnit },
  ];
}
