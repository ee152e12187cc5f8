import { Postings } from './migrations/20261121-1-postings.js';
import { MasterData } from './migrations/20261121-2-master-data.js';

/** The service's migrations in order. */
export const migrations = [Postings, MasterData];
