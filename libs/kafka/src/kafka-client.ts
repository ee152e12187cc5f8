import type { Kafka, KafkaConfig, LogEntry } from 'kafkajs';
import type { Log } from '@wardline/event-handling';
import { kafkajs } from './kafkajs.js';
import { RequestQueueClass } from './kafkajs-request-queue.js';

/** How to reach Kafka. `ssl` and `sasl` are passed to kafkajs as they are. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  /** Name of this program in the broker's log and quotas. */
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /** Longest time to open a connection, in milliseconds. Default 3000. */
  readonly connectionTimeoutMs?: number;
  /** Longest time for one request, in milliseconds. Default 15000. */
  readonly requestTimeoutMs?: number;
}

/** A kafkajs client whose own retries are short: what has to be tried for longer is tried, and logged, by its caller. */
export function kafkaClient(connection: KafkaConnection, log: Log): Kafka {
  if (typeof RequestQueueClass.prototype.scheduleCheckPendingRequests !== 'function') {
    throw new Error('kafkajs has another request queue than 2.2.4; see kafkajs-request-queue.ts');
  }
  return new kafkajs.Kafka({
    brokers: [...connection.brokers],
    clientId: connection.clientId,
    connectionTimeout: connection.connectionTimeoutMs ?? 3_000,
    requestTimeout: connection.requestTimeoutMs ?? 15_000,
    ...(connection.ssl === undefined ? {} : { ssl: connection.ssl }),
    ...(connection.sasl === undefined ? {} : { sasl: connection.sasl }),
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: () => (entry) => forward(log, entry),
  });
}

/** kafkajs calls many a passing thing an error; what concerns us is logged by our own code, with its consequence. */
function forward(log: Log, entry: LogEntry): void {
  const { message, error, groupId, broker } = entry.log as LogEntry['log'] & Record<string, unknown>;
  log.debug(`kafkajs ${entry.namespace}: ${message}`, { error, groupId, broker });
}

/** kafkajs' name of what went wrong: its protocol error type, else its error name, looked for through the causes. */
export function kafkaErrorType(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('type' in at && typeof at.type === 'string') return at.type;
    if (!(at.cause instanceof Error)) return at.name;
  }
  return String(error);
}

/** Whether trying again can help, by kafkajs' own judgement of the error or of what caused it. */
export function isRetriable(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at.name === 'KafkaJSNumberOfRetriesExceeded' && !(at.cause instanceof Error)) return true;
    if ('retriable' in at && at.retriable === true) return true;
  }
  return false;
}
