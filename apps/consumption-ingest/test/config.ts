import { z } from 'zod';

/** How many rows the long file of the file intake has: a few thousand in a normal run, `FILE_ROWS=1000000` for a huge one. */
export const { FILE_ROWS: fileRows } = z
  .object({ FILE_ROWS: z.coerce.number().int().min(1_000).default(3_000) })
  .parse({ FILE_ROWS: process.env['FILE_ROWS'] });
