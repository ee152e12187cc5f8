import { meansPieces, odooUnitNames, pieces } from '@wardline/units-of-measure';

/** What the crosswalk says about a unit code: for one product, and for all. */
export interface UnitMappings {
  /** What the crosswalk says for the record's source alone; it outranks Odoo's own name. */
  readonly ofSource: string | null;
  readonly forProduct: string | null;
  readonly forAll: string | null;
}

/**
 * Every Odoo unit name that a code may stand for, in the order in which they are tried: the source's own crosswalk, Odoo's own name, the crosswalk of
 * the product, the crosswalk for all, the well-known codes. Pieces are pieces whatever the crosswalk says.
 */
export function unitCandidates(text: string, mappings: UnitMappings): readonly string[] {
  if (meansPieces(text)) return [pieces];
  const mapped = [mappings.forProduct, mappings.forAll].filter((name) => name !== null);
  const first = mappings.ofSource === null ? [] : [mappings.ofSource];
  return [...new Set([...first, text, ...mapped, ...odooUnitNames(text)])];
}
