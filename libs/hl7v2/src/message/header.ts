import type { Hl7Message } from './message.js';
import { textAt } from './path.js';
import type { Problem } from './problem.js';

/** What the header of a message says of it; empty text where it says nothing. */
export interface Header {
  /** MSH-9.1 and MSH-9.2, e.g. `DFT` and `P03`. */
  readonly type: string;
  readonly event: string;
  /** MSH-10, by which the sender tells its messages apart. */
  readonly controlId: string;
  /** MSH-12.1, e.g. `2.5.1`. */
  readonly version: string;
  /** MSH-11.1: P production, T training, D debugging. */
  readonly processing: string;
  /** MSH-3.1 and MSH-4.1. */
  readonly sender: { readonly application: string; readonly facility: string };
}

/** Versions whose messages are read. Source of the list: HAPI's structure libraries v23 to v281. */
export const supportedVersions = [
  '2.3',
  '2.3.1',
  '2.4',
  '2.5',
  '2.5.1',
  '2.6',
  '2.7',
  '2.7.1',
  '2.8',
  '2.8.1',
  '2.8.2',
] as const;

/** Reads the header of a message. */
export function headerOf(message: Hl7Message): Header {
  return {
    type: textAt(message, 'MSH-9.1'),
    event: textAt(message, 'MSH-9.2'),
    controlId: textAt(message, 'MSH-10'),
    version: textAt(message, 'MSH-12.1'),
    processing: textAt(message, 'MSH-11.1'),
    sender: { application: textAt(message, 'MSH-3.1'), facility: textAt(message, 'MSH-4.1') },
  };
}

/**
 * What in the header keeps a message from being taken at all: no type, event or control id, a version or a processing id
 * that is not supported. These are the reasons for a reject rather than an error (HL7 v2.5 chapter 2.9.2 and 2.9.3).
 */
export function headerProblems(message: Hl7Message): Problem[] {
  const { type, event, controlId, version, processing } = headerOf(message);
  const problems: Problem[] = [];
  const note = (code: Problem['code'], path: string, reason: string): void => {
    problems.push({ code, path, message: `${path} ${reason}. The team of the sending system must correct it.` });
  };
  if (type === '') note(101, 'MSH-9', 'names no message type');
  else if (event === '' && type !== 'ACK') note(101, 'MSH-9.2', 'names no trigger event');
  if (controlId === '') note(101, 'MSH-10', 'is empty, so that repeats could not be told from new messages');
  if (!['P', 'T', 'D'].includes(processing)) note(202, 'MSH-11', `is ${JSON.stringify(processing)}, not P, T or D`);
  if (!(supportedVersions as readonly string[]).includes(version)) {
    note(203, 'MSH-12', `is ${JSON.stringify(version)}; supported are ${supportedVersions.join(', ')}`);
  }
  return problems;
}

/** Whether a version is at least another, number by number. */
export function isAtLeastVersion(version: string, least: string): boolean {
  const numbers = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const own = numbers(version);
  const other = numbers(least);
  const at = [0, 1, 2].find((index) => (own[index] ?? 0) !== (other[index] ?? 0));
  return at === undefined || (own[at] ?? 0) > (other[at] ?? 0);
}
