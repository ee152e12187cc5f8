import { ConflictException, NotFoundException } from '@nestjs/common';
import type { Decimal } from '@wardline/event-contracts';
import { StockOperationRecorded, Topic, type EventId } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { correctionReference } from '../place.js';
import { caseChanged, caseClosed, type Case, type CaseStep, type Decision } from './case.js';
import { acceptDifference, keepSteps, ledgerNow, lockCase, noteCorrection } from './case.store.js';

/** What people decide about cases; each decision is one transaction with its history and its events. */
export class CaseDecisions {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The difference stays as it is: from now on only what comes on top of it is one. */
  async accept(caseId: string, decision: Decision): Promise<void> {
    await this.#decide(caseId, async (tx, one, now) => {
      await acceptDifference(tx, one);
      const accepted: Case = { ...one, state: 'ACCEPTED', decidedBy: decision.by, decidedReason: decision.reason };
      const events = [caseClosed(accepted, now, 'ACCEPTED', null)];
      const closed = { at: now, outcome: 'ACCEPTED', report: null };
      return { case: accepted, what: 'accepted', detail: decision.reason, by: decision.by, events, closed };
    });
  }

  /** A person found out what is on the shelf: the ledger shall say so. */
  async propose(caseId: string, decision: Decision, counted: Decimal): Promise<void> {
    await this.#decide(caseId, (_, one, now) => {
      const { place, ledger } = one.finding;
      if (place === null || ledger === null)
        throw new ConflictException(`case ${caseId} is about no quantity on a shelf`);
      const quantity = counted.minus(ledger);
      const text = `${decision.by} counted ${counted.toFixed()} ${place.unit}: adjust the ledger by ${quantity.toFixed()}. ${decision.reason}`;
      const proposal = { kind: 'LEDGER_ADJUSTMENT', text, quantity: quantity.toFixed(), by: decision.by } as const;
      const next: Case = { ...one, finding: { ...one.finding, proposal } };
      const events = [caseChanged(next, now, decision)];
      return Promise.resolve({ case: next, what: 'proposed', detail: text, by: decision.by, events });
    });
  }

  /** The proposed correction is booked: a count of the ledger, which is not posted to Odoo, as Odoo has it already. */
  async approve(caseId: string, decision: Decision): Promise<void> {
    await this.#decide(caseId, async (tx, one, now) => {
      const { proposal } = one.finding;
      if (one.state === 'APPROVED')
        throw new ConflictException(`case ${caseId} was approved by ${one.decidedBy ?? 'somebody'} already`);
      if (proposal.kind !== 'LEDGER_ADJUSTMENT')
        throw new ConflictException(`The correction of case ${caseId} cannot be booked from here: ${proposal.text}`);
      if (proposal.by === decision.by)
        throw new ConflictException(
          `${decision.by} proposed the correction of case ${caseId}: somebody else has to approve it`,
        );
      const recordId = newEventId(now);
      const correction = correctionOf(one, recordId, await ledgerNow(tx, one), decision, now);
      await noteCorrection(tx, caseId, recordId);
      const next: Case = { ...one, state: 'APPROVED', decidedBy: decision.by, decidedReason: decision.reason };
      const events = [caseChanged(next, now, decision), correction];
      return { case: next, what: 'approved', detail: decision.reason, by: decision.by, events };
    });
  }

  async #decide(caseId: string, decide: (tx: Transaction, one: Case, now: Date) => Promise<CaseStep>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const one = await lockCase(tx, caseId);
      if (one === null || one.state === 'SEEN') throw new NotFoundException(`there is no case ${caseId}`);
      if (one.state !== 'OPEN' && one.state !== 'APPROVED')
        throw new ConflictException(`case ${caseId} has ended (${one.state.toLowerCase()})`);
      const now = this.clock.now();
      const step = await decide(tx, one, now);
      await keepSteps(tx, [step], now);
      await this.outbox.add(tx, step.events);
    });
  }
}

function correctionOf(
  one: Case,
  eventId: EventId,
  ledger: Decimal,
  { by, reason }: Decision,
  now: Date,
): BusinessEvent {
  const { place, proposal } = one.finding;
  if (place === null || proposal.quantity === null)
    throw new ConflictException(`case ${one.caseId} is about no quantity on a shelf`);
  const lot = place.lot === '' ? null : place.lot;
  const what = { lotNumber: place.isSerial ? null : lot, serialNumber: place.isSerial ? lot : null, expiryDate: null };
  const key = `${place.location}/${place.productCode}`;
  return businessEvent(Topic.WarehouseScan, key, StockOperationRecorded, {
    ...{ eventId, occurredAt: now, sequence: null, operation: 'COUNTED', reverses: null },
    product: { scheme: 'INTERNAL', value: place.productCode, supplierCode: null },
    location: { scheme: 'CODE', value: place.location },
    ...{
      toLocation: null,
      ...what,
      quantity: ledger.plus(proposal.quantity),
      unit: place.unit,
      transferReference: null,
    },
    documentReference: `${correctionReference}${one.caseId}`,
    ...{ expectedQuantity: null, condition: null, temperatureLogReference: null },
    ...{ performerRef: proposal.by ?? 'reconciliation', approverRef: by, reason },
  });
}
