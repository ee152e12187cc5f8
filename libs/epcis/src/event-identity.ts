import { createHash } from 'node:crypto';

/**
 * A digest of everything that an event says, for an event without an eventID: the same event gives the same digest,
 * however its properties are ordered and whenever it was recorded. It is not the hash id of CBV 2.0, section 8.9.
 */
export function digestOfEvent(event: object): string {
  const { recordTime: _recorded, ...says } = event as Record<string, unknown>;
  return createHash('sha256')
    .update(JSON.stringify(sorted(says)))
    .digest('hex');
}

/** The digest of what an event with an eventID says, apart from its being declared an error. */
export function digestOfStatement(event: object): string {
  const { errorDeclaration: _error, '@context': _context, ...says } = event as Record<string, unknown>;
  return digestOfEvent(says);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([name, held]) => [name, sorted(held)]);
}
