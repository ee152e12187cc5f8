// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
export { Decimal } from 'decimal.js';
export { type EventId } from './event-id.js';
export { isLocalDate, localDate, type LocalDate } from './local-date.js';
export {
  masked,
  recordFromJson,
  recordToJson,
  recordToUnmaskedJson,
  type RecordFromJson,
  type WrongField,
} from './record-json.js';
export { type RecordType, type SensitiveField } from './record-type.js';
export { personalFields, sensitiveFields } from './sensitivity.js';
export { editNeedsApproval, topicContract, type DataClass, type TopicContract } from './topic-contract.js';
export { catalogue, recordTypes, Topic, type TopicName } from './generated/catalogue.js';
export {
  ConsumptionAccepted,
  ConsumptionHeld,
  ConsumptionRecorded,
  ConsumptionRefused,
  RequisitionRecorded,
  type ConsumedProduct,
  type ConsumptionKind,
  type ConsumptionLocation,
  type LocationScheme,
  type ProductScheme,
  type RequestedProduct,
  type RequestingLocation,
  type RequisitionAction,
} from './generated/clinical.js';
export {
  OdooStockMoveReported,
  OdooStockReportCompleted,
  OdooStockReported,
  OpeningBalanceReported,
  PostingRefused,
  PostingSucceeded,
  PostingSwitched,
  PostingWithheld,
  WithheldPostingSettled,
  type OdooMove,
  type PostingMode,
  type WithheldOutcome,
} from './generated/erp.js';
export { StockMoved, type MovementType } from './generated/inventory.js';
export {
  LocationChanged,
  LotChanged,
  ProductChanged,
  SupplierChanged,
  UnitChanged,
  type ProductPackaging,
  type ProductTracking,
  type SupplierItem,
} from './generated/masterdata.js';
export {
  ExceptionRaised,
  ExceptionResolved,
  InterventionCompleted,
  InterventionPlanned,
  InterventionRequested,
  type ExceptionClass,
  type ExceptionOutcome,
  type InterventionAction,
  type InterventionGroup,
  type InterventionOutcome,
} from './generated/operations.js';
export { CaseChanged, CaseClosed, CaseOpened } from './generated/reconciliation.js';
export {
  StockOperationAccepted,
  StockOperationHeld,
  StockOperationRecorded,
  StockOperationRefused,
  type HandledProduct,
  type HandledProductScheme,
  type HandlingLocation,
  type HandlingLocationScheme,
  type ReceivedCondition,
  type StockOperation,
} from './generated/warehouse.js';
