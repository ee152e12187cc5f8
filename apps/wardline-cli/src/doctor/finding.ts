/** What `doctor` says of one thing. */
export interface Finding {
  /** What was looked at, such as `topic clinical.consumption`. */
  readonly subject: string;
  readonly ok: boolean;
  /** What was found, with the value. */
  readonly found: string;
  /** Whose job it is; null when all is well. */
  readonly owner: string | null;
  /** What to do; null when all is well. */
  readonly remedy: string | null;
}

/** Whose job a thing is. */
export const owners = {
  platform: 'platform team',
  operator: 'whoever set the variables of this command',
  developers: 'developers',
  odoo: 'Odoo administrator',
} as const;

/** All is well. */
export function well(subject: string, found: string): Finding {
  return { subject, ok: true, found, owner: null, remedy: null };
}

/** Something is wrong, whose job it is, and what to do. */
export function wrong(subject: string, found: string, owner: string, remedy: string): Finding {
  return { subject, ok: false, found, owner, remedy };
}
