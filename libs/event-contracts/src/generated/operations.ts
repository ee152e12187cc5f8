// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { EventId } from '../event-id.js';
import type { RecordType } from '../record-type.js';

/** What kind of failure it is; decides its owner. */
export type ExceptionClass = 'UNKNOWN' | 'TECHNICAL' | 'DEPENDENCY' | 'DATA' | 'BUSINESS' | 'AUTHORISATION';

/** How it ended. */
export type ExceptionOutcome = 'UNKNOWN' | 'DONE' | 'ABANDONED' | 'SUPERSEDED';

/** What a person decides: RETRY, ABANDON or EDIT parked messages, APPROVE or CANCEL an operation. */
export type InterventionAction = 'UNKNOWN' | 'RETRY' | 'ABANDON' | 'EDIT' | 'APPROVE' | 'CANCEL';

/**
 * FINISHED: each message has its outcome. CANCELLED: what had not begun was skipped. REFUSED: the decision could not be
 * taken; nothing was done.
 */
export type InterventionOutcome = 'UNKNOWN' | 'FINISHED' | 'CANCELLED' | 'REFUSED';

/** A group of the set seen, by what its messages have in common. */
export interface InterventionGroup {
  /**
   * Full name of their Avro record; null where it could not be read. Example:
   * org.wardline.clinical.ConsumptionRecorded.
   */
  readonly recordType: string | null;

  /** What kind of failure. Example: DATA. */
  readonly exceptionClass: string;

  /** Why they are parked. Example: UNKNOWN_PRODUCT. */
  readonly code: string;
}

/** A message could not be settled and waits for a person or a time. Key: exception id. */
export interface ExceptionRaised {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /** Identity of the parked message. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05. */
  readonly exceptionId: EventId;

  /** Service that holds it. Example: consumption-ingest. */
  readonly consumer: string;

  /** Topic it came from. Example: clinical.consumption. */
  readonly topic: string;

  /** Partition it came from. Example: 3. */
  readonly partition: number;

  /** Offset it came from. Example: 1042. */
  readonly offset: bigint;

  /** Its key; null when it had none. Example: NORTH-ICU/GLOVE-M. */
  readonly messageKey: string | null;

  /**
   * Full name of its Avro record; null when it could not be read. Example: org.wardline.clinical.ConsumptionRecorded.
   */
  readonly recordType: string | null;

  /**
   * Its eventId, or one derived from topic, partition and offset when it has none. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly messageEventId: EventId;

  /** What kind of failure. Example: DATA. */
  readonly exceptionClass: ExceptionClass;

  /** Why, for machines. Example: UNKNOWN_PRODUCT. */
  readonly code: string;

  /** Why, for a person. Example: No product in Odoo carries the GTIN 04012345678901. */
  readonly message: string;

  /** Whose job it is: platform, master-data, stores, purchasing, payables, approver. Example: master-data. */
  readonly owner: string;

  /** How often it was tried. Example: 1. */
  readonly attempts: number;
}

export const ExceptionRaised: RecordType<ExceptionRaised> = {
  fullName: 'org.wardline.operations.ExceptionRaised',
  schema:
    '{"type":"record","name":"ExceptionRaised","namespace":"org.wardline.operations","doc":"A message could not be settled and waits for a person or a time. Key: exception id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"exceptionId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of the parked message. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05."},{"name":"consumer","type":"string","doc":"Service that holds it. Example: consumption-ingest."},{"name":"topic","type":"string","doc":"Topic it came from. Example: clinical.consumption."},{"name":"partition","type":"int","doc":"Partition it came from. Example: 3."},{"name":"offset","type":"long","doc":"Offset it came from. Example: 1042."},{"name":"messageKey","type":["null","string"],"doc":"Its key; null when it had none. Example: NORTH-ICU/GLOVE-M.","default":null},{"name":"recordType","type":["null","string"],"doc":"Full name of its Avro record; null when it could not be read. Example: org.wardline.clinical.ConsumptionRecorded.","default":null},{"name":"messageEventId","type":{"type":"string","logicalType":"uuid"},"doc":"Its eventId, or one derived from topic, partition and offset when it has none. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"exceptionClass","type":{"type":"enum","name":"ExceptionClass","doc":"What kind of failure it is; decides its owner.","symbols":["UNKNOWN","TECHNICAL","DEPENDENCY","DATA","BUSINESS","AUTHORISATION"],"default":"UNKNOWN"},"doc":"What kind of failure. Example: DATA."},{"name":"code","type":"string","doc":"Why, for machines. Example: UNKNOWN_PRODUCT."},{"name":"message","type":"string","doc":"Why, for a person. Example: No product in Odoo carries the GTIN 04012345678901."},{"name":"owner","type":"string","doc":"Whose job it is: platform, master-data, stores, purchasing, payables, approver. Example: master-data."},{"name":"attempts","type":"int","doc":"How often it was tried. Example: 1."}]}',
};

