import { z } from 'zod';

/** Settings of these tests. */
export const { EPCIS_REPOSITORY: repository } = z
  .object({
    /** A checkout of github.com/gs1/EPCIS: its JSON schema and its published examples are then used. They are not part of this repository. */
    EPCIS_REPOSITORY: z.string().min(1).optional(),
  })
  .parse({ EPCIS_REPOSITORY: process.env['EPCIS_REPOSITORY'] });
