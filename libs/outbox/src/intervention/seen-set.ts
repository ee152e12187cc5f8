import { parseSnapshot } from '../relay/snapshot.js';

/** Which parked messages; absent fields do not restrict. */
export interface ParkedCriteria {
  /** `waiting`, `parked` and `retrying` when absent. */
  readonly state?: readonly string[];
  readonly owner?: string;
  readonly code?: string;
  readonly class?: string;
  readonly topic?: string;
  /** Full name of the Avro record. */
  readonly recordType?: string;
  readonly key?: string;
}

/** Exactly what a person saw: criteria, the part of the list, and the moment, as a snapshot of Postgres. */
export interface SeenSet {
  readonly criteria: ParkedCriteria;
  /** Rows after this id, up to and including `through`; null is no bound. */
  readonly after: string | null;
  readonly through: string | null;
  /** `pg_snapshot` in its text form. */
  readonly at: string;
}

const texts = ['owner', 'code', 'class', 'topic', 'recordType', 'key'] as const;
const rowId = /^\d{1,19}$/;

/** A seen set as the opaque text that goes to a person and comes back with the decision. */
export function writeSeenSet(set: SeenSet): string {
  return Buffer.from(JSON.stringify(set)).toString('base64url');
}

/** Reads what {@link writeSeenSet} wrote; null for any other text. */
export function readSeenSet(text: string): SeenSet | null {
  try {
    const set = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as SeenSet;
    parseSnapshot(set.at);
    return isBound(set.after) && isBound(set.through) && areCriteria(set.criteria) ? set : null;
  } catch {
    return null;
  }
}

function isBound(bound: unknown): boolean {
  return bound === null || (typeof bound === 'string' && rowId.test(bound));
}

function areCriteria(criteria: ParkedCriteria): boolean {
  const { state } = criteria;
  if (state !== undefined && !(Array.isArray(state) && state.every((each) => typeof each === 'string'))) return false;
  return texts.every((name) => criteria[name] === undefined || typeof criteria[name] === 'string');
}
