/** Injects the {@link import('@wardline/event-handling').Clock}. */
export const CLOCK = Symbol('CLOCK');

/** Injects the service's {@link import('@wardline/event-handling').Log}. */
export const LOG = Symbol('LOG');

/** Injects the service's Prometheus `Registry`. */
export const METRICS = Symbol('METRICS');
