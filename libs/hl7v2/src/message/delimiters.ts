import type { Problem } from './problem.js';

/** The separators that a message declares for itself in MSH-1 and MSH-2; an empty one is not declared. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subComponent: string;
  /** Fifth character of MSH-2, from version 2.7. */
  readonly truncation: string;
}

/** The separators that HL7 recommends. Source: HL7 v2 chapter 2, "Message delimiters". */
export const recommendedDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subComponent: '&',
  truncation: '',
};

/** Reads the delimiters from the first segment of a message, batch or file (MSH, BHS, FHS). Never throws. */
export function readDelimiters(header: string): Delimiters | Problem {
  const field = header.charAt(3);
  const end = header.indexOf(field, 4);
  const encoding = field === '' ? '' : header.slice(4, end < 0 ? undefined : end).trimEnd();
  if (encoding.length < 1 || encoding.length > 5) {
    return unusable(`${header.slice(0, 3)}-2 must hold one to five encoding characters and holds ${encoding.length}`);
  }
  const [component = '', repetition = '', escape = '', subComponent = '', truncation = ''] = encoding;
  const declared = [field, ...encoding];
  if (new Set(declared).size < declared.length) return unusable('two delimiters are the same character');
  const bad = declared.find((character) => !/[!-/:-@[-`{-~]/.test(character));
  if (bad !== undefined) return unusable(`${JSON.stringify(bad)} cannot be a delimiter`);
  return { field, component, repetition, escape, subComponent, truncation };
}

/** MSH-2 as these delimiters spell it. */
export function encodingCharacters(delimiters: Delimiters): string {
  const { component, repetition, escape, subComponent, truncation } = delimiters;
  return component + repetition + escape + subComponent + truncation;
}

function unusable(reason: string): Problem {
  return {
    code: 102,
    path: 'MSH-2',
    message: `The delimiters cannot be used: ${reason}. The team of the sending system must correct MSH-1 and MSH-2.`,
  };
}
