import type { DeliveryStep } from '@wardline/outbox';

/** A moment in a player at which it can be made to die or stop; `relay:sent` is between sending and acknowledgement. */
export type Step = DeliveryStep | 'relay:sent';

/** What happens to a process at a step: SIGKILL, or SIGSTOP until somebody sends SIGCONT. */
export type Deed = 'die' | 'stop';

/** How much a writer does in a round. */
export interface Load {
  /** Transactions to commit, beside those that it rolls back. */
  readonly transactions: number;
  /** Longest pause of each of its four workers between two transactions, in milliseconds. */
  readonly pauseMs: number;
  /** Savepoints of each transaction that are rolled back; now and then one when 0. */
  readonly savepoints: number;
}

/** What the stage tells a player to do. */
export type Order =
  | { readonly do: 'write'; readonly round: string; readonly seed: number; readonly load: Load }
  | { readonly do: 'arm'; readonly step: Step; readonly nth: number; readonly deed: Deed }
  | { readonly do: 'disarm' }
  /** Keeps the event loop busy for so long. */
  | { readonly do: 'block'; readonly ms: number };

/** What a player tells the stage. */
export type Report =
  | { readonly is: 'ready' }
  | { readonly is: 'committed'; readonly round: string; readonly transactions: number }
  | { readonly is: 'reached'; readonly step: Step };

/** How a player is set up. */
export interface Part {
  /** Also its name in `pg_stat_activity`. */
  readonly name: string;
  readonly roles: readonly ('write' | 'relay' | 'consume')[];
  readonly databaseUrl: string;
  readonly brokers: string;
  readonly registryUrl: string;
  /** How far its clock is off, in milliseconds. */
  readonly clockOffMs: number;
  /** Name of the promise that it breaks on purpose; null in every proof of ours. */
  readonly mutation: string | null;
}
