import type { Decimal } from '@wardline/event-contracts';
import { subjectOf } from '../place.js';
import { classify, signed, type Circumstances, type Verdict } from './classify.js';
import type { DifferenceKind, Finding, Owner, Proposal } from './finding.js';
import type { Divergence } from './first-divergence.js';
import type { OpenMovement, RecordBooking } from './overdue.store.js';
import type { Stray } from '../shadow/shadow.store.js';
import { differenceOf, type Standing } from './standing.js';

/** Whose differences of stock are, by the product's category: the pharmacy's where a level of it is named so. */
export function ownerOf(category: string | undefined, pharmacy: readonly string[]): Owner {
  const levels = (category ?? '').split('/').map((level) => level.trim().toLowerCase());
  return pharmacy.some((name) => levels.includes(name.toLowerCase())) ? 'pharmacy' : 'stores';
}

/** The finding about a place where ledger and Odoo differ. */
export function placeFinding(circumstances: Circumstances, divergence: Divergence | null, owner: Owner): Finding {
  const { standing, moves, effects } = circumstances;
  const verdict = classify(circumstances);
  const { location, productCode, lot, isSerial, unit, odoo, contained } = standing;
  const difference = differenceOf(standing);
  const what = `Odoo holds ${odoo.toFixed()} ${unit} of ${productCode}${lot && ` ${lot}`} at ${location}, the ledger ${contained.toFixed()}`;
  return {
    subject: subjectOf(standing),
    kind: verdict.kind,
    owner,
    place: { location, productCode, lot, isSerial, unit },
    ledger: contained,
    odoo,
    explanation: `${what} (${signed(difference)}): ${verdict.because}.`,
    proposal: proposalFor(verdict, standing),
    evidence: {
      lastEqualReport: divergence?.lastEqual ? reported(divergence.lastEqual) : null,
      firstDifferentReport: divergence ? reported(divergence.firstDifferent) : null,
      movementsBetween: effects.slice(-50).map((effect) => ({ ...effect, containedIn: String(effect.containedIn) })),
      movesInOdoo: moves.slice(-50),
      wrongEvent: verdict.eventId,
    },
  };
}

function reported({ ordinal, readAt, odoo, contained }: Divergence['firstDifferent']) {
  return { report: String(ordinal), readAt, odoo: odoo.toFixed(), ledger: contained.toFixed() };
}

const remedies: Readonly<Partial<Record<DifferenceKind, string>>> = {
  MISSING_IN_ODOO:
    'Look at its document in Odoo: put it back to done, or enter the quantity by an inventory adjustment there.',
  DOUBLED: 'Take the second one back in Odoo (a return of the transfer, or an inventory adjustment).',
  LOT_DIFFERS: 'Look at the shelf which lot it is; correct the lot in Odoo by an inventory adjustment of both.',
  UNIT_FACTOR: 'Correct the quantity in Odoo by an inventory adjustment, and the unit that the sender uses.',
};

function proposalFor({ kind }: Verdict, standing: Standing): Proposal {
  const remedy = remedies[kind];
  if (remedy !== undefined) return { kind: 'IN_ODOO', text: remedy, quantity: null, by: null };
  if (standing.odoo.minus(standing.contained).equals(standing.accepted)) {
    const text = 'The ledger has it already. Accept it if the count was right; else adjust it back in Odoo.';
    return { kind: 'LOOK', text, quantity: null, by: null };
  }
  return ledgerAdjustment(standing.odoo.minus(standing.contained).minus(standing.accepted), standing);
}

/** The ledger follows Odoo: what is proposed when the shelf is as Odoo says. It cannot be brought below zero by a count. */
export function ledgerAdjustment(quantity: Decimal, { ledger, unit, odoo }: Standing): Proposal {
  if (ledger.plus(quantity).isNegative())
    return {
      kind: 'IN_ODOO',
      text: 'Odoo is below zero: count the shelf and adjust it in Odoo.',
      quantity: null,
      by: null,
    };
  const text =
    `Count the shelf. If Odoo's ${odoo.toFixed()} ${unit} are right, approve the adjustment of the ledger by ` +
    `${signed(quantity)}; if the ledger is right, adjust Odoo back.`;
  return { kind: 'LEDGER_ADJUSTMENT', text, quantity: quantity.toFixed(), by: null };
}

