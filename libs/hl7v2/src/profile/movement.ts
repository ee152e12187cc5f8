import type { ItemReader } from './item-reader.js';
import type { MovementRule } from './profile.js';
import type { PatientMovement } from './reading.js';
import { readInstant } from './values.js';

/**
 * What the trigger events mean. Source: HL7 table 0003 in hl7-dictionary 2.7.1 (`lib/tables.js`). The others of the ADT
 * chapter (merges, swaps, bed status) are no movements and are not taken.
 */
export const movementEvents: Readonly<Record<string, string>> = {
  A01: 'admitted',
  A02: 'transferred',
  A03: 'discharged',
  A04: 'registered',
  A05: 'pre-admitted',
  A06: 'changed from outpatient to inpatient',
  A07: 'changed from inpatient to outpatient',
  A08: 'information updated',
  A11: 'admission cancelled',
  A12: 'transfer cancelled',
  A13: 'discharge cancelled',
};

/** Where an ADT message says a patient is. PV1-3, PV1-6, PV1-19 and EVN-6 by hl7-dictionary 2.3 and 2.5. */
export function readMovement(rule: MovementRule, event: string, reader: ItemReader): PatientMovement[] {
  const what = movementEvents[event];
  if (what === undefined) {
    reader.find(
      201,
      'profile',
      `ADT^${event} is no movement that is known. Whoever keeps the profile must take it out.`,
    );
    return [];
  }
  const encounter = reader.mandatory('encounter', rule.encounter);
  const time = readInstant(reader, rule.occurredAt, 'minute');
  const recorded = readInstant(reader, rule.recordedAt, 'minute', 'recordedAt');
  const patient = reader.optional('patient', rule.patient)?.text ?? null;
  const location = reader.optional('location', rule.location)?.text ?? null;
  const priorLocation = reader.optional('priorLocation', rule.priorLocation)?.text ?? null;
  const moves = event === 'A02' || event === 'A12';
  if (moves && location === null) reader.mandatory('location', rule.location);
  if (!encounter || !time || !recorded || (moves && location === null)) return [];
  const cancels = event === 'A11' || event === 'A12' || event === 'A13';
  const where = { patient, location, priorLocation };
  const { origins } = reader;
  const times = { occurredAt: time.at, recordedAt: recorded.at };
  return [{ event, what, cancels, encounter: encounter.text, ...where, ...times, origins }];
}
