export { type CircuitOptions, type CircuitState } from './circuit.js';
export {
  type LoadMessage,
  OdooAccessError,
  OdooAuthenticationError,
  OdooBadRequest,
  OdooCircuitOpen,
  OdooConflict,
  OdooError,
  type OdooErrorDetails,
  OdooFault,
  OdooLoadRefused,
  OdooMissingRecord,
  OdooRateLimited,
  OdooUnavailable,
  OdooUnknownMethod,
  OdooValidationError,
} from './errors.js';
export { type LimitOptions } from './limits.js';
export {
  type CallOptions,
  type CallOutcome,
  type KeySupplier,
  OdooClient,
  type OdooClientOptions,
  type OdooClientState,
  type SearchRead,
} from './odoo-client.js';
export { type OdooVersion } from './protocol.js';
