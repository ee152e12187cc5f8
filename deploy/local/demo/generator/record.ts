/** The ways into Wardline. */
export const edges = ['kafka', 'hl7', 'fhir', 'scan', 'csv', 'jsonl', 'epcis'] as const;

export type Edge = (typeof edges)[number];

/** What can happen to stock, in the words of `ConsumptionRecorded` and `StockOperationRecorded`. */
export type What =
  | ('USED' | 'WASTED' | 'RETURNED' | 'REVERSED' | 'RECEIVED' | 'PUT_AWAY' | 'TRANSFERRED' | 'SHIPPED' | 'ARRIVED')
  | ('COUNTED' | 'QUARANTINED' | 'RELEASED' | 'WRITTEN_OFF' | 'RETURNED_TO_SUPPLIER');

/** How a record is to end. There is no other end. */
export type End =
  /** Booked; `movements` is 0 where a count finds what the ledger has. */
  | { readonly end: 'accepted'; readonly movements?: 0 | 1 }
  /** Refused: by the edge in its answer, or by a receipt; either says why, what to do and whose job it is. */
  | { readonly end: 'refused'; readonly by: 'edge' | 'receipt'; readonly code: string }
  /** Held for its owner until somebody does their part. */
  | { readonly end: 'waiting'; readonly code: string; readonly owner: string }
  /** Known from before: no second effect and no end of its own. */
  | { readonly end: 'repeated' }
  /** Taken, and nothing of stock in it: a patient's movement, a payment, what was not given. */
  | { readonly end: 'noted' }
  /** Bytes that are no record: parked for their sender. */
  | { readonly end: 'unreadable' };

/** What an accepted record does to one shelf, in the stock unit. */
export interface Effect {
  readonly place: string;
  readonly product: string;
  /** Lot or serial; empty for none. */
  readonly piece: string;
  /** Decimal text, below zero for what leaves. */
  readonly quantity: string;
}

/** One fact of the day, told by one system. */
export interface DayRecord {
  /** The sender's own number of it: `R00042`. */
  readonly id: string;
  readonly edge: Edge;
  /** The system that tells it, as `source` of the record. */
  readonly sender: string;
  /** What it shows: `use`, `late`, `wrong unit`, ... */
  readonly kind: string;
  readonly what: What;
  readonly product: { readonly scheme: 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM'; readonly value: string };
  readonly place: string;
  readonly toPlace: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  /** Of what comes in: `2027-03-31`. */
  readonly expiry: string | null;
  readonly quantity: string;
  readonly unit: string;
  /** When it happened. No two records of a sender happened at the same millisecond. */
  readonly at: Date;
  readonly reason: string | null;
  /** Ship notice, order or count sheet. */
  readonly document: string | null;
  /** The sender's counter; null where it has none. */
  readonly sequence: number | null;
  /** With REVERSED: the record that is undone. */
  readonly reverses: DayRecord | null;
  /** A record that is sent once more, word for word. */
  readonly repeats: DayRecord | null;
  /** A record whose number is used again for something else. */
  readonly usesNumberOf: DayRecord | null;
  /** What the edge's own form says otherwise, by the edge's words. */
  readonly form: Readonly<Record<string, string>>;
  readonly expect: End;
  readonly effects: readonly Effect[];
}

/** A day, and what has to be on the shelves before it. */
export interface HospitalDay {
  readonly seed: number;
  readonly end: Date;
  readonly isClean: boolean;
  readonly records: readonly DayRecord[];
  /** Serial pieces beside those of the demo hospital. */
  readonly pieces: readonly { readonly product: string; readonly place: string; readonly serial: string }[];
}
