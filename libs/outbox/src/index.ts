export { BackgroundLoop, type LoopOptions } from './background-loop.js';
export { Database, isDatabaseOutage, openDatabase, PgTransaction, type DatabaseOptions } from './database/database.js';
export { type DeliveryMetrics } from './delivery-metrics.js';
export { type DeliveryStep, type StepHook } from './delivery-step.js';
export { HandlerRegistry } from './consuming/handler-registry.js';
export {
  InterventionRefused,
  type Actor,
  type EditRequest,
  type GroupChoice,
  type Operation,
  type OperationItem,
  type OperationItemPage,
  type OperationPage,
  type OperationRequest,
} from './intervention/operation.js';
export { type ParkedContent } from './intervention/edit-requests.js';
export { OperationRunner, type OperationRunnerOptions } from './intervention/operation-runner.js';
export { type ItemFilter, type OperationFilter } from './intervention/operation-view.store.js';
export { Operations } from './intervention/operations.js';
export { TakeInterventionRequest } from './intervention/take-intervention-request.js';
export { type ParkedGroup, type ParkedGroups } from './intervention/parked-groups.store.js';
export { type ParkedCriteria } from './intervention/seen-set.js';
export { defaultLoopLimit, Interventions, type InterventionRules } from './intervention/interventions.js';
export { hasPendingMigrations, runMigrations, type MigrationClass } from './database/migrator.js';
export { Outbox, type WrittenEvent, type WrittenPage } from './outbox.js';
export { nothingRead, type ReadingPosition, type WrittenQuery } from './written-since.store.js';
export { ParkedDrain } from './parking/parked-drain.js';
export {
  type ParkedFilter,
  type ParkedPage,
  type ParkedSummary,
  type ParkedView,
} from './parking/parked-view.store.js';
export { type AwaitedNames } from './parking/awaited.store.js';
export { Parking, type TakenMessage } from './parking/parking.js';
export { MessagePipeline, type PipelineOptions } from './consuming/pipeline.js';
export { OutboxRelay, type RelayOptions } from './relay/relay.js';
export { Retention, type RetentionOptions } from './retention/retention.js';
export { mostOffsets, Replay, type ReplayReport, type ReplayRequest } from './replay/replay.js';
