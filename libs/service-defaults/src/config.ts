import { z } from 'zod';

const url = (schemes: readonly string[], example: string) =>
  z
    .string({ error: `is missing: set it to something like ${example}` })
    .refine((text) => schemes.includes(schemeOf(text)), {
      error: `must be a URL like ${example}`,
    });

function schemeOf(text: string): string {
  try {
    return new URL(text).protocol;
  } catch {
    return '';
  }
}

const broker = /^[^\s:,]+:\d{1,5}$/;

/** Settings that every service has. A service adds its own with `.extend({ ... })`. */
export const serviceConfig = z.object({
  /** The service's own database and role. */
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://role:password@host:5432/database'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(4).max(200).default(12),
  /** Kafka bootstrap addresses, separated by commas. */
  KAFKA_BROKERS: z
    .string({ error: 'is missing: set it to something like kafka-1:9092,kafka-2:9092' })
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((brokers) => brokers.every((address) => broker.test(address)), {
      error: 'must be host:port, several separated by commas',
    }),
  KAFKA_TLS: z.stringbool().default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  /** A fetch is answered when so many bytes are there, or after the longest wait: larger batches for later ones. */
  KAFKA_FETCH_MIN_BYTES: z.coerce.number().int().min(1).max(10_000_000).default(1),
  KAFKA_FETCH_MAX_WAIT_MS: z.coerce.number().int().min(10).max(5_000).default(400),
  /** Confluent-compatible schema registry. */
  SCHEMA_REGISTRY_URL: url(['http:', 'https:'], 'http://registry:8081/apis/ccompat/v7'),
  SCHEMA_REGISTRY_USERNAME: z.string().optional(),
  SCHEMA_REGISTRY_PASSWORD: z.string().optional(),
  /** Whether the service registers its schemas itself; for development only (DESIGN part 4). */
  SCHEMA_AUTO_REGISTER: z.stringbool().default(false),
  /** How often people may have a message tried again that comes back with the same code, unless they force it. */
  INTERVENTION_LOOP_LIMIT: z.coerce.number().int().min(1).max(1_000).default(3),
  /**
   * How long taken events are recognised, and ended parked messages and operations are kept. Longer than any producer repeats
   * and any topic keeps: what is sent again later counts as new.
   */
  RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(400),
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** Address that the HTTP interface listens on. */
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  /** Longest wait for a clean stop, in milliseconds. */
  SHUTDOWN_GRACE_MS: z.coerce.number().int().min(100).default(10_000),
});

/** Settings of every service, read and checked. */
export type ServiceConfig = z.output<typeof serviceConfig>;

/** Settings that are wrong, all of them, one line each for the person who starts the service. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
  constructor(readonly lines: readonly string[]) {
    super(`wrong configuration:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}

/**
 * Reads settings from an environment. Throws {@link BadConfiguration} that names every bad setting at once, with the
 * value it has (never that of a secret).
 */
export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return Object.freeze(result.data as object) as z.output<Schema>;
  throw new BadConfiguration(result.error.issues.map((issue) => describe(issue, present)));
}

const secret = /PASSWORD|KEY|SECRET|TOKEN|URL/;

function describe(issue: z.core.$ZodIssue, environment: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0] ?? 'configuration');
  const value = environment[name];
  if (value === undefined) return `${name} ${issue.message.startsWith('is missing') ? issue.message : 'is missing'}`;
  return `${name}${secret.test(name) ? '' : `=${JSON.stringify(value)}`}: ${issue.message}`;
}