/** A parked message came to its end. Key: exception id. */
export interface ExceptionResolved {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /** Identity of the parked message. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05. */
  readonly exceptionId: EventId;

  /** Service that held it. Example: consumption-ingest. */
  readonly consumer: string;

  /** How it ended. Example: DONE. */
  readonly outcome: ExceptionOutcome;

  /** Person who decided; null when it went on by itself. Example: a.meyer. */
  readonly by: string | null;

  /** Why that person decided so. Example: counted by hand. */
  readonly reason: string | null;
}

export const ExceptionResolved: RecordType<ExceptionResolved> = {
  fullName: 'org.wardline.operations.ExceptionResolved',
  schema:
    '{"type":"record","name":"ExceptionResolved","namespace":"org.wardline.operations","doc":"A parked message came to its end. Key: exception id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"exceptionId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of the parked message. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05."},{"name":"consumer","type":"string","doc":"Service that held it. Example: consumption-ingest."},{"name":"outcome","type":{"type":"enum","name":"ExceptionOutcome","doc":"How it ended.","symbols":["UNKNOWN","DONE","ABANDONED","SUPERSEDED"],"default":"UNKNOWN"},"doc":"How it ended. Example: DONE."},{"name":"by","type":["null","string"],"doc":"Person who decided; null when it went on by itself. Example: a.meyer.","default":null},{"name":"reason","type":["null","string"],"doc":"Why that person decided so. Example: counted by hand.","default":null}]}',
};

/**
 * What became of a person's decision about parked messages. The three counts add up to the size of its set. Key: the
 * operation's id.
 */
export interface InterventionCompleted {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /**
   * The operation; the eventId of the InterventionRequested when there was one. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07.
   */
  readonly operationId: EventId;

  /** Service that did it. Example: consumption-ingest. */
  readonly consumer: string;

  /** What was decided. Example: RETRY. */
  readonly action: InterventionAction;

  /** How it ended. Example: FINISHED. */
  readonly outcome: InterventionOutcome;

  /** Whether it only showed what would change. Example: false. */
  readonly dryRun: boolean;

  /** Person who asked. Example: a.meyer. */
  readonly by: string;

  /** Second person who approved; null when none was needed. Example: m.weber. */
  readonly approvedBy: string | null;

  /**
   * With REFUSED: what is wrong and what to do, in words. Example: snapshot: not one that a list of parked messages
   * gave.
   */
  readonly message: string | null;

  /** Messages that went through their handler, were abandoned, or in a dry run would be. Example: 998. */
  readonly done: number;

  /** Messages that failed again. Example: 1. */
  readonly failed: number;

  /** Messages left as they are, each for its reason. Example: 1. */
  readonly skipped: number;
}

