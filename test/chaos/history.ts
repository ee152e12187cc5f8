/** An event that a committed business transaction tells of. */
export interface CommittedEvent {
  readonly eventId: string;
  readonly key: string;
  /** Its place among the events of its key, by the order of commits. */
  readonly place: number;
}

/** A message found in a topic. */
export interface PublishedEvent {
  readonly eventId: string;
  readonly key: string;
  /** The event that it follows from; null where nothing led to it. */
  readonly causeId: string | null;
}

/** A row that the consumer has written for an event. */
export interface Effect {
  readonly eventId: string;
  readonly key: string;
}

/** A right to write that went to one process alone, and who has written by it. */
export interface Tenure {
  /** What it is about: the relay's cursor, or a partition. */
  readonly of: string;
  /** The epoch or generation. */
  readonly number: string;
  readonly writers: readonly string[];
}

/** Everything that is known of a round when it is over. */
export interface History {
  readonly committed: readonly CommittedEvent[];
  /** Committed once, and taken from the database by the fault itself (a restored backup): they may be anywhere. */
  readonly forgotten: ReadonlySet<string>;
  /** The consumer's topic, in the order of each partition. */
  readonly published: readonly PublishedEvent[];
  /** In the order in which they were written. */
  readonly effects: readonly Effect[];
  /** What the consumer has published, in the order of each partition. */
  readonly followUps: readonly PublishedEvent[];
  readonly tenures: readonly Tenure[];
}
