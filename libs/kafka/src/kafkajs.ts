// kafkajs keeps the functions that it finds when it is loaded: what is replaced comes first, and all of this library comes here for it.
import './kafkajs-decoding.js';
import './kafkajs-encoding.js';
import './kafkajs-produce-request.js';
import './kafkajs-fetching.js';
import { createRequire } from 'node:module';
import type original from 'kafkajs';

/** kafkajs 2.2.4 with the parts that are replaced. */
// Required, since an import would be moved before everything else where a service is put into one file.
export const kafkajs = createRequire(import.meta.url)('kafkajs') as typeof original;
