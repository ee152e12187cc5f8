import type { Precision } from '../resource/date-time.js';
import type { FhirVersion } from '../resource/parse.js';

/** Codes of http://hl7.org/fhir/issue-type that are used here; each of them is in R4 and in R5. */
export type IssueCode =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'not-supported'
  | 'duplicate'
  | 'not-found'
  | 'business-rule'
  | 'conflict'
  | 'extension'
  | 'too-long'
  | 'transient'
  | 'processing'
  | 'informational';

/** Something that the sender or a person must know. An error refuses the resource; a warning or information does not. */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: IssueCode;
  /** Whose job it is: the team of the sending system, or whoever keeps the mapping of the source. */
  readonly owner: 'sender' | 'mapping';
  /** What is wrong, with which value, and what to do. */
  readonly diagnostics: string;
  /** FHIRPath of the element. */
  readonly expression?: string;
}

/** The product as the source names it. */
export interface ProposedProduct {
  readonly scheme: 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';
  readonly value: string;
  readonly supplierCode: string | null;
}

/** A place as the source names it. */
export interface ProposedLocation {
  readonly scheme: 'CODE' | 'GLN';
  readonly value: string;
}

/** What a resource may mean for the stock: a consumption, or an operation of a warehouse or store. */
export const consumptionKinds = ['USED', 'WASTED', 'RETURNED'] as const;
export const operationKinds = ['RECEIVED', 'ARRIVED', 'TRANSFERRED', 'COUNTED'] as const;
export type ConsumptionKind = (typeof consumptionKinds)[number];
export type OperationKind = (typeof operationKinds)[number];
export type StockMeaning = ConsumptionKind | OperationKind;

/**
 * One thing that a resource says happened to stock, ready to become a record: plain data, quantity as decimal text, time in
 * UTC. `encounter` and `performer` are the source's own references and identify persons: whoever publishes must turn them
 * into pseudonyms first. The patient is not taken over at all.
 */
export interface ProposedItem {
  /** The element that says it, e.g. `Procedure.used[1]`: with the resource's id it is the identity of the item. */
  readonly line: string;
  readonly meaning: StockMeaning;
  readonly product: ProposedProduct;
  /** Where it was used, wasted, returned, counted, or where it comes to; with TRANSFERRED where it comes from. */
  readonly location: ProposedLocation;
  /** With TRANSFERRED where it goes to; null otherwise. */
  readonly toLocation: ProposedLocation | null;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  /** `YYYY-MM-DD`. */
  readonly expiryDate: string | null;
  /** Above zero; of COUNTED also zero. */
  readonly quantity: string;
  /** UCUM code where the source gives one. */
  readonly unit: string;
  readonly occurredAt: string;
  /** How exactly the source gave the time. */
  readonly precision: Precision;
  readonly encounter: string | null;
  readonly performer: string | null;
  readonly reason: string | null;
  /** The source's own number of the delivery or report. */
  readonly reference: string | null;
}

/** Which of several versions of a resource is the later one. */
export interface VersionMark {
  /** `meta.versionId`; null when the source gives none. */
  readonly versionId: string | null;
  /** `meta.lastUpdated` in UTC; null when the source gives none. */
  readonly lastUpdated: string | null;
}

/** What a mapping makes of one version of a resource. */
export interface Reading {
  readonly fhirVersion: FhirVersion;
  readonly resourceType: string;
  /** The source's id of the resource, or made of its identifier; null when it has neither. */
  readonly id: string | null;
  readonly mark: VersionMark;
  readonly status: string | null;
  /** The source says that the resource was entered in error: what was recorded of it must be taken back. */
  readonly enteredInError: boolean;
  readonly items: readonly ProposedItem[];
  /** With an error among them there are no items: a resource is taken whole or not at all. */
  readonly issues: readonly Issue[];
}
