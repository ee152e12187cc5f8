const ending = '/Quarantine';

/**
 * A place of quarantine that was not read from Odoo yet: it is looked for by its code when the movement is posted, and made
 * when Odoo does not have it.
 */
export interface NamedPlace {
  /** `<code of the place>/Quarantine`, its barcode in Odoo (ADR 0017). */
  readonly code: string;
  /** Odoo's id of the place beside which it stands. */
  readonly besideId: number;
  readonly companyId: number;
}

/** The code of the place beside which a place of quarantine stands; null for a code that names none. */
export function besideQuarantine(code: string): string | null {
  const beside = code.endsWith(ending) ? code.slice(0, -ending.length) : '';
  return beside === '' || beside.endsWith(ending) ? null : beside;
}

/** Names a place within a batch: barcodes are unique per company. */
export function placeKey({ companyId, code }: Pick<NamedPlace, 'companyId' | 'code'>): string {
  return `${companyId}/${code}`;
}

/** What a place of quarantine is called in Odoo, after the place beside it. */
export function quarantineName(besideName: string): string {
  return `${besideName} Quarantine`;
}
