/** A Postgres snapshot (`pg_snapshot`, text form `xmin:xmax:xip,xip`): which transactions are visible. */
export interface Snapshot {
  readonly text: string;
  readonly xmax: bigint;
  /** Transactions that were under way below xmax. */
  readonly inProgress: readonly bigint[];
}

/** The snapshot that sees nothing: the difference to it is every committed row. */
export const emptySnapshot: Snapshot = { text: '1:1:', xmax: 1n, inProgress: [] };

/** Reads the text form of a `pg_snapshot`. */
export function parseSnapshot(text: string): Snapshot {
  const match = /^(\d+):(\d+):([\d,]*)$/.exec(text);
  if (match === null) throw new Error(`not a pg_snapshot: ${text}`);
  const inProgress = match[3] === '' ? [] : match[3]!.split(',').map(BigInt);
  return { text, xmax: BigInt(match[2]!), inProgress };
}

/** Whether `cur` cannot come after `prev` on one cluster: transaction ids went back, as pg_resetwal can make them. */
export function wentBack(prev: Snapshot, cur: Snapshot): boolean {
  return cur.xmax < prev.xmax;
}
