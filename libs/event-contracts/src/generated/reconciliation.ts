// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { RecordType } from '../record-type.js';

/** A case is another than it was: its quantities, its kind, its owner, or a decision about it. Key: the case id. */
export interface CaseChanged {
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

  /** The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly caseId: EventId;

  /**
   * What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example:
   * stock:NORTH-ICU/GLOVE-M/.
   */
  readonly subject: string;

  /**
   * Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS,
   * UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT.
   */
  readonly difference: string;

  /** Whose job it is: stores, pharmacy, platform, master-data. Example: stores. */
  readonly owner: string;

  /** Product; null when the case is about none. Example: GLOVE-M. */
  readonly productCode: string | null;

  /** Location; null when the case is about none. Example: NORTH-ICU. */
  readonly locationCode: string | null;

  /** Lot; null when there is none. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number; null when there is none. Example: SN-000187. */
  readonly serialNumber: string | null;

  /**
   * What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared.
   * Example: 50.000000.
   */
  readonly ledgerQuantity: Decimal | null;

  /** What Odoo holds; null when no quantity is compared. Example: 47.000000. */
  readonly odooQuantity: Decimal | null;

  /** What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement. */
  readonly explanation: string;

  /**
   * What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the
   * ledger by -3.
   */
  readonly proposal: string;

  /** OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN. */
  readonly state: string;

  /** When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly firstSeenAt: Date;

  /** Who decided; null when it changed by itself. Example: s.berg. */
  readonly by: string | null;

  /** Why, in their words. Example: counted by two. */
  readonly reason: string | null;
}

export const CaseChanged: RecordType<CaseChanged> = {
  fullName: 'org.wardline.reconciliation.CaseChanged',
  schema:
    '{"type":"record","name":"CaseChanged","namespace":"org.wardline.reconciliation","doc":"A case is another than it was: its quantities, its kind, its owner, or a decision about it. Key: the case id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"caseId","type":{"type":"string","logicalType":"uuid"},"doc":"The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"subject","type":"string","doc":"What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example: stock:NORTH-ICU/GLOVE-M/."},{"name":"difference","type":"string","doc":"Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS, UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT."},{"name":"owner","type":"string","doc":"Whose job it is: stores, pharmacy, platform, master-data. Example: stores."},{"name":"productCode","type":["null","string"],"doc":"Product; null when the case is about none. Example: GLOVE-M.","default":null},{"name":"locationCode","type":["null","string"],"doc":"Location; null when the case is about none. Example: NORTH-ICU.","default":null},{"name":"lotNumber","type":["null","string"],"doc":"Lot; null when there is none. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number; null when there is none. Example: SN-000187.","default":null},{"name":"ledgerQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared. Example: 50.000000.","default":null},{"name":"odooQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What Odoo holds; null when no quantity is compared. Example: 47.000000.","default":null},{"name":"explanation","type":"string","doc":"What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement."},{"name":"proposal","type":"string","doc":"What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the ledger by -3."},{"name":"state","type":"string","doc":"OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN."},{"name":"firstSeenAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"by","type":["null","string"],"doc":"Who decided; null when it changed by itself. Example: s.berg.","default":null,"sensitivity":"personal"},{"name":"reason","type":["null","string"],"doc":"Why, in their words. Example: counted by two.","default":null}]}',
};

/** A difference is gone, or a person accepted it. Key: the case id. */
export interface CaseClosed {
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

  /** The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly caseId: EventId;

  /**
   * What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example:
   * stock:NORTH-ICU/GLOVE-M/.
   */
  readonly subject: string;

  /**
   * Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS,
   * UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT.
   */
  readonly difference: string;

  /** Whose job it is: stores, pharmacy, platform, master-data. Example: stores. */
  readonly owner: string;

  /** Product; null when the case is about none. Example: GLOVE-M. */
  readonly productCode: string | null;

  /** Location; null when the case is about none. Example: NORTH-ICU. */
  readonly locationCode: string | null;

  /** Lot; null when there is none. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number; null when there is none. Example: SN-000187. */
  readonly serialNumber: string | null;

  /**
   * What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared.
   * Example: 50.000000.
   */
  readonly ledgerQuantity: Decimal | null;

  /** What Odoo holds; null when no quantity is compared. Example: 47.000000. */
  readonly odooQuantity: Decimal | null;

  /** What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement. */
  readonly explanation: string;

  /**
   * What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the
   * ledger by -3.
   */
  readonly proposal: string;

  /** OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN. */
  readonly state: string;

  /** When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly firstSeenAt: Date;

  /** EQUAL_AGAIN, CORRECTED (equal after an approved correction) or ACCEPTED. Example: EQUAL_AGAIN. */
  readonly outcome: string;

  /** Who accepted it or approved its correction; null when nobody did. Example: s.berg. */
  readonly by: string | null;

  /** Why, in their words. Example: counted by two. */
  readonly reason: string | null;

  /** Number of the report of Odoo that showed it equal; null when it was accepted. Example: 1029. */
  readonly reportSequence: bigint | null;
}

