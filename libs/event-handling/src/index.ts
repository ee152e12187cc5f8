export {
  businessEvent,
  causedBy,
  type BusinessEvent,
  type Cause,
  type EventData,
  type StampedField,
} from './business-event.js';
export { type Envelope } from './envelope.js';
export { deriveEventId, isEventId, newEventId } from './event-id.js';
export { ownerOf, Reject, RetryLater, type ExceptionClass, type RejectOptions, type RetryOptions } from './failure.js';
export {
  Handles,
  recordTypeOf,
  type Abandonment,
  type AnyHandler,
  type BatchHandler,
  type Handler,
  type ParkingHooks,
} from './handler.js';
export {
  Fenced,
  Paused,
  type BatchProcessor,
  type Clock,
  type DecodeResult,
  type EventCodec,
  type EventSink,
  type InboundRecord,
  type Log,
  type OutboundRecord,
  type PartitionClaim,
} from './ports.js';
export { type Transaction } from './transaction.js';
