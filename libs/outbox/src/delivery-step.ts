/**
 * Moments of the delivery path between which a crash must change nothing: rows claimed, acknowledged by the broker, their
 * cursor saved; a batch handled but not committed, committed but not yet known to the broker.
 */
export type DeliveryStep =
  'relay:claimed' | 'relay:acknowledged' | 'relay:saved' | 'consumer:handled' | 'consumer:committed';

/**
 * Told of each step as it is reached; the path goes on when it resolves. For proofs that stop or kill a process at a step:
 * no service gives one.
 */
export type StepHook = (step: DeliveryStep) => Promise<void>;