export const CaseClosed: RecordType<CaseClosed> = {
  fullName: 'org.wardline.reconciliation.CaseClosed',
  schema:
    '{"type":"record","name":"CaseClosed","namespace":"org.wardline.reconciliation","doc":"A difference is gone, or a person accepted it. Key: the case id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"caseId","type":{"type":"string","logicalType":"uuid"},"doc":"The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"subject","type":"string","doc":"What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example: stock:NORTH-ICU/GLOVE-M/."},{"name":"difference","type":"string","doc":"Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS, UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT."},{"name":"owner","type":"string","doc":"Whose job it is: stores, pharmacy, platform, master-data. Example: stores."},{"name":"productCode","type":["null","string"],"doc":"Product; null when the case is about none. Example: GLOVE-M.","default":null},{"name":"locationCode","type":["null","string"],"doc":"Location; null when the case is about none. Example: NORTH-ICU.","default":null},{"name":"lotNumber","type":["null","string"],"doc":"Lot; null when there is none. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number; null when there is none. Example: SN-000187.","default":null},{"name":"ledgerQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared. Example: 50.000000.","default":null},{"name":"odooQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What Odoo holds; null when no quantity is compared. Example: 47.000000.","default":null},{"name":"explanation","type":"string","doc":"What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement."},{"name":"proposal","type":"string","doc":"What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the ledger by -3."},{"name":"state","type":"string","doc":"OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN."},{"name":"firstSeenAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"outcome","type":"string","doc":"EQUAL_AGAIN, CORRECTED (equal after an approved correction) or ACCEPTED. Example: EQUAL_AGAIN."},{"name":"by","type":["null","string"],"doc":"Who accepted it or approved its correction; null when nobody did. Example: s.berg.","default":null,"sensitivity":"personal"},{"name":"reason","type":["null","string"],"doc":"Why, in their words. Example: counted by two.","default":null},{"name":"reportSequence","type":["null","long"],"doc":"Number of the report of Odoo that showed it equal; null when it was accepted. Example: 1029.","default":null}]}',
};

/** Source, ledger and Odoo differ, and what was under way does not explain it. Key: the case id. */
export interface CaseOpened {
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

  /** The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly caseId: EventId;

  /**
   * What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example:
   * stock:NORTH-ICU/GLOVE-M/.
   */
  readonly subject: string;

  /**
   * Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS,
   * UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT.
   */
  readonly difference: string;

  /** Whose job it is: stores, pharmacy, platform, master-data. Example: stores. */
  readonly owner: string;

  /** Product; null when the case is about none. Example: GLOVE-M. */
  readonly productCode: string | null;

  /** Location; null when the case is about none. Example: NORTH-ICU. */
  readonly locationCode: string | null;

  /** Lot; null when there is none. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number; null when there is none. Example: SN-000187. */
  readonly serialNumber: string | null;

  /**
   * What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared.
   * Example: 50.000000.
   */
  readonly ledgerQuantity: Decimal | null;

  /** What Odoo holds; null when no quantity is compared. Example: 47.000000. */
  readonly odooQuantity: Decimal | null;

  /** What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement. */
  readonly explanation: string;

  /**
   * What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the
   * ledger by -3.
   */
  readonly proposal: string;

  /** OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN. */
  readonly state: string;

  /** When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly firstSeenAt: Date;
}

export const CaseOpened: RecordType<CaseOpened> = {
  fullName: 'org.wardline.reconciliation.CaseOpened',
  schema:
    '{"type":"record","name":"CaseOpened","namespace":"org.wardline.reconciliation","doc":"Source, ledger and Odoo differ, and what was under way does not explain it. Key: the case id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"caseId","type":{"type":"string","logicalType":"uuid"},"doc":"The case. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"subject","type":"string","doc":"What differs: stock:<location>/<product>/<lot or serial>, movement:<eventId>, record:<eventId>. Example: stock:NORTH-ICU/GLOVE-M/."},{"name":"difference","type":"string","doc":"Kind of the difference: IN_FLIGHT, MISSING_IN_ODOO, MISSING_IN_LEDGER, UNKNOWN_TO_US, DOUBLED, LOT_DIFFERS, UNIT_FACTOR, QUANT_DRIFT, UNAPPROVED_ADJUSTMENT. New kinds may come. Example: QUANT_DRIFT."},{"name":"owner","type":"string","doc":"Whose job it is: stores, pharmacy, platform, master-data. Example: stores."},{"name":"productCode","type":["null","string"],"doc":"Product; null when the case is about none. Example: GLOVE-M.","default":null},{"name":"locationCode","type":["null","string"],"doc":"Location; null when the case is about none. Example: NORTH-ICU.","default":null},{"name":"lotNumber","type":["null","string"],"doc":"Lot; null when there is none. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number; null when there is none. Example: SN-000187.","default":null},{"name":"ledgerQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What the ledger says that Odoo should hold, postings under way left out; null when no quantity is compared. Example: 50.000000.","default":null},{"name":"odooQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"What Odoo holds; null when no quantity is compared. Example: 47.000000.","default":null},{"name":"explanation","type":"string","doc":"What is wrong, for its owner. Example: Odoo holds 47 Units, the ledger 50: 3 left without a movement."},{"name":"proposal","type":"string","doc":"What would put it right, for its owner. Example: Count the shelf; if 47 is right, approve the adjustment of the ledger by -3."},{"name":"state","type":"string","doc":"OPEN, APPROVED (its correction is on its way), ACCEPTED, CLOSED. Example: OPEN."},{"name":"firstSeenAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the difference was first seen, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."}]}',
};
