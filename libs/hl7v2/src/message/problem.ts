/**
 * Message error condition codes, HL7 table 0357. Source: hl7-dictionary 2.7.1 (`lib/tables.js`), the same as HAPI's
 * `ErrorCode.java`.
 */
export const errorCodes = {
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  103: 'Table value not found',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  202: 'Unsupported processing id',
  203: 'Unsupported version id',
  204: 'Unknown key identifier',
  205: 'Duplicate key identifier',
  206: 'Application record locked',
  207: 'Application internal error',
} as const;

/** A code of HL7 table 0357. */
export type ErrorCode = keyof typeof errorCodes;

/** What is wrong with a message, in words, and where. */
export interface Problem {
  readonly code: ErrorCode;
  /** A sentence for a person: what was wrong, with which value, whose job it is. */
  readonly message: string;
  /** Path of the place, e.g. `FT1[2]-10`; absent when the message has no such place. */
  readonly path?: string;
}