export const InterventionCompleted: RecordType<InterventionCompleted> = {
  fullName: 'org.wardline.operations.InterventionCompleted',
  schema:
    '{"type":"record","name":"InterventionCompleted","namespace":"org.wardline.operations","doc":"What became of a person\'s decision about parked messages. The three counts add up to the size of its set. Key: the operation\'s id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"operationId","type":{"type":"string","logicalType":"uuid"},"doc":"The operation; the eventId of the InterventionRequested when there was one. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07."},{"name":"consumer","type":"string","doc":"Service that did it. Example: consumption-ingest."},{"name":"action","type":{"type":"enum","name":"InterventionAction","doc":"What a person decides: RETRY, ABANDON or EDIT parked messages, APPROVE or CANCEL an operation.","symbols":["UNKNOWN","RETRY","ABANDON","EDIT","APPROVE","CANCEL"],"default":"UNKNOWN"},"doc":"What was decided. Example: RETRY."},{"name":"outcome","type":{"type":"enum","name":"InterventionOutcome","doc":"FINISHED: each message has its outcome. CANCELLED: what had not begun was skipped. REFUSED: the decision could not be taken; nothing was done.","symbols":["UNKNOWN","FINISHED","CANCELLED","REFUSED"],"default":"UNKNOWN"},"doc":"How it ended. Example: FINISHED."},{"name":"dryRun","type":"boolean","doc":"Whether it only showed what would change. Example: false."},{"name":"by","type":"string","doc":"Person who asked. Example: a.meyer."},{"name":"approvedBy","type":["null","string"],"doc":"Second person who approved; null when none was needed. Example: m.weber.","default":null},{"name":"message","type":["null","string"],"doc":"With REFUSED: what is wrong and what to do, in words. Example: snapshot: not one that a list of parked messages gave.","default":null},{"name":"done","type":"int","doc":"Messages that went through their handler, were abandoned, or in a dry run would be. Example: 998."},{"name":"failed","type":"int","doc":"Messages that failed again. Example: 1."},{"name":"skipped","type":"int","doc":"Messages left as they are, each for its reason. Example: 1."}]}',
};

/**
 * An operation over parked messages was asked for, over HTTP or by an InterventionRequested, and planned. Key: the
 * operation's id.
 */
export interface InterventionPlanned {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /** The operation. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07. */
  readonly operationId: EventId;

  /** Service that does it. Example: consumption-ingest. */
  readonly consumer: string;

  /** What is asked for. Example: RETRY. */
  readonly action: InterventionAction;

  /** Whether it only shows what would change. Example: false. */
  readonly dryRun: boolean;

  /** Person who asked. Example: a.meyer. */
  readonly by: string;

  /** Why. Example: counted by hand. */
  readonly reason: string | null;

  /** How many messages it is about. Example: 1000. */
  readonly messages: number;

  /** Whether it begins only when another person approves. Example: false. */
  readonly awaitsApproval: boolean;
}

export const InterventionPlanned: RecordType<InterventionPlanned> = {
  fullName: 'org.wardline.operations.InterventionPlanned',
  schema:
    '{"type":"record","name":"InterventionPlanned","namespace":"org.wardline.operations","doc":"An operation over parked messages was asked for, over HTTP or by an InterventionRequested, and planned. Key: the operation\'s id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"operationId","type":{"type":"string","logicalType":"uuid"},"doc":"The operation. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07."},{"name":"consumer","type":"string","doc":"Service that does it. Example: consumption-ingest."},{"name":"action","type":{"type":"enum","name":"InterventionAction","doc":"What a person decides: RETRY, ABANDON or EDIT parked messages, APPROVE or CANCEL an operation.","symbols":["UNKNOWN","RETRY","ABANDON","EDIT","APPROVE","CANCEL"],"default":"UNKNOWN"},"doc":"What is asked for. Example: RETRY."},{"name":"dryRun","type":"boolean","doc":"Whether it only shows what would change. Example: false."},{"name":"by","type":"string","doc":"Person who asked. Example: a.meyer."},{"name":"reason","type":["null","string"],"doc":"Why. Example: counted by hand.","default":null},{"name":"messages","type":"int","doc":"How many messages it is about. Example: 1000."},{"name":"awaitsApproval","type":"boolean","doc":"Whether it begins only when another person approves. Example: false."}]}',
};

/**
 * A person decides about parked messages of one service. Answered by InterventionPlanned and InterventionCompleted; a
 * repeat of its eventId has no second effect. Key: the operation's id.
 */
