import { z } from 'zod';

const configSchema = z.object({
  ODOO_URL: z.url().optional(),
  ODOO_DATABASE: z.string().default('wardline'),
  ODOO_API_KEY: z.string().default('wardline-local'),
  ODOO_LOGIN: z.string().default('admin'),
});

/** Which Odoo the suite is to hold to its word; without ODOO_URL it is the simulator. */
export function config(): z.infer<typeof configSchema> {
  return configSchema.parse(process.env);
}
