import type { LoggerService } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import winston from 'winston';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The service's log: one JSON object a line with time, level, service and message. A line about a message carries its
 * `eventId` and `correlationId`; payloads are never logged.
 */
export function createLog(service: string, level: string): Log & LoggerService {
  const logger = winston.createLogger({
    level,
    defaultMeta: { service },
    format: winston.format.combine(winston.format.timestamp(), winston.format.json({ replacer: plain })),
    transports: [new winston.transports.Console()],
  });
  const write = (at: string) => (message: unknown, fields?: unknown) => {
    logger.log(at, String(message), fieldsOf(fields));
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    log: write('debug'),
    verbose: write('debug'),
    fatal: write('error'),
  };
}

/** Nest passes its context as a second text; ours are fields. */
function fieldsOf(fields: unknown): Fields {
  if (typeof fields === 'string') return { context: fields.split('\n')[0] };
  return typeof fields === 'object' && fields !== null ? (fields as Fields) : {};
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Error) return value.message;
  return value;
}
