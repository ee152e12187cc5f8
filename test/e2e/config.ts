import { z } from 'zod';

/** Environment variable in which the run's global set-up tells its workers where the shared Wardline is asked for. */
export const deskVariable = 'WARDLINE_E2E_DESK';

const schema = z.object({
  /** Length of Odoo's outage in the story about it; a minute in the slow proofs. */
  E2E_ODOO_AWAY_SECONDS: z.coerce.number().int().min(5).max(600).default(20),
  /** Parked messages in the story of a person who decides about a group; a thousand in the slow proofs. */
  E2E_GROUP: z.coerce.number().int().min(10).max(10_000).default(30),
  /** Records of the day in which every part is killed; the whole day has 500. */
  CHAOS_RECORDS: z.coerce.number().int().min(120).max(5_000).default(500),
  /** Whether the day is killed, and every fault and every broken promise tried; in the slow proofs. */
  CHAOS_PROOFS: z.enum(['on', 'off']).default('off'),
  /** Records of the hospital day over every edge; none is played with 0. 300 in the slow proofs. */
  HOSPITAL_DAY_RECORDS: z.coerce.number().int().min(0).max(100_000).default(0),
  /** Whether the stories of the Python clients (Kafka, MLLP) are told: they need Python 3 and a package index. */
  E2E_PYTHON: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  /** With these three the stories run against that Odoo instead of the simulator. */
  ODOO_URL: z.string().optional(),
  ODOO_DATABASE: z.string().optional(),
  ODOO_API_KEY: z.string().optional(),
});

/** Settings of the stories. */
export function settings(): z.output<typeof schema> {
  return schema.parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')));
}

/** Address of the desk; undefined outside a Vitest run with our global set-up. */
export function deskAddress(): string | undefined {
  return process.env[deskVariable];
}

/** Tells every worker that is started from now on where the desk is. */
export function announceDesk(address: string): void {
  process.env[deskVariable] = address;
}
