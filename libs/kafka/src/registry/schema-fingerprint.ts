import { createHash } from 'node:crypto';
import type { RecordType } from '@wardline/event-contracts';

/** A short name for exactly this version of a record's schema: two programs with the same one write and read the same. */
export function schemaFingerprint(type: RecordType<unknown>): string {
  const canonical = JSON.stringify(JSON.parse(type.schema));
  return createHash('sha256').update(canonical).digest('hex').slice(0, 16);
}