export interface InterventionRequested {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /** Service that holds the parked messages; every other service passes it over. Example: consumption-ingest. */
  readonly consumer: string;

  /** What is decided. Example: RETRY. */
  readonly action: InterventionAction;

  /** Person who decides. Example: a.meyer. */
  readonly by: string;

  /** Why; required for ABANDON and EDIT. Example: counted by hand. */
  readonly reason: string | null;

  /**
   * With APPROVE and CANCEL: the operation. With the others null: the operation has the eventId of this event. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07.
   */
  readonly operationId: EventId | null;

  /**
   * The set that the person saw, as the service's list of parked messages or of their groups gave it; null when
   * messages are named. Example: eyJjcml0ZXJpYSI6e30.
   */
  readonly snapshot: string | null;

  /** Groups that narrow the snapshot; empty for all of it. Example: []. */
  readonly groups: readonly InterventionGroup[];

  /**
   * The messages, by exception id, where no snapshot is given; exactly one for EDIT. Example:
   * ["0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05"].
   */
  readonly exceptionIds: readonly string[];

  /** With EDIT: a JSON merge patch (RFC 7396) over the record as JSON. Example: {"unit":"EA"}. */
  readonly changes: string | null;

  /** Whether only to show what would change. Example: false. */
  readonly dryRun: boolean;

  /** Whether to retry also what came back again and again. Example: false. */
  readonly force: boolean;
}

export const InterventionRequested: RecordType<InterventionRequested> = {
  fullName: 'org.wardline.operations.InterventionRequested',
  schema:
    '{"type":"record","name":"InterventionRequested","namespace":"org.wardline.operations","doc":"A person decides about parked messages of one service. Answered by InterventionPlanned and InterventionCompleted; a repeat of its eventId has no second effect. Key: the operation\'s id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"consumer","type":"string","doc":"Service that holds the parked messages; every other service passes it over. Example: consumption-ingest."},{"name":"action","type":{"type":"enum","name":"InterventionAction","doc":"What a person decides: RETRY, ABANDON or EDIT parked messages, APPROVE or CANCEL an operation.","symbols":["UNKNOWN","RETRY","ABANDON","EDIT","APPROVE","CANCEL"],"default":"UNKNOWN"},"doc":"What is decided. Example: RETRY."},{"name":"by","type":"string","doc":"Person who decides. Example: a.meyer."},{"name":"reason","type":["null","string"],"doc":"Why; required for ABANDON and EDIT. Example: counted by hand.","default":null},{"name":"operationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With APPROVE and CANCEL: the operation. With the others null: the operation has the eventId of this event. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c07.","default":null},{"name":"snapshot","type":["null","string"],"doc":"The set that the person saw, as the service\'s list of parked messages or of their groups gave it; null when messages are named. Example: eyJjcml0ZXJpYSI6e30.","default":null},{"name":"groups","type":{"type":"array","items":{"type":"record","name":"InterventionGroup","doc":"A group of the set seen, by what its messages have in common.","fields":[{"name":"recordType","type":["null","string"],"doc":"Full name of their Avro record; null where it could not be read. Example: org.wardline.clinical.ConsumptionRecorded.","default":null},{"name":"exceptionClass","type":"string","doc":"What kind of failure. Example: DATA."},{"name":"code","type":"string","doc":"Why they are parked. Example: UNKNOWN_PRODUCT."}]}},"doc":"Groups that narrow the snapshot; empty for all of it. Example: [].","default":[]},{"name":"exceptionIds","type":{"type":"array","items":"string"},"doc":"The messages, by exception id, where no snapshot is given; exactly one for EDIT. Example: [\\"0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c05\\"].","default":[]},{"name":"changes","type":["null","string"],"doc":"With EDIT: a JSON merge patch (RFC 7396) over the record as JSON. Example: {\\"unit\\":\\"EA\\"}.","default":null,"sensitivity":"personal"},{"name":"dryRun","type":"boolean","doc":"Whether only to show what would change. Example: false.","default":false},{"name":"force","type":"boolean","doc":"Whether to retry also what came back again and again. Example: false.","default":false}]}',
};
