import { Decimal, StockOperationRefused, type EventId } from '@wardline/event-contracts';
import { envelopeOf } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ReconciliationBench } from '../../test/reconciliation-bench.js';
import { goodMorning, wardsOf } from '../../test/wards.js';
import { listCases, showCase, summary } from './case-view.store.js';
import { CaseDecisions } from './decide-case.js';
import { ReopenCase } from './reopen-case.handler.js';

let bench: ReconciliationBench;
let decisions: CaseDecisions;
beforeAll(async () => {
  bench = await ReconciliationBench.open();
  decisions = new CaseDecisions(bench.database, bench.outbox, { now: () => bench.world.now });
});
beforeEach(() => bench.reset());
afterAll(() => bench.database.close());

const wards = wardsOf(1);
const berg = { by: 's.berg', reason: 'counted by two' };

/** Three gloves are gone from Odoo and nobody knows why. */
async function drift(): Promise<EventId> {
  goodMorning(bench.world, wards);
  bench.world.tamper(wards.gloves, -3);
  await lookAgain();
  const { items } = await listCases(bench.database, { states: ['OPEN'], limit: 10 }, bench.world.now);
  expect(items).toMatchObject([{ difference: 'QUANT_DRIFT', ledgerQuantity: '92', odooQuantity: '89' }]);
  return items[0]!.caseId;
}

async function lookAgain(): Promise<void> {
  bench.world.report();
  await bench.read();
  await bench.compare();
}

async function told(): Promise<unknown[]> {
  return (await bench.published()).map(({ topic, type, data }) => [topic, type, data['state'] ?? data['operation']]);
}

describe('a case', () => {
  it('is told, counted, and closed by the report that shows Odoo put right', async () => {
    const caseId = await drift();
    expect(await summary(bench.database)).toMatchObject({
      equal: false,
      differences: { QUANT_DRIFT: 1 },
      report: { sequence: '3' },
    });
    bench.world.tamper(wards.gloves, 3);
    await lookAgain();
    expect(await showCase(bench.database, caseId, bench.world.now)).toMatchObject({
      ...{ state: 'CLOSED', outcome: 'EQUAL_AGAIN', closedByReport: '4' },
      history: [{ what: 'opened' }, { what: 'closed' }],
    });
    expect(await summary(bench.database)).toMatchObject({ equal: true, differences: {} });
    expect(await told()).toEqual([
      ['reconciliation.case', 'CaseOpened', 'OPEN'],
      ['reconciliation.case', 'CaseClosed', 'CLOSED'],
    ]);
  });

  it('says at which report ledger and Odoo parted, and what came into Odoo between', async () => {
    goodMorning(bench.world, wards);
    const moved = bench.world.use(wards.gloves, 4);
    bench.world.post(moved);
    bench.world.tamper(wards.gloves, -3);
    await lookAgain();
    bench.world.post(bench.world.use(wards.gloves, 1));
    await lookAgain();
    const { items } = await listCases(bench.database, { states: ['OPEN'], limit: 10 }, bench.world.now);
    const shown = await showCase(bench.database, items[0]!.caseId, bench.world.now);
    expect(shown?.evidence).toMatchObject({
      lastEqualReport: { report: '2', odoo: '92', ledger: '92' },
      firstDifferentReport: { report: '3', odoo: '85', ledger: '88' },
      movementsBetween: [{ eventId: moved.eventId }],
    });
  });

  it('that is accepted ends, and only what comes on top of it is a new one', async () => {
    await decisions.accept(await drift(), berg);
    await lookAgain();
    expect(await bench.cases()).toMatchObject([{ state: 'ACCEPTED' }]);
    bench.world.tamper(wards.gloves, -1);
    await lookAgain();
    expect(await bench.cases()).toMatchObject([{ state: 'ACCEPTED' }, { state: 'OPEN', kind: 'QUANT_DRIFT' }]);
  });

  it('whose correction is approved has the ledger counted, and ends when that took effect', async () => {
    const caseId = await drift();
    await decisions.approve(caseId, berg);
    const correction = (await bench.published()).find(({ topic }) => topic === 'warehouse.scan');
    expect(correction).toMatchObject({
      key: 'ICU-1/GLOVE',
      data: {
        operation: 'COUNTED',
        quantity: new Decimal(89),
        approverRef: 's.berg',
        documentReference: `reconciliation ${caseId}`,
      },
    });
    await expect(decisions.approve(caseId, berg)).rejects.toThrow(/approved by s.berg already/);
    const counted = {
      interface: 'warehouse.scan',
      documentReference: `reconciliation ${caseId}`,
      movementType: 'ADJUSTMENT',
    } as const;
    bench.world.book({ from: wards.gloves.ward, to: 'Inventory adjustment', ...wards.gloves, quantity: 3 }, counted);
    await lookAgain();
    expect(await showCase(bench.database, caseId, bench.world.now)).toMatchObject({
      state: 'CLOSED',
      outcome: 'CORRECTED',
      decidedBy: 's.berg',
    });
  });

  it('is not approved by who proposed its correction', async () => {
    const caseId = await drift();
    await decisions.propose(caseId, { by: 'j.hahn', reason: 'one was under the bed' }, new Decimal(90));
    await expect(decisions.approve(caseId, { by: 'j.hahn', reason: 'sure' })).rejects.toThrow(
      /somebody else has to approve/,
    );
    await lookAgain();
    await decisions.approve(caseId, berg);
    const correction = (await bench.published()).find(({ topic }) => topic === 'warehouse.scan');
    expect(correction?.data).toMatchObject({
      quantity: new Decimal(90),
      performerRef: 'j.hahn',
      approverRef: 's.berg',
    });
  });

  it('is open again when the ledger refuses its correction', async () => {
    const caseId = await drift();
    await decisions.approve(caseId, berg);
    const [record] = (await bench.published()).filter(({ topic }) => topic === 'warehouse.scan');
    const refused = envelopeOf(StockOperationRefused, {
      ...{ recordEventId: record?.data['eventId'] as EventId, recordSource: 'reconciliation', sequence: null },
      ...{ code: 'UNKNOWN_LOT', message: 'there is no lot', remedy: 'look', owner: 'stores' },
    });
    await bench.database.transaction((tx) => new ReopenCase().handle(refused, tx));
    expect(await showCase(bench.database, caseId, bench.world.now)).toMatchObject({
      state: 'OPEN',
      history: [{ what: 'opened' }, { what: 'approved' }, { what: 'correction refused' }],
    });
  });

  it('about what cannot be booked from here is not approved, but can be accepted for good', async () => {
    goodMorning(bench.world, wards);
    bench.world.refuse(bench.world.use(wards.gloves, 2));
    await lookAgain();
    const { items } = await listCases(bench.database, { states: ['OPEN'], limit: 10 }, bench.world.now);
    const caseId = items[0]!.caseId;
    await expect(decisions.approve(caseId, berg)).rejects.toThrow(
      /cannot be booked from here: Mend what Odoo complains about/,
    );
    await decisions.accept(caseId, berg);
    await lookAgain();
    expect(await bench.cases()).toMatchObject([{ state: 'ACCEPTED' }]);
    await expect(decisions.accept(caseId, berg)).rejects.toThrow(/has ended/);
  });
});
