import { readConfig, serviceConfig } from '@wardline/service-defaults';
import { z } from 'zod';

const milliseconds = (least: number, fallback: number) => z.coerce.number().int().min(least).default(fallback);

/** Settings of reconciliation beside those of every service. */
export const reconciliationConfig = serviceConfig.extend({
  /** Nobody waits for a comparison within a second: what is read at once is written at once, by whole batches. */
  KAFKA_FETCH_MIN_BYTES: z.coerce.number().int().min(1).max(10_000_000).default(1_000_000),
  KAFKA_FETCH_MAX_WAIT_MS: z.coerce.number().int().min(10).max(5_000).default(1_000),
  /** Pause between two comparisons. */
  RECONCILE_MS: milliseconds(100, 2_000),
  /** How long a difference has to stand unchanged before it becomes a case: what is told on two topics does not arrive at once. */
  RECONCILE_GRACE_MS: milliseconds(0, 5_000),
  /** After so long, what is still under way is a difference of its own. */
  RECONCILE_OVERDUE_MS: milliseconds(1_000, 900_000),
  /** Names of product categories, at any level, whose differences are the pharmacy's; separated by commas. */
  RECONCILE_PHARMACY: z
    .string()
    .default('Pharmacy,Medicines,Drugs')
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
});

/** The settings of this service, read and checked. */
export type ReconciliationConfig = z.output<typeof reconciliationConfig>;

/** Token of the {@link ReconciliationConfig}. */
export const CONFIG = Symbol('CONFIG');

/** The settings of this service, read from the environment. */
export function config(): ReconciliationConfig {
  return readConfig(reconciliationConfig, process.env);
}
