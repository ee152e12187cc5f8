import { newEventId, type Clock } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import type { CaseStep } from '../cases/case.js';
import { keepSteps, liveCases } from '../cases/case.store.js';
import { followFindings } from '../cases/follow-findings.js';
import type { ReconciliationConfig } from '../config.js';
import { applyReports, lastTaken, meetMovements, takeTurn } from './apply-reports.store.js';
import { compare } from './compare.js';

/** Settings of a comparison. */
export type CycleSettings = Pick<
  ReconciliationConfig,
  'RECONCILE_GRACE_MS' | 'RECONCILE_OVERDUE_MS' | 'RECONCILE_PHARMACY'
>;

/** One comparison after the other, each in one transaction: reports taken, differences found, cases kept, told. */
export class Reconciliation {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: CycleSettings,
  ) {}

  /** Answers what became of cases; nothing while another replica compares. */
  async cycle(): Promise<readonly CaseStep[]> {
    const {
      RECONCILE_GRACE_MS: graceMs,
      RECONCILE_OVERDUE_MS: overdueMs,
      RECONCILE_PHARMACY: pharmacy,
    } = this.settings;
    return this.database.transaction(async (tx) => {
      if (!(await takeTurn(tx))) return [];
      const now = this.clock.now();
      await applyReports(tx);
      await meetMovements(tx);
      const compared = await compare(tx, { now, overdueMs, pharmacy });
      const last = await lastTaken(tx);
      const comparison = { ...compared, now, report: last?.sequence ?? null };
      const steps = followFindings(await liveCases(tx), comparison, { graceMs, newId: () => newEventId(now) });
      await keepSteps(tx, steps, now);
      await this.outbox.add(
        tx,
        steps.flatMap(({ events }) => events),
      );
      return steps;
    });
  }
}
