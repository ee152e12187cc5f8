/** A parked message as a service lists it. */
export interface ParkedMessage {
  readonly exceptionId: string;
  readonly state: string;
  readonly topic: string;
  readonly key: string | null;
  readonly recordType: string | null;
  readonly eventId: string;
  readonly class: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly owner: string | null;
  readonly attempts: number;
  readonly parkedAt: string;
}

/** Parked messages with the same record type, class and code. */
export interface ParkedGroup {
  readonly recordType: string | null;
  readonly class: string;
  readonly code: string;
  readonly owner: string;
  readonly parked: number;
  readonly retrying: number;
  readonly waitingBehind: number;
  readonly oldest: string;
  readonly newest: string;
  readonly sample: { readonly exceptionId: string; readonly message: string };
}

/** What a service has parked, by group, and the token that names exactly this set. */
export interface ParkedGroups {
  readonly snapshot: string;
  readonly groups: readonly ParkedGroup[];
}

/** A parked message's record: sensitive fields masked. */
export interface ParkedContent {
  readonly exceptionId: string;
  readonly recordType: string;
  readonly eventId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What restricts a list of parked messages; the names are those of the services' HTTP interface. */
export interface ParkedFilter {
  readonly state?: string;
  readonly owner?: string;
  readonly code?: string;
  readonly class?: string;
  readonly topic?: string;
  readonly recordType?: string;
  readonly key?: string;
}

/** The filter as a query, with what else is asked for. */
export function queryOf(filter: ParkedFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...filter, ...more }).toString();
  return query === '' ? '' : `?${query}`;
}
