import { Decimal } from '@wardline/event-contracts';
import type { PickingDocument } from './picking-document.js';

/** A transfer as read back from Odoo. */
export interface PickingRecord {
  readonly id: number;
  /** The document's number, such as `WH/WCON/00042`. */
  readonly name: string;
  readonly state: string;
  readonly lines: readonly PickingLine[];
}

/** A line of a transfer as read back; `quantity` in the product's stock unit. */
export interface PickingLine {
  readonly productId: number | null;
  readonly lotId: number | null;
  readonly fromId: number | null;
  readonly toId: number | null;
  readonly quantity: Decimal;
}

/**
 * What Odoo's transfer says otherwise than the document, in words; empty when it holds exactly that product, lot, quantity
 * and those locations. Its state is not looked at. A 200 is not success: Odoo rounds, and lets people edit.
 */
export function differences(document: PickingDocument, record: PickingRecord): string[] {
  const lines = record.lines.filter(({ quantity }) => !quantity.isZero());
  const { product, lotId, fromId, toId } = document.movement;
  const total = lines.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  const found: string[] = [];
  if (!total.equals(document.quantity))
    found.push(`quantity ${total.toFixed()} instead of ${document.quantity.toFixed()}`);
  const expected: [name: string, value: number | null, read: (line: PickingLine) => number | null][] = [
    ['product', product.odooId, (line) => line.productId],
    ['lot', lotId, (line) => line.lotId],
    ['source location', fromId, (line) => line.fromId],
    ['destination location', toId, (line) => line.toId],
  ];
  for (const [name, value, read] of expected) {
    const other = lines.map(read).find((seen) => seen !== value);
    if (other !== undefined) found.push(`${name} ${other ?? 'none'} instead of ${value ?? 'none'}`);
  }
  return found;
}
