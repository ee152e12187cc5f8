import { StockOperationRefused } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import { caseChanged, type Case } from './case.js';
import { keepSteps, lockCorrected } from './case.store.js';

/** The ledger refused a correction: the case is open again, and says why. */
@Handles(StockOperationRefused)
export class ReopenCase implements Handler<StockOperationRefused> {
  async handle({ data, receivedAt }: Envelope<StockOperationRefused>, tx: Transaction): Promise<BusinessEvent[]> {
    const one = await lockCorrected(tx, data.recordEventId);
    if (one === null) return [];
    const next: Case = { ...one, state: 'OPEN' };
    const detail = `The ledger refused the correction (${data.code}): ${data.message}`;
    const events = [caseChanged(next, receivedAt)];
    await keepSteps(tx, [{ case: next, what: 'correction refused', detail, by: null, events }], receivedAt);
    return events;
  }
}
