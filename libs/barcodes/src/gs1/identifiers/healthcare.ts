import type { DictionaryRow } from '../application-identifier.js';

const item = ['01'];
const person = ['8017,8018'];
const recipient = ['8018'];

// National healthcare reimbursement numbers, in the order of their AIs.
const reimbursement = ['PZN', 'CIP', 'CN', 'DRN', 'AIM', 'NDC', 'AIC', 'SRN'];

/** Healthcare: reimbursement numbers, protocols and what a wristband says, AIs 7040 to 7259. */
export const healthcare: readonly DictionaryRow[] = [
  { ais: '7040', format: 'N1 X1 X1 X1,importeridx', title: 'UIC+EXT', linkAttribute: false },
  { ais: '7041', format: 'X..4,packagetype', title: 'UFRGT UNIT TYPE', linkAttribute: false, requires: ['00'] },
  ...reimbursement.map((register, number) => ({
    ais: `71${number}`,
    format: 'X..20',
    title: `NHRN ${register}`,
    requires: item,
  })),
  ...Array.from({ length: 10 }, (_, number) => ({
    ais: `723${number}`,
    format: 'X2 X..28',
    title: `CERT # ${number + 1}`,
    requires: ['01,8004'],
  })),
  { ais: '7240', format: 'X..20', title: 'PROTOCOL', requires: ['01,8006'] },
  { ais: '7241', format: 'N2,mediatype', title: 'AIDC MEDIA TYPE', requires: person },
  { ais: '7242', format: 'X..25', title: 'VCN', requires: person },
  { ais: '7250', format: 'N8,yyyymmdd', title: 'DOB', requires: recipient, excludes: '7251' },
  { ais: '7251', format: 'N8,yyyymmdd N4,hhmi', title: 'DOB TIME', requires: recipient, excludes: '7250' },
  { ais: '7252', format: 'N1,iso5218', title: 'BIO SEX', requires: recipient },
  { ais: '7253', format: 'X..40,pcenc', title: 'FAMILY NAME', requires: person, excludes: '7256,7259' },
  { ais: '7254', format: 'X..40,pcenc', title: 'GIVEN NAME', requires: person, excludes: '7256,7259' },
  { ais: '7255', format: 'X..10', title: 'SUFFIX', requires: person, excludes: '7256,7259' },
  { ais: '7256', format: 'X..90,pcenc', title: 'FULL NAME', requires: person },
  { ais: '7257', format: 'X..70,pcenc', title: 'PERSON ADDR', requires: recipient },
  { ais: '7258', format: 'X3,posinseqslash', title: 'BIRTH SEQUENCE', requires: ['8018+7259'] },
  { ais: '7259', format: 'X..40,pcenc', title: 'BABY', requires: recipient, excludes: '7256' },
];

const pieces = 'N14,csum,gcppos2 N4,pieceoftotal';
const signed = '00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018';
const device = ['01+21+8040'];
const rolls = 'N4,nonzero N5,nonzero N3,nonzero N1,winding N1';

/** Assets, components, services and what is left: AIs 8001 to 8200, and 90 to 99 for a company's own use. */
export const specialUse: readonly DictionaryRow[] = [
  { ais: '8001', format: rolls, title: 'DIMENSIONS', requires: item },
  { ais: '8002', format: 'X..20', title: 'CMT No.' },
  { ais: '8003', format: 'N1,zero N13,csum,gcppos1 [X..16]', title: 'GRAI', linkKey: '' },
  { ais: '8004', format: 'X..30,gcppos1', title: 'GIAI', linkKey: '7040' },
  { ais: '8005', format: 'N6', title: 'PRICE PER UNIT', requires: ['01,02'] },
  { ais: '8006', format: pieces, title: 'ITIP', linkKey: '22,10,21', excludes: '01,37' },
  { ais: '8007', format: 'X..34,iban', title: 'IBAN', requires: ['415'] },
  { ais: '8008', format: 'N6,yymmdd N2,hh [N2],mi [N2],ss', title: 'PROD TIME', requires: ['01,02'] },
  { ais: '8009', format: 'X..50', title: 'OPTSEN', requires: ['00,01'] },
  { ais: '8010', format: 'Y..30,gcppos1', title: 'CPID', linkKey: '8011' },
  { ais: '8011', format: 'N..12,nozeroprefix', title: 'CPID SERIAL', linkAttribute: false, requires: ['8010'] },
  { ais: '8012', format: 'X..20', title: 'VERSION', requires: ['01,8006'] },
  { ais: '8013', format: 'X..25,csumalpha,gcppos1', title: 'GMN', linkKey: '' },
  {
    ais: '8014',
    format: 'X..25,csumalpha,gcppos1,hasnondigit',
    title: 'MUDI',
    linkAttribute: false,
    requires: item,
  },
  { ais: '8017', format: 'N18,csum,gcppos1', title: 'GSRN - PROVIDER', linkKey: '8019', excludes: '8018' },
  { ais: '8018', format: 'N18,csum,gcppos1', title: 'GSRN - RECIPIENT', linkKey: '8019', excludes: '8017' },
  { ais: '8019', format: 'N..10', title: 'SRIN', linkAttribute: false, requires: person },
  { ais: '8020', format: 'X..25', title: 'REF No.', linkAttribute: false, requires: ['415'] },
  { ais: '8026', format: pieces, title: 'ITIP CONTENT', requires: ['37'], excludes: '02,8006' },
  { ais: '8030', format: 'Z..90', title: 'DIGSIG', requires: [signed] },
  { ais: '8040', format: 'N15', title: 'IMEI', linkAttribute: false, requires: ['01+21'] },
  { ais: '8041', format: 'N15', title: 'IMEI2', linkAttribute: false, requires: device },
  { ais: '8042', format: 'N32', title: 'ESIM', linkAttribute: false, requires: device },
  { ais: '8043', format: 'N18 [N..2]', title: 'PSIM', linkAttribute: false, requires: device },
  { ais: '8110', format: 'X..70,couponcode', title: 'COUPON CODE' },
  { ais: '8111', format: 'N4', title: 'POINTS', requires: ['255'] },
  { ais: '8112', format: 'X..70,couponposoffer', title: 'COUPON CODE' },
  { ais: '8200', format: 'X..70', title: 'PRODUCT URL', linkAttribute: false, requires: item },
  { ais: '90', format: 'X..30', title: 'INTERNAL' },
  { ais: '91-99', format: 'X..90', title: 'INTERNAL' },
];
