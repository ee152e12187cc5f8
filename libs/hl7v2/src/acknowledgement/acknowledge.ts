import { type Delimiters, encodingCharacters, recommendedDelimiters } from '../message/delimiters.js';
import { escapeText } from '../message/escaping.js';
import { headerOf, isAtLeastVersion } from '../message/header.js';
import type { Hl7Message } from '../message/message.js';
import { parsePath } from '../message/path.js';
import { errorCodes, type Problem } from '../message/problem.js';
import { formatTime } from '../message/time.js';
import { type AcknowledgementCode, answersDue, type Outcome, outcomeOf } from './mode.js';

/** What an acknowledgement says of itself; both are given by the caller, so that the text is reproducible. */
export interface AcknowledgementIdentity {
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string;
  /** MSH-7: when it was made. */
  readonly at: Date;
}

/**
 * Writes one acknowledgement as ER7 text: sender and receiver swapped, MSH-9 `ACK^event` (with structure from 2.3.1 on),
 * processing id, version and delimiters of the message, MSA with its control id, and an ERR for each problem: ERR-1 before
 * version 2.5, ERR-2 to ERR-8 from then on. Source: HL7 v2 chapter 2 (ACK, MSA, ERR); fields by HAPI's v23 to v28
 * structures; MSA-3 is withdrawn from 2.7 on.
 */
export function acknowledge(
  message: Hl7Message,
  code: AcknowledgementCode,
  identity: AcknowledgementIdentity,
  problems: readonly Problem[] = [],
): string {
  const { delimiters } = message;
  const { event, version: declared } = headerOf(message);
  const version = declared || '2.5';
  const write = (text: string): string => escapeText(text, delimiters);
  const msa = ['MSA', code, rawHeader(message, 10)];
  if (problems[0] !== undefined && !isAtLeastVersion(version, '2.7')) msa.push(write(brief(problems[0].message)));
  const type = ['ACK', write(event), isAtLeastVersion(version, '2.3.1') ? 'ACK' : ''];
  const header = [
    `MSH${delimiters.field}${encodingCharacters(delimiters)}`,
    ...[5, 6, 3, 4].map((field) => rawHeader(message, field)),
    formatTime(identity.at),
    '',
    (event === '' ? ['ACK'] : type.filter((part) => part !== '')).join(delimiters.component),
    write(identity.controlId),
    rawHeader(message, 11) || 'P',
    rawHeader(message, 12) || version,
    ...withCharset(message),
  ];
  const segments = [header, msa, ...errorSegments(problems, version, delimiters)];
  return segments.map((fields) => fields.join(delimiters.field).replace(/[\r\n]/g, ' ') + '\r').join('');
}

/** Every answer that a message asks for, given what became of it; none when it asks for none. */
export function answersTo(
  message: Hl7Message,
  problems: readonly Problem[],
  identity: AcknowledgementIdentity,
): string[] {
  return answersFor(message, outcomeOf(problems), problems, identity);
}

/** As `answersTo`, where the outcome is not for the problems to tell. */
export function answersFor(
  message: Hl7Message,
  outcome: Outcome,
  problems: readonly Problem[],
  { controlId, at }: AcknowledgementIdentity,
): string[] {
  return answersDue(message, outcome).map((code, index) =>
    acknowledge(message, code, { controlId: index === 0 ? controlId : `${controlId}.${index + 1}`, at }, problems),
  );
}

/**
 * The answer to something that could not be read: AR, or CR when its header asks for an accept acknowledgement. Without
 * any header it goes out with the recommended delimiters and an empty MSA-2, so that the sender at least is not left
 * waiting.
 */
export function answerUnreadable(
  problem: Problem,
  identity: AcknowledgementIdentity,
  header: Hl7Message = noHeader,
): string {
  const code = header === noHeader ? 'AR' : (answersDue(header, 'rejected')[0] ?? 'AR');
  return acknowledge(header, code, identity, [problem]);
}

const noHeader: Hl7Message = {
  delimiters: recommendedDelimiters,
  charset: 'ASCII',
  segments: [{ name: 'MSH', fields: ['MSH', '|', '^~\\&'] }],
};

function errorSegments(problems: readonly Problem[], version: string, delimiters: Delimiters): string[][] {
  if (problems.length === 0) return [];
  if (isAtLeastVersion(version, '2.5')) return problems.map((problem) => errorSegment(problem, delimiters));
  return [['ERR', problems.map((problem) => codeAndLocation(problem, delimiters)).join(delimiters.repetition)]];
}

/** ERR from 2.5 on: 2 location (ERL), 3 code (CWE, table 0357), 4 severity (table 0516), 7 diagnostics, 8 for the user. */
function errorSegment({ code, path, message }: Problem, delimiters: Delimiters): string[] {
  const { component } = delimiters;
  const text = escapeText(message, delimiters);
  const place = path === undefined ? undefined : parsePath(path);
  const location =
    place === undefined ? '' : [place.segment, place.occurrence, place.field, place.repetition].join(component);
  const named = [String(code), errorCodes[code], 'HL70357'].join(component);
  return ['ERR', '', location, named, 'E', '', '', escapeText(path ?? '', delimiters), text];
}

/** ERR-1 before 2.5, data type ELD: segment, sequence, field, and the code as sub-components. */
function codeAndLocation({ code, path, message }: Problem, delimiters: Delimiters): string {
  const place = path === undefined ? undefined : parsePath(path);
  const text = escapeText(brief(message), delimiters);
  const named = [String(code), errorCodes[code], 'HL70357', '', text].join(delimiters.subComponent || ' ');
  return [place?.segment ?? '', place?.occurrence ?? '', place?.field ?? '', named].join(delimiters.component);
}

function rawHeader(message: Hl7Message, field: number): string {
  return message.segments[0]?.fields[field] ?? '';
}

function withCharset(message: Hl7Message): string[] {
  const declared = rawHeader(message, 18);
  return declared === '' ? [] : ['', '', '', '', '', declared];
}

function brief(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
