// kafkajs keeps the functions that it finds when it is loaded: what is replaced comes first, and all of this library comes here for it.
import './kafkajs-decoding.js';
import './kafkajs-encoding.js';
import './kafkajs-produce-request.js';
import kafkajs from 'kafkajs';

/** kafkajs 2.2.4 with the parts that are replaced. */
export { kafkajs };
