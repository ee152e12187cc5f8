// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { EventId } from '../event-id.js';
import type { RecordType } from '../record-type.js';

/** What kind of failure it is; decides its owner. */
export type ExceptionClass = 'UNKNOWN' | 'TECHNICAL' | 'DEPENDENCY' | 'DATA' | 'BUSINESS' | 'AUTHORISATION';

/** How it ended. */
export type ExceptionOutcome = 'UNKNOWN' | 'DONE' | 'ABANDONED' | 'SUPERSEDED';

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
