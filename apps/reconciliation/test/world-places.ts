import type { Decimal, EventId, OdooMove } from '@wardline/event-contracts';

/** A place of the world; `lot` is '' for none, and a serial when it begins with SN-. */
export interface Spot {
  readonly ward: string;
  readonly product: string;
  readonly lot: string;
}

/** What the world's Odoo holds at a place, and what was told of it. */
export interface OdooPlace extends Spot {
  quantity: Decimal;
  unit: string;
  told: Decimal | null;
  toldUnit: string;
  postings: EventId[];
  moves: OdooMove[];
}

/** The key of a message: of the same key order holds, the rest of a topic may be read in any order. */
export function keyOf(data: object): string {
  const { locationCode, productCode, reportId } = data as Record<string, string>;
  return locationCode === undefined ? (reportId ?? '') : `${locationCode}/${productCode}`;
}

/** The lot of a place as records name it. */
export function lots(lot: string): { lotNumber: string | null; serialNumber: string | null } {
  const isSerial = lot.startsWith('SN-');
  return { lotNumber: isSerial || lot === '' ? null : lot, serialNumber: isSerial ? lot : null };
}
