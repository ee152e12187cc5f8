/** Ids of transactions as Postgres writes them (`xid8`), and which of them a look at the ledger saw. */
export interface TransactionsSeen {
  /** Every transaction below it had ended, but for those in progress. */
  readonly below: string;
  readonly inProgress: readonly string[];
}

/** Reads the text form of a `pg_snapshot` (`xmin:xmax:xip,xip`). */
export function seenBy(snapshot: string): TransactionsSeen {
  const match = /^\d+:(\d+):([\d,]*)$/.exec(snapshot);
  if (match === null) throw new Error(`not a pg_snapshot: ${snapshot}`);
  return { below: match[1]!, inProgress: match[2] === '' ? [] : match[2]!.split(',') };
}

/** The oldest transaction that was still open; every one below it had ended. */
export function oldestOpen({ below, inProgress }: TransactionsSeen): bigint {
  return inProgress.map(BigInt).reduce((oldest, xid) => (xid < oldest ? xid : oldest), BigInt(below));
}

/**
 * Refuses to go on where transaction ids went back, as after a restore into another cluster: new movements would look as if
 * they had been seen.
 */
export function assertNotBack(before: TransactionsSeen, now: TransactionsSeen): void {
  if (BigInt(now.below) >= BigInt(before.below)) return;
  throw new HistoryBehindCluster(before.below, now.below);
}

/** The database was restored into another cluster, so its history does not know which movements are new. */
export class HistoryBehindCluster extends Error {
  override readonly name = 'HistoryBehindCluster';
  constructor(before: string, now: string) {
    super(
      `transaction ids went back from ${before} to ${now}: the database was restored into another Postgres cluster. ` +
        'Its owner builds the history of the ledger anew with: SELECT rebuild_ledger_history()',
    );
  }
}
