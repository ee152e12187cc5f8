import { createHash, randomBytes } from 'node:crypto';
import type { EventId } from '@wardline/event-contracts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID of any version. */
export function isEventId(text: string): text is EventId {
  return uuidPattern.test(text);
}

/** A new UUID of version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits. */
export function newEventId(now: Date): EventId {
  return version7(now, randomBytes(10));
}

/**
 * The id of an event that follows from another one: the same cause and role give the same id, so a handler that runs
 * again (after a restore, or on a retry) publishes the same identity and subscribers recognise it. Laid out as a
 * UUID of version 7 whose random bits are a hash.
 */
export function deriveEventId(cause: string, role: string, at: Date): EventId {
  return version7(at, createHash('sha256').update(cause).update('\n').update(role).digest().subarray(0, 10));
}

function version7(at: Date, tail: Buffer): EventId {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, Math.min(at.getTime(), 2 ** 48 - 1)), 0, 6);
  tail.copy(bytes, 6, 0, 10);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as EventId;
}
