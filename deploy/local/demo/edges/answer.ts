import type { DayRecord } from '../generator/record.ts';

/** What an edge said to a record. */
export type Answer =
  /** In its hands; `eventId` is null where the edge does not say which event it became. */
  | { readonly outcome: 'taken' | 'repeated'; readonly eventId: string | null }
  /** Taken, and nothing of stock in it. */
  | { readonly outcome: 'noted' }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly message: string;
      readonly remedy: string;
      readonly owner: string;
    };

/** A way in of one system: its records in their order, a few at a time. */
export interface Line {
  /** Most records that it sends at once. */
  readonly most: number;
  /** Sends records and answers what was said to each; throws when the edge cannot be reached. */
  send(records: readonly DayRecord[]): Promise<readonly Answer[]>;
  close(): Promise<void>;
}
