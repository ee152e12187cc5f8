export { eventually } from './eventually.js';
export { databaseServer, type TestServer } from './servers.js';
export { testDatabase, type TestDatabase } from './test-database.js';
