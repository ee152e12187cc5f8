import { ownerOf, Paused, Reject, RetryLater, type ExceptionClass } from '@wardline/event-handling';
import { isDatabaseOutage } from '../database/database.js';

/** Why a message is not settled yet. Texts carry nothing that Postgres or an event refuses. */
export interface Failure {
  /** `retrying`: tried again by itself a bounded number of times. `parked`: waits for its data or a person. */
  readonly state: 'retrying' | 'parked';
  readonly class: ExceptionClass;
  readonly code: string;
  readonly message: string;
  readonly owner: string;
  readonly awaits: readonly string[];
  /** Pause before the next try in ms; null when only a person brings it back. */
  readonly retryAfterMs: number | null;
  /** Whether `ExceptionRaised` goes out for it: it is parked, and nobody tells of it together with others. */
  readonly raises: boolean;
}

/** Tries of one message for technical faults before a person has to look. */
export const technicalTries = 5;

/** Growing pauses between tries: 1 s, 5 s, 30 s, 2 min, then every 10 min. */
const technicalPauses = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Data may arrive without a signal that names it (a crosswalk, a rename): a look at 5 s, 30 s, then every 5 min. */
const dataPauses = [5_000, 30_000, 300_000];

/**
 * Decides what becomes of a message whose handler threw, after `attempts` tries including this one. Throws the error on
 * when it is not about the message: an outage of Postgres, or of a dependency (as `Paused`, which keeps the order and parks nothing).
 */
export function verdictOn(error: unknown, attempts: number): Failure {
  if (error instanceof Reject) return rejected(error, attempts);
  if (error instanceof Paused || isDatabaseOutage(error)) throw error;
  if (error instanceof RetryLater) {
    if (error.class === 'DEPENDENCY') throw new Paused(error.message, error.after ?? 5_000);
    return technical('RETRY_LATER', error.message, attempts, error.after);
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return technical('TECHNICAL_FAULT', message, attempts, undefined);
}

function rejected(error: Reject, attempts: number): Failure {
  const comesBackByItself = error.class === 'DATA' || error.awaits.length > 0;
  return {
    state: 'parked',
    class: error.class,
    code: printable(error.code),
    message: printable(error.message),
    owner: printable(error.owner),
    awaits: error.awaits.filter(isFindable),
    retryAfterMs: comesBackByItself ? pauseOf(dataPauses, attempts) : null,
    raises: !error.isToldTogether,
  };
}

function technical(code: string, message: string, attempts: number, after: number | undefined): Failure {
  const exhausted = attempts >= technicalTries;
  return {
    state: exhausted ? 'parked' : 'retrying',
    class: 'TECHNICAL',
    code,
    message: printable(message),
    owner: ownerOf.TECHNICAL,
    awaits: [],
    retryAfterMs: exhausted ? null : (after ?? pauseOf(technicalPauses, attempts)),
    raises: exhausted,
  };
}

/** A message whose bytes cannot be read. An unknown schema may still be registered, so that one comes back by itself. */
export function unreadable(code: string, message: string, attempts: number): Failure {
  const retryAfterMs = code === 'UNKNOWN_SCHEMA' ? pauseOf(dataPauses, attempts) : null;
  return {
    state: 'parked',
    class: 'DATA',
    code,
    message: printable(message),
    owner: 'source-system',
    awaits: [],
    retryAfterMs,
    raises: true,
  };
}

function pauseOf(pauses: readonly number[], attempts: number): number {
  return pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0]!;
}

/** A text that Postgres stores and an event carries: short, without NUL, and no character cut in half. */
function printable(text: string): string {
  return text.replaceAll('\0', '\u2400').slice(0, 4_000).toWellFormed();
}

/** Whether Postgres can index a name: without it the message still comes back by the clock. */
function isFindable(name: string): boolean {
  return name.length <= 500 && !name.includes('\0');
}
