import { createHash } from 'node:crypto';
import type { DayRecord } from '../generator/record.ts';

/** The eventId under which a system that makes its own publishes a record: a UUID of version 7 of its time and number. */
export function eventIdOf({ id, at }: Pick<DayRecord, 'id' | 'at'>): string {
  const hash = createHash('sha256').update(id).digest('hex');
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}
