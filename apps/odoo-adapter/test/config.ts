import { z } from 'zod';

const settings = z.object({
  ODOO_URL: z.url().optional(),
  ODOO_DATABASE: z.string().default('wardline'),
  ODOO_API_KEY: z.string().default('wardline-local'),
});

/** Which Odoo the tests run against; without ODOO_URL a simulator of their own. */
export function config(): z.infer<typeof settings> {
  return settings.parse(process.env);
}
