import { z } from 'zod';

/** A moment of a question or an order: a time with its offset. */
export const moment = z.iso
  .datetime({ offset: true, error: 'must be a time with its offset, such as 2026-11-21T08:15:30Z' })
  .transform((text) => new Date(text));

/** Most lines of a page. */
export const pageLimit = z.coerce.number().int().min(1).max(1000).default(100);

/** A ledger position, behind which a page goes on. */
export const afterPosition = z.string().regex(/^\d{1,18}$/, 'must be a ledger position, a whole number');
