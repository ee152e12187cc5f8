import { mod37Checksum } from '../check-characters.js';
import { dateOfDay, lastDayOf, timeOf } from '../local-date.js';
import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import {
  scannedCode,
  type DeviceIdentifier,
  type Finding,
  type ScannedCode,
  type ScannedElement,
} from '../scanned-code.js';
import { structureAt, type DataStructure } from './data-structures.js';

/** An ISBT 128 code. `offset` is how many characters of the scan stand before it. */
export interface IccbbaInput {
  readonly text: string;
  readonly offset: number;
  readonly carrier: string | undefined;
}

interface Piece {
  readonly structure: DataStructure;
  readonly element: ScannedElement;
}

/**
 * Reads ISBT 128 data structures one after the other, with or without the header of a compound message: the UDI of a
 * device that holds human tissue, a blood container, or one symbol of a label (ICCBBA ST-001, section 2; ST-017, section 5).
 */
export function readIccbba(input: IccbbaInput): ScannedCode | ScanRefusal {
  const pieces = readPieces(input);
  if (isRefusal(pieces)) return pieces;
  const shape = shapeOf(pieces);
  if (isRefusal(shape)) return shape;
  const first = (...kinds: readonly string[]): ScannedElement | undefined =>
    pieces.find(({ structure }) => kinds.includes(structure.kind))?.element;
  const expiry = first('EXPIRY', 'EXPIRY_MONTH');
  const production = first('PRODUCTION');
  return scannedCode({
    standard: 'ICCBBA',
    form: 'ISBT_128',
    carrier: input.carrier,
    deviceIdentifier: deviceOf(first('DEVICE')?.value, first('CONTAINER')?.value),
    lotNumber: first('LOT')?.value,
    serialNumber: first('DIVISION')?.value,
    expiryDate: expiry?.date,
    expiryTime: expiry?.time,
    productionDate: production?.date,
    productionTime: production?.time,
    donationNumber: first('DONATION')?.value.slice(0, 13),
    productCode: first('PRODUCT')?.value,
    elements: pieces.map(({ element }) => element),
    findings: [...shape, ...personFindings(pieces)],
  });
}

function deviceOf(device: string | undefined, container: string | undefined): DeviceIdentifier | undefined {
  if (device === undefined)
    return container === undefined ? undefined : { scheme: 'ICCBBA_CONTAINER', value: container };
  const [processor, product, description] = [device.slice(0, 5), device.slice(5, 11), device.slice(11)];
  return { scheme: 'ICCBBA', value: device, processor, product, description };
}

function readPieces({ text, offset }: IccbbaInput): readonly Piece[] | ScanRefusal {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const structure = structureAt(text, at);
    if (!structure) return unknownStructure(text, at, offset);
    const start = at + structure.identifier.length;
    const length = structure.lengthOf?.(text.slice(start, start + 8)) ?? structure.length;
    const value = text.slice(start, start + length);
    const element = { identifier: structure.identifier, title: structure.title, value, position: offset + start + 1 };
    const checked = checkContent(structure, element, length);
    if (isRefusal(checked)) return checked;
    pieces.push({ structure, element: { ...element, ...checked } });
    at = start + length;
    // A printed code may have a blank between two structures.
    while (text[at] === ' ') at++;
  }
  return pieces;
}

type Moment = Pick<ScannedElement, 'date' | 'time'>;

function checkContent(structure: DataStructure, element: ScannedElement, length: number): Moment | ScanRefusal {
  const { value, position } = element;
  const name = `The ${structure.title} "${value}" (${structure.identifier}, at character ${position})`;
  if (value.length < length) {
    return refuse('LENGTH', `${name} has ${value.length} characters, ${length} are due.`, { value, position });
  }
  if (!structure.pattern.test(value)) {
    const message = `${name} has a character that is not allowed there (ICCBBA ST-001, data structure ${structure.number}).`;
    return refuse('INVALID_CHARACTER', message, { value, position });
  }
  if (structure.kind === 'DONATION') return checkDonation(value, position, name);
  return ['EXPIRY', 'EXPIRY_MONTH', 'PRODUCTION', 'DATE'].includes(structure.kind)
    ? momentOf(structure, value, position, name)
    : {};
}

