/** What a contender works on: an empty database and a topic of its own, for one round. */
export interface Site {
  /** Administrator's URL of the database. */
  readonly databaseUrl: string;
  readonly brokers: string;
  /** Where its events go. */
  readonly topic: string;
  /** Where it consumes from, if it does. */
  readonly input?: string;
  /** Letters, digits and underscores; no other site has it: for replication slots and connectors. */
  readonly name: string;
  /** Folder for logs and state, kept for the whole run. */
  readonly directory: string;
}

/** One event with the business change that it tells of. */
export interface BenchEvent {
  /** From 0, without gaps. */
  readonly ordinal: number;
  /** How many keys take turns; {@link keyOf} names the one of this event. */
  readonly keys: number;
}

/** Commits business transactions, as an application would that uses the contender. */
export interface EventWriter {
  /** One transaction: a balance changes, and an event of it is added. Resolves when it is committed. */
  write(event: BenchEvent): Promise<void>;
  close(): Promise<void>;
}

/** One way to bring committed events into a topic: ours or a peer. Its module exports `open(options)`. */
export interface Contender {
  /** Creates its tables, publications and slots. */
  prepare(site: Site): Promise<void>;
  /** Begins to publish what is committed; resolves when it is connected, as far as it can tell. */
  start(site: Site): Promise<void>;
  /** Ends publishing; what it keeps warm for the next round may stay. */
  stop(): Promise<void>;
  /** Opens its way to add events; `sqlWriter` for whoever has no better one. Absent of those who only consume. */
  writer?(site: Site, connections: number): Promise<EventWriter>;
  /** When it committed what follows from each event of its input, by ordinal, by the wall clock in milliseconds. */
  committedAt?(): Float64Array;
  /** Processes whose memory is its own; the one it runs in when absent. */
  pids?(): readonly number[];
  /** Ends what `stop` left running. */
  close(): Promise<void>;
}

/** A contender as the scenarios know it, before its process is started. */
export interface ContenderSpec {
  readonly name: string;
  /** What it runs with, for the reader of the results. */
  readonly settings: string;
  /** File that exports `open`, from the folder `bench`. */
  readonly module: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Flags and environment of its process; without it Node's defaults. */
  readonly process?: { readonly flags: readonly string[]; readonly env: Readonly<Record<string, string>> };
  /** Inserts events $2 to $3 of topic $1 with $4 keys and payloads of $5 bytes; ids as {@link eventIdSql} makes them. */
  readonly backlog: string;
  /** Statements that make room for ids up to this one, as its own upkeep does while a backlog comes about. */
  readonly roomFor?: (lastId: number) => string[];
  /** Events of a backlog that it can drain within a minute or so; a larger one is cut to it, in its favour. */
  readonly mostEvents: number;
  /** Whether its documentation promises the order of a key. */
  readonly keepsOrder: boolean;
}

/** A uuid of version 7 whose last twelve digits are the event's ordinal: how a message is recognised in the topic. */
export const eventIdSql = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** {@link eventIdSql} for one event. */
export function eventId(ordinal: number): string {
  return `00000000-0000-7000-8000-${ordinal.toString(16).padStart(12, '0')}`;
}

/** The ordinal that an event id carries. */
export function ordinalOf(id: string): number {
  return Number.parseInt(id.slice(-12), 16);
}

/** How the key of an event is called. */
export function keyOf({ ordinal, keys }: BenchEvent): string {
  return `key-${ordinal % keys}`;
}

/** $5 bytes that do not compress to nothing. */
export const payloadSql = `substring(decode(repeat(md5(n::text), $5 / 16 + 1), 'hex') FOR $5)`;

/** A JSON object of about $5 bytes, for those whose payload must be JSON. */
export const jsonPayloadSql = `jsonb_build_object('data', substring(repeat(md5(n::text), $5 / 32 + 1) FOR greatest($5 - 11, 1)))`;
