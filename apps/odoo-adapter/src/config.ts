import { readConfig, serviceConfig } from '@wardline/service-defaults';
import { z } from 'zod';
import { policyRule } from './posting/posting-policy.js';

const whole = (least: number, fallback: number) => z.coerce.number().int().min(least).default(fallback);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const policies = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be a JSON list like [{"category":"All / Gloves","policy":"batched"}]',
      });
      return z.NEVER;
    }
  })
  .pipe(z.array(policyRule));

/** Settings of the adapter beside those of every service. */
export const adapterConfig = serviceConfig
  .extend({
    /** A movement waits for company before it goes to Odoo; it may as well do so at the broker. */
    KAFKA_FETCH_MIN_BYTES: whole(1, 100_000),
    KAFKA_FETCH_MAX_WAIT_MS: whole(10, 250),
    ODOO_URL: z.url({
      protocol: /^https?$/,
      error: 'is missing or no URL: set it to something like https://erp.example.org',
    }),
    ODOO_DATABASE: z.string({ error: 'is missing: set it to the name of the Odoo database' }).min(1),
    /** The API key; or a file that holds it, read again when Odoo turns the old one down. */
    ODOO_API_KEY: z.string().min(1).optional(),
    ODOO_API_KEY_FILE: z.string().min(1).optional(),
    /** auto: JSON-2 where the server has it (Odoo 19 and later), else JSON-RPC. */
    ODOO_PROTOCOL: z.enum(['auto', 'json2', 'jsonrpc']).default('auto'),
    /** The user that the key belongs to; for JSON-RPC. */
    ODOO_LOGIN: z.string().min(1).optional(),
    ODOO_TIMEOUT_MS: whole(100, 60_000),
    ODOO_MAX_CONCURRENT: whole(1, 4),
    ODOO_CALLS_PER_SECOND: whole(1, 50),
    POSTING_BATCH_SIZE: z.coerce.number().int().min(1).max(1_000).default(200),
    /** How long a movement waits for others to share its call to Odoo. */
    POSTING_LINGER_MS: whole(0, 500),
    /** How often an idle lane looks for work. */
    POSTING_POLL_MS: whole(5, 250),
    /** Movements that may wait before the consumer pauses. */
    POSTING_MAX_PENDING: whole(1, 10_000),
    /** How soon which products are posted: [{category, policy: immediate|batched|coalesced, windowSeconds}]. */
    POSTING_POLICY: policies,
    /** Whose midnight ends the business day by which postings of an old interface are compared. */
    TIME_ZONE: z.string().refine(isTimeZone, 'is no time zone: set it to a name such as Europe/Berlin').default('UTC'),
    MASTERDATA_POLL_MS: whole(50, 2_000),
    /** Longer than Odoo's longest transaction plus the difference of the clocks. */
    MASTERDATA_OVERLAP_SECONDS: whole(1, 60),
    MASTERDATA_PAGE_SIZE: z.coerce.number().int().min(1).max(5_000).default(500),
    /** Every so many polls, deletions are looked for. */
    MASTERDATA_SWEEP_POLLS: whole(1, 30),
    /** What Odoo holds is reported at least so often. */
    STOCK_REPORT_MS: whole(1_000, 60_000),
    /** How often it is looked whether a quant was written, which is reported at once. */
    STOCK_REPORT_PROBE_MS: whole(100, 5_000),
    /** Every so many reports say every balance, not only what changed. */
    STOCK_REPORT_WHOLE_EVERY: whole(1, 10_000),
  })
  .superRefine((config, context) => {
    if ((config.ODOO_API_KEY === undefined) === (config.ODOO_API_KEY_FILE === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['ODOO_API_KEY'],
        message: 'is missing: set it, or else ODOO_API_KEY_FILE (not both)',
      });
    }
    if (config.ODOO_PROTOCOL === 'jsonrpc' && config.ODOO_LOGIN === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['ODOO_LOGIN'],
        message: "is missing: JSON-RPC needs the login of the key's user",
      });
    }
  });

/** The adapter's settings, read and checked. */
export type AdapterConfig = z.output<typeof adapterConfig>;

/** Token of the {@link AdapterConfig}. */
export const CONFIG = Symbol('CONFIG');

/** Reads the settings from the environment. */
export function config(): AdapterConfig {
  return readConfig(adapterConfig, process.env);
}
