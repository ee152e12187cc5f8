import { stores, wards } from '../hospital.ts';

const company = '4012345';
const numbered = [...wards, ...stores] as readonly string[];

/** The GLN of a place of the hospital, with its check digit. */
export function glnOf(place: string): string {
  const body = `${company}${referenceOf(place)}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The same as an EPC of GS1's Tag Data Standard, without an extension. */
export function sglnOf(place: string): string {
  return `urn:epc:id:sgln:${company}.${referenceOf(place)}.0`;
}

function referenceOf(place: string): string {
  return String(100 + numbered.indexOf(place)).padStart(5, '0');
}
