/** Stock of one product and lot (or serial) at one location; `lot` is '' where there is none. */
export interface Place {
  readonly location: string;
  readonly productCode: string;
  readonly lot: string;
}

/** Names a place among all, and what a case about it is about. */
export function subjectOf({ location, productCode, lot }: Place): string {
  return `stock:${location}/${productCode}/${lot}`;
}

/** The lot or serial of a record as one text, '' where it has none: a product is tracked by one of them. */
export function lotOf({
  lotNumber,
  serialNumber,
}: {
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
}): string {
  return lotNumber ?? serialNumber ?? '';
}

/** Reference that a correction of ours carries, by which its movement is known. */
export const correctionReference = 'reconciliation ';

/** How the ledger begins the reason of what was changed in Odoo after it was done: as taken back, and as done anew. */
export const changedAfterDone = 'changed in Odoo after it was done';
