export { freePort } from './platform/port.ts';
export { OperatorError } from './platform/operator-error.ts';
export { startPostgres } from './platform/postgres.ts';
export { type Server, type ServerOptions } from './platform/server.ts';