/** The finding about a movement that is not in Odoo: refused, or under way for too long. */
export function movementFinding(movement: OpenMovement, category: Owner): Finding {
  const { eventId, location, productCode, lot, isSerial, unit, quantity, recordedAt, posting } = movement;
  const isRefused = posting?.state === 'REFUSED';
  if (posting?.state === 'ALONE') return aloneFinding(movement, category);
  const why = isRefused
    ? `Odoo refused it: ${posting.code ?? ''} ${posting.message ?? ''}`.trim()
    : posting === null
      ? `it was booked at ${recordedAt.toISOString()} and nothing was heard of its posting`
      : 'it is said to be posted, but no report of Odoo contains it';
  const text = isRefused
    ? 'Mend what Odoo complains about and retry the parked movement at odoo-adapter, or abandon it there with a reason.'
    : 'See at odoo-adapter (GET /postings) what it waits for.';
  return {
    ...{ subject: `movement:${eventId}`, kind: 'MISSING_IN_ODOO', owner: isRefused ? category : 'platform' },
    ...{ place: { location, productCode, lot, isSerial, unit }, ledger: null, odoo: null },
    explanation: `The movement ${eventId} (${signed(quantity)} ${unit} of ${productCode} at ${location}) is not in Odoo: ${why}.`,
    proposal: { kind: isRefused ? 'RETRY_POSTING' : 'LOOK', text, quantity: null, by: null },
    evidence: { wrongEvent: eventId, recordedAt, posting },
  };
}

function aloneFinding(movement: OpenMovement, owner: Owner): Finding {
  const { eventId, location, productCode, lot, isSerial, unit, quantity, recordedAt, posting } = movement;
  const text =
    'Look whether it was used. If it was, have it posted at odoo-adapter (POST /postings/<eventId>/post), or enter it where the old interface is fed; if not, reverse it by a REVERSED record.';
  return {
    ...{ subject: `movement:${eventId}`, kind: 'MISSING_IN_ODOO', owner, ledger: null, odoo: null },
    place: { location, productCode, lot, isSerial, unit },
    explanation: `The movement ${eventId} (${signed(quantity)} ${unit} of ${productCode} at ${location}) is in shadow mode and not in Odoo: ${posting?.message ?? ''}`,
    proposal: { kind: 'LOOK', text, quantity: null, by: null },
    evidence: { wrongEvent: eventId, recordedAt, posting },
  };
}

/** The finding about what an old interface did in Odoo and no record of ours explains. */
export function strayFinding(stray: Stray, owner: Owner): Finding {
  const { eventId, location, productCode, lot, isSerial, unit, quantity, reference } = stray;
  const text =
    'See why its record did not come to Wardline, or whether the old interface posts after its checkpoint; accept it with what you found.';
  return {
    ...{ subject: `movement:${eventId}`, kind: 'UNKNOWN_TO_US', owner, ledger: null, odoo: null },
    place: { location, productCode, lot, isSerial, unit },
    explanation: `The old interface did ${reference ?? 'a move'} in Odoo (${signed(quantity)} ${unit} of ${productCode} at ${location}) and no record of ours says why; the ledger has followed.`,
    proposal: { kind: 'LOOK', text, quantity: null, by: null },
    evidence: { wrongEvent: eventId },
  };
}

/** The finding about a record that the ledger did not book as it was accepted; null when it did. */
export function recordFinding(record: RecordBooking): Finding | null {
  const [first, second] = record.movements;
  const of = (kind: DifferenceKind, why: string, owner: Owner = 'platform') => bookingFinding(record, kind, owner, why);
  if (first === undefined)
    return of('MISSING_IN_LEDGER', 'the ledger has not booked it; see what is parked at inventory-sync');
  if (second !== undefined)
    return of('DOUBLED', `the ledger booked it twice, as ${first.eventId} and ${second.eventId}`);
  if (record.kind === 'REVERSED') return null;
  if (first.lot !== record.lot)
    return of('LOT_DIFFERS', `it says lot ${record.lot || 'none'}, its movement lot ${first.lot || 'none'}`, 'stores');
  if (first.quantity.equals(record.quantity)) return null;
  return of('UNIT_FACTOR', `it says ${record.quantity.toFixed()}, its movement ${first.quantity.toFixed()}`);
}

function bookingFinding(record: RecordBooking, kind: DifferenceKind, owner: Owner, why: string): Finding {
  const { recordEventId, location, productCode, lot, movements } = record;
  return {
    ...{ subject: `record:${recordEventId}`, kind, owner, ledger: null, odoo: null },
    place: { location, productCode, lot, isSerial: false, unit: '' },
    explanation: `The record ${recordEventId} of ${record.source} (${productCode} at ${location}) was accepted: ${why}.`,
    proposal: {
      kind: 'LOOK',
      text: 'Reverse the movement by a REVERSED record, or accept it with a reason.',
      quantity: null,
      by: null,
    },
    evidence: { wrongEvent: movements[0]?.eventId ?? record.eventId, acceptedAt: record.acceptedAt, movements },
  };
}
