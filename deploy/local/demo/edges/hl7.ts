import { gtinOf, lateProduct, products } from '../hospital.ts';
import type { DayRecord } from '../generator/record.ts';
import { tradeNumberOf } from './scan.ts';

/** Writes a record as its sender's profile in libs/hl7v2/src/example-profiles says; ends in carriage returns. */
export function hl7Message(record: DayRecord): string {
  if (record.repeats !== null) return hl7Message(record.repeats);
  return writers[record.sender]!(record)
    .map((segment) => `${segment}\r`)
    .join('');
}

type Writer = (record: DayRecord) => string[];

const writers: Readonly<Record<string, Writer>> = {
  'example-dispensing-cabinet': cabinet,
  'example-charge-system': charges,
  'example-medication-record': medicationRecord,
  'example-pharmacy': pharmacy,
  'example-point-of-use-implants': implants,
  'example-patient-administration': movement,
  'example-storeroom-requests': requisition,
};

function cabinet(record: DayRecord): string[] {
  const { what, place, lot, reason, quantity } = record;
  const wasted = what === 'WASTED' ? quantity : '';
  const credit = what === 'REVERSED';
  return [
    header(record, 'CABINET|NORTH', 'DFT^P03', '2.3'),
    `EVN|P03|${time(record)}`,
    `PID|1||PT1001^^^NORTH^PI||TESTCASE^ALPHA`,
    `PV1|1|I|${place}^12^A^NORTH||||||||||||||||V5001^^^NORTH^VN`,
    `FT1|1|${numberOf(record)}||${time(record)}||${credit ? 'CD' : 'CG'}|${codeOf(record)}|||${quantity}||||||${place}^^^NORTH||||7711^NURSE^ONE`,
    `ZMM|${lot ?? ''}||${wasted}|${reason === null ? '' : `W1^${reason}`}|${originalOf(record)}`,
  ];
}

function charges(record: DayRecord): string[] {
  const { what, quantity, unit } = record;
  const units = unit === 'EA' ? '' : unit;
  return [
    header(record, 'CHARGES|SOUTH', 'DFT^P03^DFT_P03', '2.5'),
    `EVN|P03|${time(record)}`,
    'PID|||PT2002^^^SOUTH^MRN||TESTCASE^BETA',
    'PV1|||OR4||||||||||||||||V6002',
    `FT1|1|${numberOf(record)}||${time(record)}||${what === 'REVERSED' ? 'CD' : 'CG'}|${internalOf(record)}^ITEM^SUPPLY|||${quantity}|||4410^OR^SRC|||||||2331^SURGEON^ONE`,
    `ZFT|${originalOf(record)}|${units}`,
  ];
}

function medicationRecord(record: DayRecord): string[] {
  const { what, lot, quantity, form } = record;
  const wasted = what === 'WASTED';
  const place = form['ward'] === 'by encounter' ? '' : record.place;
  const action = what === 'REVERSED' ? 'D' : '';
  const original = record.reverses ?? record;
  return [
    header(record, 'EMAR|NORTH', 'RAS^O17^RAS_O17', '2.8'),
    'PID|1||PT3003^^^^PI||TESTCASE^GAMMA',
    `PV1||I|||||||||||||||||${form['encounter'] ?? 'V7003'}`,
    `ORC|RE|P-${numberOf(original)}|${numberOf(original)}`,
    `RXA|0|1|${time(record)}||${codeOf(record)}|${quantity}|VIAL|||200^NURSE^TWO|||||${lot ?? ''}|||||${wasted ? 'RE' : 'CP'}|${action}||||||${place}`,
    ...(wasted ? [`OBX|1|NM|WASTE-QTY^^L||${quantity}|VIAL|||||F`, 'OBX|2|CWE|WASTE-REASON^^L||D^dropped||||||F'] : []),
  ];
}

