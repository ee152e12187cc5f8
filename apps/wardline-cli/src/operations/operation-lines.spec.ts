import { describe, expect, it } from 'vitest';
import { isAllDone, progressText, type Operation, type OperationItem } from './operation.js';
import { effectLines, reasonLines } from './operation-lines.js';

const operation = (counts: Partial<Operation['counts']>, more: Partial<Operation> = {}): Operation => ({
  ...{ operationId: 'o', action: 'retry', dryRun: false, state: 'finished', by: 'm.okafor', approvedBy: null },
  ...{ reason: null, force: false, requestedAt: '', finishedAt: null },
  counts: { planned: 0, done: 0, failed: 0, skipped: 0, ...counts },
  ...more,
});

const item = (outcome: OperationItem['outcome'], more: Partial<OperationItem> = {}): OperationItem => ({
  ...{ exceptionId: 'e', eventId: 'v', recordType: 'org.R', outcome, reason: null, effect: null },
  ...more,
});

describe('an operation', () => {
  it('tells how far it is', () => {
    expect(progressText(operation({ planned: 7, done: 2, failed: 1 }))).toBe(
      'retry: 3 of 10 (2 done, 1 failed, 0 skipped)',
    );
    expect(progressText(operation({ done: 1 }, { dryRun: true }))).toContain('dry run of retry: 1 of 1');
  });

  it('is all done only when it has ended and nothing failed, was skipped or is left', () => {
    expect(isAllDone(operation({ done: 3 }))).toBe(true);
    for (const counts of [{ planned: 1 }, { failed: 1 }, { skipped: 1 }])
      expect(isAllDone(operation(counts))).toBe(false);
    for (const state of ['running', 'awaiting-approval', 'cancelled'] as const)
      expect(isAllDone(operation({ done: 3 }, { state }))).toBe(false);
  });

  it('gives each reason once, the most frequent first, with how often and an example', () => {
    const unknown = { code: 'UNKNOWN_PRODUCT', message: 'No product P-1.' };
    const changed = { code: 'CHANGED_SINCE', message: 'It changed.' };
    const lines = reasonLines([
      item('skipped', { reason: changed, exceptionId: 'e1' }),
      item('failed', { reason: unknown, exceptionId: 'e2' }),
      item('failed', { reason: unknown, exceptionId: 'e3' }),
      item('done'),
    ]);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^ +2 +failed +UNKNOWN_PRODUCT +e2 +No product P-1\.$/);
    expect(lines[2]).toContain('CHANGED_SINCE');
  });

  it('adds up what a dry run would change', () => {
    const event = { topic: 'inventory.stock', recordType: 'org.wardline.inventory.StockMoved', key: 'k' };
    const row = { table: 'stock_movement', inserted: 1, updated: 0, deleted: 0 };
    const effect = { events: [event], rows: [row], releases: 2 };
    expect(effectLines([item('done', { effect }), item('done', { effect }), item('failed')])).toEqual([
      'would publish 2 StockMoved to inventory.stock',
      'would change stock_movement: 2 inserted, 0 updated, 0 deleted',
      '4 messages that wait behind would follow',
    ]);
  });
});
