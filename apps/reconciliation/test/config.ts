import { z } from 'zod';

/** How many days the tests of a clean day play; each is some hundred statements on a real Postgres. */
export const { RECONCILIATION_DAYS: days } = z
  .object({ RECONCILIATION_DAYS: z.coerce.number().int().min(1).default(3) })
  .parse(process.env);
