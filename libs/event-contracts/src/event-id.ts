declare const eventId: unique symbol;

/** Identity of an event: a UUID in lower case, version 7 where it is ours. */
export type EventId = string & { readonly [eventId]: true };