function pharmacy(record: DayRecord): string[] {
  const { what, place, lot, quantity, unit } = record;
  const original = record.reverses ?? record;
  return [
    header(record, 'PHARM|GENHOSP', 'RDS^O13^RDS_O13', '2.5.1'),
    'PID|1||PT4004^^^GENHOSP^PI||TESTCASE^DELTA',
    'PV1|1|I|CHIR^4^2^GENHOSP||||||||||||||||V8004',
    `ORC|${what === 'REVERSED' ? 'OC' : 'RE'}|${numberOf(original)}^EHR|${numberOf(original)}`,
    `RXD|1|${codeOf(record)}|${time(record)}|${quantity}|${unit}||RX1|||31^PHARMACIST^ONE|||${place}|||||${lot ?? fillerOf(record)}`,
  ];
}

/** What a form cannot leave out is there, also where the product is not told apart by it. */
function fillerOf({ kind }: DayRecord): string {
  return kind === 'lot missing' ? '' : 'NONE';
}

const acts: Readonly<Partial<Record<DayRecord['what'], string>>> = {
  USED: 'I',
  WASTED: 'W',
  RETURNED: 'R',
  REVERSED: 'E',
};

function implants(record: DayRecord): string[] {
  const { what, place, serial, quantity } = record;
  return [
    header(record, 'IMPLANTLOG|EAST', 'DFT^P03^DFT_P03', '2.5.1'),
    `EVN|P03|${time(record)}`,
    'PID|1||PT5005^^^EAST^MR||TESTCASE^EPSILON',
    `PV1|1|I|${place}||||||||||||||||V9005`,
    `FT1|1|${numberOf(record)}||${time(record)}||${what === 'REVERSED' ? 'CD' : 'CG'}|${internalOf(record)}^IMPLANT^GTIN|||${quantity}||||||||||77^SURGEON^TWO`,
    `ZPA|${place}||${acts[what]}|${originalOf(record)}`,
    `OBX|1|ST|UDI-DI^^L||${tradeNumberOf(record.product)}||||||F`,
    `OBX|2|ST|LOT^^L||${fillerOf(record)}||||||F`,
    ...(serial === null ? [] : [`OBX|3|ST|SERIAL^^L||${serial}||||||F`]),
  ];
}

function movement(record: DayRecord): string[] {
  const { form, place } = record;
  return [
    header(record, 'PAS|NORTH', `ADT^${form['event']}`, '2.5'),
    `EVN||${time(record)}||||${time(record)}`,
    'PID|1||PT7007^^^NORTH^PI||TESTCASE^ZETA',
    `PV1|1|I|${place}^214^1|3|||||||||||||||${form['encounter']}^^^NORTH^VN`,
  ];
}

function requisition(record: DayRecord): string[] {
  return [
    header(record, 'ORSUPPLY|ORSYS', 'OMS^O05^OMS_O05', '2.5'),
    `ORC|NW|${record.id}`,
    `RQD|1|${internalOf(record)}^ITEM^L|||${record.quantity}|EA|CC-4400||${record.place}`,
  ];
}

function header(record: DayRecord, from: string, type: string, version: string): string {
  const id = record.usesNumberOf?.id ?? record.id;
  return `MSH|^~\\&|${from}|WARDLINE|HOSP|${time(record)}||${type}|${id}|P|${version}`;
}

/** To the millisecond, in UTC. */
function time({ at }: DayRecord): string {
  const digits = at.toISOString().replace(/\D/g, '');
  return `${digits.slice(0, 14)}.${digits.slice(14)}+0000`;
}

function numberOf({ id, usesNumberOf }: DayRecord): string {
  return `T-${usesNumberOf?.id ?? id}`;
}

/** The sender's number of what is taken back; one that nobody gave where it takes back nothing. */
function originalOf({ what, reverses, id }: DayRecord): string {
  if (what !== 'REVERSED') return '';
  return reverses === null ? `nothing of ${id}` : numberOf(reverses);
}

function internalOf({ product: { scheme, value } }: DayRecord): string {
  if (scheme === 'INTERNAL') return value;
  const [code = ''] = value.split(':').reverse();
  const known = [...products, lateProduct].find((one) => one.supplierItem === code || gtinOf(one) === value);
  return known?.code ?? value;
}

/** With the code system of the profiles: NDC as it is, everything else by our own number. */
function codeOf(record: DayRecord): string {
  const { scheme, value } = record.product;
  return scheme === 'NDC' ? `${value}^DRUG^NDC` : `${internalOf(record)}^ITEM^L`;
}
