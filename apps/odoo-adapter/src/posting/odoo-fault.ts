import { setTimeout as pause } from 'node:timers/promises';
import { Reject } from '@wardline/event-handling';
import {
  OdooBadRequest,
  OdooConflict,
  OdooFault,
  OdooLoadRefused,
  OdooMissingRecord,
  OdooValidationError,
} from '@wardline/odoo-client';

/** `button_validate` answered, and the transfers are not done: a wizard asks a person, or Odoo cancelled without a word. */
export class NotExecuted extends Error {
  override readonly name = 'NotExecuted';
}

/**
 * Whether an error may be the fault of one document among those sent. Everything else (outage, key, rights, limits)
 * concerns all of them: nothing is refused for it, the lane waits.
 */
export function isAboutDocuments(error: unknown): boolean {
  const kinds = [
    Reject,
    OdooValidationError,
    OdooLoadRefused,
    OdooMissingRecord,
    OdooBadRequest,
    OdooFault,
    NotExecuted,
  ];
  return kinds.some((kind) => error instanceof kind);
}

/** The refusal of one document for an error that is its fault: Odoo's rules are for the stores, its failures for the platform team. */
export function refusalFor(error: unknown): Reject {
  if (error instanceof Reject) return error;
  const { message } = error as Error;
  if (error instanceof OdooBadRequest) return new Reject('ODOO_BAD_REQUEST', message, { class: 'TECHNICAL' });
  if (error instanceof OdooFault) return new Reject('ODOO_FAILED', message, { class: 'TECHNICAL' });
  if (error instanceof OdooMissingRecord) return new Reject('ODOO_RECORD_GONE', message, { class: 'DATA' });
  if (error instanceof OdooLoadRefused) return new Reject('ODOO_LOAD', loadWords(error), { class: 'DATA' });
  if (error instanceof NotExecuted) return new Reject('ODOO_NOT_EXECUTED', message, { class: 'BUSINESS' });
  return new Reject('ODOO_VALIDATION', message, { class: 'BUSINESS' });
}

function loadWords({ messages }: OdooLoadRefused): string {
  return [...new Set(messages.map(({ message }) => message))].join('; ');
}

const conflictTries = 5;
const conflictPauseMs = 50;

/** Repeats a call that lost against another transaction in Odoo, with growing, scattered pauses. It was rolled back, so this is safe. */
export async function againAfterConflict<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof OdooConflict) || attempt === conflictTries) throw error;
      await pause(conflictPauseMs * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
