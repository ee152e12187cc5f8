import type { ErrorCode } from '../message/problem.js';
import type { Precision } from '../message/time.js';

/** What happened to the stock. */
export type ConsumptionKind = 'USED' | 'WASTED' | 'RETURNED' | 'REVERSED';

/** Whose job a finding is: the team of the sending system, or whoever keeps the profile. */
export type Owner = 'sender' | 'profile';

/** Something that a person must look at, in words. */
export interface Finding {
  /** HL7 table 0357, so that it can also stand in an acknowledgement. */
  readonly code: ErrorCode;
  readonly owner: Owner;
  readonly message: string;
  /** The item, e.g. `FT1[2]`; absent when it is about the whole message. */
  readonly item?: string;
  /** Where the value was expected or found. */
  readonly path?: string;
  readonly value?: string;
}

/** What a profile knowingly passed over, and why. */
export interface PassedOver {
  readonly item: string;
  readonly because: string;
}

/** Where each value of a record came from: a path, or `fixed by the profile`. */
export type Origins = Readonly<Record<string, string>>;

/** The product as the sender names it. */
export interface ProposedProduct {
  readonly scheme: 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';
  readonly value: string;
  readonly supplierCode: string | null;
}

/** A place and the system of its code. */
export interface ProposedPlace {
  readonly scheme: 'CODE' | 'GLN';
  readonly value: string;
}

/**
 * A consumption as an HL7 message tells it, ready to become a `ConsumptionRecorded`: plain data, quantity as decimal text
 * above zero, time in UTC. `encounter`, `patient` and `performer` are the sender's own references and identify persons:
 * whoever publishes must turn them into pseudonyms first.
 */
export interface ProposedConsumption {
  readonly item: string;
  readonly kind: ConsumptionKind;
  readonly product: ProposedProduct;
  /** Null: the item names none, and its encounter's ward at the time of use is meant; see `wardBy`. */
  readonly location: ProposedPlace | null;
  /** Where `location` is null: the profile whose movements say at which ward the encounter was. */
  readonly wardBy?: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly unit: string;
  readonly occurredAt: string;
  /** How exactly the sender gave the time. */
  readonly precision: Precision;
  readonly transaction: string | null;
  readonly reverses: string | null;
  readonly encounter: string | null;
  readonly patient: string | null;
  readonly performer: string | null;
  readonly reason: string | null;
  readonly origins: Origins;
}

/** A ward's wish for stock (OMS^O05), or its cancellation: no consumption, but what replenishment wants to know. */
export interface ProposedRequisition {
  readonly item: string;
  readonly action: 'REQUESTED' | 'CANCELLED';
  readonly product: ProposedProduct;
  readonly quantity: string;
  readonly unit: string;
  readonly deliverTo: ProposedPlace;
  readonly occurredAt: string;
  readonly neededBy: string | null;
  readonly order: string | null;
  readonly line: string | null;
  readonly costCentre: string | null;
  readonly reason: string | null;
  readonly origins: Origins;
}

/** Where a patient is, so that an item without a location can find one. References only, nothing clinical. */
export interface PatientMovement {
  readonly event: string;
  readonly what: string;
  /** Whether it takes an earlier movement back (A11, A12, A13). */
  readonly cancels: boolean;
  readonly encounter: string;
  readonly patient: string | null;
  readonly location: string | null;
  readonly priorLocation: string | null;
  /** When it happened; of a cancellation: when what it cancels happened (EVN-6). */
  readonly occurredAt: string;
  /** When the sender recorded it. */
  readonly recordedAt: string;
  readonly origins: Origins;
}

/**
 * What a profile makes of a message. With findings the message must wait for a person, whole: taking only its good items
 * would count them twice when the sender sends it again.
 */
export interface Reading {
  readonly records: readonly ProposedConsumption[];
  readonly requisitions: readonly ProposedRequisition[];
  readonly movements: readonly PatientMovement[];
  readonly findings: readonly Finding[];
  readonly passedOver: readonly PassedOver[];
  /** Every path that was looked at and held a value. */
  readonly read: readonly string[];
}
