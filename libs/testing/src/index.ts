export { serveContracts } from './contract-registry.js';
export { envelopeOf, testMorning, type TestData } from './envelope-of.js';
export { eventually } from './eventually.js';
export { outboxOf, type PublishedEvent } from './outbox-of.js';
export { databaseServer, testKafka, testRegistry, type TestServer } from './servers.js';
export { silentLog, testCodec } from './test-codec.js';
export { testDatabase, type TestDatabase } from './test-database.js';
export { jsonCodec } from './json-codec.js';
export { noMetrics } from './no-metrics.js';