// Flags 60 to 96 are the checksum of the donation number plus 60 (ICCBBA ST-001, section 3.1, table 3).
function checkDonation(value: string, position: number, name: string): Moment | ScanRefusal {
  const flag = /^\d\d$/.test(value.slice(13)) ? Number(value.slice(13)) : 0;
  const due = 60 + (mod37Checksum(value.slice(0, 13)) ?? 0);
  if (flag < 60 || flag > 96 || flag === due) return {};
  return refuse(
    'CHECK_DIGIT',
    `${name} ends with the check flag ${flag}, but ${due} is the one that fits the number.`,
    {
      value,
      position,
    },
  );
}

function momentOf(structure: DataStructure, value: string, position: number, name: string): Moment | ScanRefusal {
  const date =
    structure.kind === 'EXPIRY_MONTH'
      ? lastDayOf(Number(value.slice(0, 4)), Number(value.slice(4, 6)))
      : dateOfDay(isbtYear(value), Number(value.slice(3, 6)) || Infinity);
  const time = value.length === 10 ? timeOf(value.slice(6)) : undefined;
  if (date === undefined || (value.length === 10 && time === undefined)) {
    return refuse('DATE_INVALID', `${name} is no day or time of the calendar.`, { value, position });
  }
  return { date, ...(time === undefined ? {} : { time }) };
}

// The first of three digits is the century: 9 for 1900, 0 for 2000, 1 for 2100 (ICCBBA ST-001, section 2.4.4).
function isbtYear(value: string): number {
  const year = Number(value.slice(0, 3));
  return year >= 900 ? 1000 + year : 2000 + year;
}

function shapeOf(pieces: readonly Piece[]): readonly Finding[] | ScanRefusal {
  const header = pieces.find(({ structure }) => structure.kind === 'COMPOUND');
  if (!header) return [];
  const { value, position } = header.element;
  const due = Number(value.slice(0, 2));
  if (header !== pieces[0] || due !== pieces.length - 1) {
    const message = `The compound message "${value}" at character ${position} announces ${due} data structures, but ${pieces.length - 1} were read.`;
    return refuse('LENGTH', message, { value, position });
  }
  const kinds = pieces.map(({ structure }) => structure.kind);
  if (!kinds.includes('DEVICE')) return [];
  const missing = (['DONATION', 'DIVISION'] as const).filter((kind) => !kinds.includes(kind));
  const late = kinds[1] !== 'DEVICE' ? ['The device identifier does not come first in this compound message.'] : [];
  const names = { DONATION: 'donation identification number', DIVISION: 'serial number (product divisions)' };
  return [...late, ...missing.map((kind) => `The UDI has no ${names[kind]}, which is due in every one.`)].map(
    (message) => ({ code: 'MESSAGE_SHAPE', message, position }),
  );
}

// Donor, staff member, patient: data structures 019, 020, 024, 025, 037, 039.
function personFindings(pieces: readonly Piece[]): readonly Finding[] {
  const people = pieces.filter(({ structure }) => /^(019|020|024|025|037|039)$/.test(structure.number));
  return people.map(({ structure, element }) => ({
    code: 'PERSON',
    message: `The ${structure.title} (${structure.identifier}, at character ${element.position}) identifies a person: keep it out of logs and of stock.`,
    position: element.position,
  }));
}

function unknownStructure(text: string, at: number, offset: number): ScanRefusal {
  const value = text.slice(at, at + 3);
  const position = offset + at + 1;
  if (/^&[a-z;!]/.test(value)) {
    const message = `At character ${position} stands ${value.slice(0, 2)}, a structure that a country or a facility defines for itself.`;
    return refuse('UNSUPPORTED', message, { value, position });
  }
  const message = `At character ${position} a data identifier of ISBT 128 is due (= or & and one more character), but there is "${value}".`;
  return refuse('UNKNOWN_IDENTIFIER', message, { value, position });
}
