import type { EventId } from '@wardline/event-contracts';

/** What a person may decide about parked messages. */
export type OperationAction = 'retry' | 'abandon' | 'edit';

/** `awaiting-approval`: begins when a second person approves. The last two are ends. */
export type OperationState = 'awaiting-approval' | 'running' | 'finished' | 'cancelled';

/** What became of one message of an operation; `planned` is still to do. */
export type ItemOutcome = 'planned' | 'done' | 'failed' | 'skipped';

/** Who acts, and through which interface. */
export interface Actor {
  readonly by: string;
  readonly via: 'http' | 'message';
}

/** A group of a snapshot, by what its messages have in common. */
export interface GroupChoice {
  readonly recordType: string | null;
  readonly class: string;
  readonly code: string;
}

/** What a person asks for: one action over the messages seen, or over those named. */
export interface OperationRequest {
  readonly action: 'retry' | 'abandon';
  /** The set seen, as a list or the groups gave it; null when messages are named. */
  readonly snapshot: string | null;
  /** Groups that narrow a snapshot; null for all of it. */
  readonly groups: readonly GroupChoice[] | null;
  /** The messages named; null when a snapshot is given. */
  readonly exceptionIds: readonly string[] | null;
  /** Required to abandon. */
  readonly reason: string | null;
  readonly dryRun: boolean;
  /** Whether to retry also what came back again and again. */
  readonly force: boolean;
}

/** What a person asks for when one message is to be changed and tried again. */
export interface EditRequest {
  readonly exceptionId: string;
  /** A JSON merge patch (RFC 7396) over the record's JSON form; `null` empties a field. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly dryRun: boolean;
  readonly force: boolean;
}

/** An operation as it stands. The four counts add up to the size of its set; done of a retry: the handler went through. */
export interface Operation {
  readonly operationId: EventId;
  readonly action: OperationAction;
  readonly state: OperationState;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly by: string;
  readonly via: Actor['via'];
  readonly reason: string | null;
  /** Of an edit: what is changed, sensitive fields masked. */
  readonly changes: Readonly<Record<string, unknown>> | null;
  readonly approvedBy: string | null;
  readonly cancelledBy: string | null;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly counts: Readonly<Record<ItemOutcome, number>>;
}

/** Operations, the newest first; `cursor` is null on the last page. */
export interface OperationPage {
  readonly items: readonly Operation[];
  readonly cursor: string | null;
}

/** One message of an operation. */
export interface OperationItem {
  readonly exceptionId: string;
  readonly eventId: string;
  readonly recordType: string | null;
  readonly outcome: ItemOutcome;
  /** Why it failed or was skipped. */
  readonly reason: ItemReason | null;
  /** Of a dry run: what would change. */
  readonly effect: Effect | null;
}

/** Why an item failed or was skipped, for machines and for a person. */
export interface ItemReason {
  readonly code: string;
  readonly message: string;
}

/** Items of an operation; `cursor` is null on the last page. */
export interface OperationItemPage {
  readonly items: readonly OperationItem[];
  readonly cursor: string | null;
}

/** What a handler would do, seen in a transaction that was rolled back. */
export interface Effect {
  /** Events that would be published, sensitive fields masked. */
  readonly events: readonly {
    readonly topic: string;
    readonly recordType: string;
    readonly key: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  /** Rows that would change, by table of the service. */
  readonly rows: readonly {
    readonly table: string;
    readonly inserted: number;
    readonly updated: number;
    readonly deleted: number;
  }[];
  /** Messages waiting behind it that would follow. */
  readonly releases: number;
}

/** Why a person's decision is not taken: it is wrong in itself, names what is not there, or is not possible now. */
export class InterventionRefused extends Error {
  override readonly name = 'InterventionRefused';
  constructor(
    readonly reason: 'WRONG' | 'NOT_FOUND' | 'NOT_POSSIBLE',
    message: string,
  ) {
    super(message);
  }
}
