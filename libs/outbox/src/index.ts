export { Database, openDatabase, PgTransaction, type DatabaseOptions } from './database.js';
export { type MigrationClass } from './migrator.js';
