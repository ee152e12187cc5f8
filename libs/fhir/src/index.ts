export { capabilityStatement } from './answer/capability-statement.js';
export { type EntryAnswer, operationOutcome, responseBundle } from './answer/operation-outcome.js';
export { type BundleEntry, type BundleUse, type EntryMethod, readBundle, type ReadBundle } from './bundle/bundle.js';
export { readResource, stockTypes } from './read/read-resource.js';
export {
  type ConsumptionKind,
  consumptionKinds,
  type Issue,
  type IssueCode,
  type OperationKind,
  operationKinds,
  type ProposedItem,
  type ProposedLocation,
  type ProposedProduct,
  type Reading,
  type StockMeaning,
  type VersionMark,
} from './read/reading.js';
export { Surroundings } from './read/surroundings.js';
export type { Precision } from './resource/date-time.js';
export {
  type FhirResource,
  type FhirVersion,
  type JsonObject,
  type ParsedResource,
  parseResource,
} from './resource/parse.js';
export { exampleFhirSources } from './source/example-sources.js';
export { fhirSource, type FhirSource, readFhirSource, type ReadSource } from './source/fhir-source.js';
