import { z } from 'zod';

const { HISTORIES: asked } = z
  .object({ HISTORIES: z.coerce.number().int().min(1).optional() })
  .parse({ HISTORIES: process.env['HISTORIES'] });

/** How many random histories a property test tries: a few in a normal run, `HISTORIES=100000` for the full number. */
export const histories = asked ?? 60;

/** The same for a test that needs no database. */
export const pureHistories = asked ?? 300;
