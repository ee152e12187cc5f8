export { eventually } from './eventually.js';
export { databaseServer, testKafka, testRegistry, type TestServer } from './servers.js';
export { testDatabase, type TestDatabase } from './test-database.js';
