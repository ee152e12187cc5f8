import { readConfig, serviceConfig } from '@wardline/service-defaults';
import { z } from 'zod';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `30s`, `5m`, `12h` or `30d`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, { error: 'must be a duration like 30s, 5m, 12h or 30d' })
  .transform((text) => Number(text.slice(0, -1)) * unitMs[text.slice(-1)]!);

const consumptionConfig = serviceConfig.extend({
  /** How far the clock of a source may be ahead of ours. */
  MAX_CLOCK_SKEW: duration.default(unitMs['m']! * 5),
  /** How old a record may be when it is received. */
  MAX_RECORD_AGE: duration.default(unitMs['d']! * 30),
});

/** Settings of this service, in milliseconds where they are durations. */
export type ConsumptionConfig = z.output<typeof consumptionConfig>;

/** Reads the settings; throws naming every bad one. */
export function config(environment: Readonly<Record<string, string | undefined>> = process.env): ConsumptionConfig {
  return readConfig(consumptionConfig, environment);
}
