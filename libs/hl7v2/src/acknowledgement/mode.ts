import { headerOf } from '../message/header.js';
import type { Hl7Message } from '../message/message.js';
import { textAt } from '../message/path.js';
import type { Problem } from '../message/problem.js';

/** Acknowledgement codes, HL7 table 0008: the first three of the application, the others of the safe store. */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

/** What became of a message. Rejected: its type, version or processing id is not taken; error: anything else. */
export type Outcome = 'accepted' | 'error' | 'rejected';

/** Which answers a message asks for. */
export interface AcknowledgementMode {
  readonly enhanced: boolean;
  /** HL7 table 0155, MSH-15 and MSH-16: AL always, NE never, ER on errors only, SU on success only. */
  readonly accept: Condition;
  readonly application: Condition;
}

type Condition = 'AL' | 'NE' | 'ER' | 'SU';

/**
 * How a message wants to be answered. Original mode when MSH-15 and MSH-16 are both empty: one answer, of the application.
 * Otherwise enhanced mode: an empty one of the two means never. An unknown code is taken as always: too many answers do
 * less harm than none. Source: HL7 v2 chapter 2, "Acknowledgments: enhanced mode"; table of MSH-15 and MSH-16 at
 * hl7.eu/refactored/msgPPG_PCG.html.
 */
export function acknowledgementMode(message: Hl7Message): AcknowledgementMode {
  const accept = textAt(message, 'MSH-15');
  const application = textAt(message, 'MSH-16');
  if (accept === '' && application === '') return { enhanced: false, accept: 'NE', application: 'AL' };
  return { enhanced: true, accept: condition(accept), application: condition(application) };
}

/**
 * The codes that are to be answered, in order: in enhanced mode that of the safe store (CA, CE, CR) before that of the
 * application (AA, AE, AR), each as far as it was asked for. Nothing for an acknowledgement, which is never answered. A
 * message that was not accepted by the store gets no second answer. Source: as `acknowledgementMode`.
 */
export function answersDue(message: Hl7Message, outcome: Outcome): AcknowledgementCode[] {
  if (headerOf(message).type === 'ACK' || message.segments.some(({ name }) => name === 'MSA')) return [];
  const mode = acknowledgementMode(message);
  const letter = { accepted: 'A', error: 'E', rejected: 'R' } as const;
  const accept = mode.enhanced && wanted(mode.accept, outcome);
  const application = wanted(mode.application, outcome) && !(accept && outcome !== 'accepted');
  return [
    ...(accept ? [`C${letter[outcome]}` as const] : []),
    ...(application ? [`A${letter[outcome]}` as const] : []),
  ];
}

/** Rejected when one of the problems is about type, event, processing id or version (table 0357, 200 to 203). */
export function outcomeOf(problems: readonly Problem[]): Outcome {
  if (problems.length === 0) return 'accepted';
  return problems.some(({ code }) => code >= 200 && code <= 203) ? 'rejected' : 'error';
}

function condition(code: string): Condition {
  if (code === '') return 'NE';
  return code === 'NE' || code === 'ER' || code === 'SU' ? code : 'AL';
}

function wanted(condition: Condition, outcome: Outcome): boolean {
  if (condition === 'AL') return true;
  return condition !== 'NE' && (condition === 'SU') === (outcome === 'accepted');
}
