import type { OdooClient } from '@wardline/odoo-client';

/** Odoo as this service uses it; every failure is an `OdooError` that says what may be done about it. */
export type Odoo = Pick<OdooClient, 'call' | 'searchRead' | 'load'>;

/** A many2one as Odoo reads it: id and display name, or false. */
export type Many2one = readonly [id: number, name: string] | false;

/** The id of a many2one. */
export function idOf(reference: Many2one | undefined): number | null {
  return reference ? reference[0] : null;
}

/** Odoo's empty value, `false` whatever the type, as null. */
export function orNull<T>(value: T | false | undefined): T | null {
  return value === false || value === undefined ? null : value;
}
