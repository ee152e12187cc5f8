import { z } from 'zod';

/** How many random histories a property test tries: a few in a normal run, `HISTORIES=100000` for the full number. */
export const { HISTORIES: histories } = z
  .object({ HISTORIES: z.coerce.number().int().min(1).default(60) })
  .parse({ HISTORIES: process.env['HISTORIES'] });
