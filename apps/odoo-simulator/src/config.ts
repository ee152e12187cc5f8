import { z } from 'zod';

const configSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(18069),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://'),
  ODOO_DATABASE: z.string().min(1).default('wardline'),
  ODOO_API_KEY: z.string().min(1).default('wardline-local'),
  SIMULATOR_FAULTS: z.enum(['on', 'off']).default('off'),
  SIMULATOR_POOL_SIZE: z.coerce.number().int().min(1).max(50).default(6),
});

/** The simulator's settings, read once at start. */
export type SimulatorConfig = z.infer<typeof configSchema>;

/** Reads the settings; every bad one is named in the error, one per line. */
export function readConfig(environment: Record<string, string | undefined> = process.env): SimulatorConfig {
  const parsed = configSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The Odoo simulator cannot start with these settings:\n${lines.join('\n')}`);
}
