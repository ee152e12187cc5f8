export { freePort } from './platform/port.ts';
export { startKafka, type KafkaOptions } from './platform/kafka.ts';
export { OperatorError } from './platform/operator-error.mjs';
export { startPostgres } from './platform/postgres.ts';
export { startRegistry } from './platform/registry.ts';
export { type Server, type ServerOptions } from './platform/server.ts';
