export { identify, type Identified, type Place, type TradeItem } from './epc.js';
export { type DocumentReading, type EpcisEvent, readDocument } from './event.js';
export { type EventItem, type EventProblem, type EventReading, type EventResult, readEvent } from './read-event.js';
export {
  type BusinessStep,
  businessSteps,
  type HandlingOperation,
  meaningOfStep,
  type StepMeaning,
  wordOf,
} from './vocabulary.js';
export {
  isGs1Text,
  itemUri,
  type NamedItem,
  objectEvent,
  placeUri,
  queryDocument,
  type WrittenEvent,
} from './write-event.js';
