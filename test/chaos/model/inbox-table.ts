import type { Event } from './world.ts';

/** A message that waits for a time, or behind an earlier one of its key. */
export interface Parked {
  readonly event: Event;
  readonly tries: number;
  readonly dueAt: number;
  settled: boolean;
  locked: boolean;
}

/** The consumer's side of the database. Processes change it in transactions: what they stage, they apply in one step. */
export class InboxTable {
  /** The position of the one partition: who may move it, and everything before `next` is settled. */
  readonly position = { generation: 0, next: 0, locked: false };
  readonly inbox = new Set<number>();
  readonly parked: Parked[] = [];
}
