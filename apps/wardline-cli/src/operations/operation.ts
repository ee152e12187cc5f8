/** A decision about parked messages as a service keeps it; the four counts add up to the size of its set. */
export interface Operation {
  readonly operationId: string;
  readonly action: 'retry' | 'abandon' | 'edit';
  readonly dryRun: boolean;
  readonly state: 'awaiting-approval' | 'running' | 'finished' | 'cancelled';
  readonly by: string;
  readonly approvedBy: string | null;
  readonly reason: string | null;
  readonly force: boolean;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  readonly counts: Readonly<Record<Outcome, number>>;
}

/** What became of one message; `planned` is still to do. */
export type Outcome = 'planned' | 'done' | 'failed' | 'skipped';

/** One message of an operation. */
export interface OperationItem {
  readonly exceptionId: string;
  readonly eventId: string;
  readonly recordType: string | null;
  readonly outcome: Outcome;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly effect: Effect | null;
}

/** What a dry run saw. */
export interface Effect {
  readonly events: readonly { readonly topic: string; readonly recordType: string; readonly key: string }[];
  readonly rows: readonly {
    readonly table: string;
    readonly inserted: number;
    readonly updated: number;
    readonly deleted: number;
  }[];
  /** Messages waiting behind it that would follow. */
  readonly releases: number;
}

/** Whether an operation has come to its end, or waits for somebody else. */
export function isSettled({ state }: Operation): boolean {
  return state !== 'running';
}

/** Whether all of it was done. */
export function isAllDone({ state, counts }: Operation): boolean {
  return state === 'finished' && counts.planned + counts.failed + counts.skipped === 0;
}

/** How far it is: `retry: 120 of 1000 (110 done, 6 failed, 4 skipped)`. */
export function progressText({ action, dryRun, counts }: Operation): string {
  const { planned, done, failed, skipped } = counts;
  const total = planned + done + failed + skipped;
  const what = dryRun ? `dry run of ${action}` : action;
  return `${what}: ${total - planned} of ${total} (${done} done, ${failed} failed, ${skipped} skipped)`;
}
