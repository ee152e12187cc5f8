import { Inject, Injectable } from '@nestjs/common';
import { newEventId, type Clock, type Transaction } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { LedgerHistoryStore } from '../ledger-history/ledger-history.store.js';
import { oldestOpen } from '../ledger-history/transactions-seen.js';
import { LedgerCheckStore } from './ledger-check.store.js';
import { ledgerDiffers, ledgerHoldsAgain } from './ledger-exception.js';

/** How much one cycle does at most. */
export interface CycleSize {
  /** Movements taken into the history. */
  readonly movements: number;
  /** Balances compared that did not change. */
  readonly sweep: number;
}

/** What a cycle did: `behind` when there is more to do at once, `elsewhere` when another replica does it. */
export type CycleOutcome = 'behind' | 'complete' | 'elsewhere';

/** What a service does by itself: a second or two of work at most. */
export const usualCycle: CycleSize = { movements: 20_000, sweep: 500 };

/**
 * The ledger checked all the time: takes what is new into the history, and compares the balances that it changed with the sums
 * of their movements. Costs as much as is new, and a fixed little for going through the rest in turn.
 */
@Injectable()
export class ContinuousCheck {
  readonly #history = new LedgerHistoryStore();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly checks: LedgerCheckStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One cycle, in one transaction that sees one state of the ledger. */
  async cycle(size: CycleSize = usualCycle): Promise<CycleOutcome> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      if (!(await this.checks.claim(tx))) return 'elsewhere';
      const { movements, highestPosition, complete, now: seen } = await this.#history.take(tx, size.movements);
      if (!complete) {
        await this.checks.noteAddedUp(tx, movements, highestPosition);
        return 'behind';
      }
      const now = this.clock.now();
      await this.checks.compare(tx, size.sweep, now);
      const { below } = seen;
      await this.checks.note(tx, { movements, highestPosition, oldestOpen: oldestOpen(seen), below, now });
      await this.#tell(tx, now);
      return 'complete';
    });
  }

  /** One exception at a time: the first balance that differs, until none does. */
  async #tell(tx: Transaction, now: Date): Promise<void> {
    const mark = await this.checks.mark(tx);
    const { exceptionId, differences } = mark;
    if (differences > 0 && exceptionId === null) {
      const [first] = await this.checks.differences(tx, 1);
      const raised = newEventId(now);
      await this.checks.keepException(tx, raised);
      await this.outbox.add(tx, [ledgerDiffers(raised, first!, mark, now)]);
    } else if (differences === 0 && exceptionId !== null) {
      await this.checks.keepException(tx, null);
      await this.outbox.add(tx, [ledgerHoldsAgain(exceptionId, now)]);
    }
  }
}
