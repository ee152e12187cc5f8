import { isGln } from '@wardline/barcodes';
import { Decimal } from '@wardline/event-contracts';
import { readConfig, serviceConfig } from '@wardline/service-defaults';
import { z } from 'zod';
import type { StockRules } from './take-stock-operation/stock-operation.js';

const inventoryConfig = serviceConfig.extend({
  /** A count that differs from the ledger by more than this, in the stock unit, needs somebody else's approval. */
  COUNT_APPROVAL_LIMIT: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, { error: 'must be a quantity of at most 12 digits and 6 decimals, such as 100' })
    .default('100'),
  /** Roles that may let an expired or quarantined lot go, and goods in past a receiving rule, separated by commas. */
  LOT_OVERRIDE_ROLES: z
    .string()
    .regex(/^[\w-]*(,[\w-]+)*$/, { error: 'must be roles separated by commas, such as pharmacist,stores-lead' })
    .default('pharmacist,stores-lead'),
  /** Global Location Number under which places are named to others: each is an extension of it. Without it by our own code. */
  EPCIS_GLN: z
    .string()
    .refine(isGln, { error: 'must be a Global Location Number, 13 digits with its check digit' })
    .optional(),
  /** How far the clock of a source may be ahead of ours, in seconds. */
  MAX_CLOCK_SKEW_SECONDS: z.coerce.number().int().min(0).max(86_400).default(300),
});

/** The settings of this service. */
export type InventoryConfig = z.output<typeof inventoryConfig>;

/** Reads the settings; throws naming every bad one. */
export function config(environment: Readonly<Record<string, string | undefined>> = process.env): InventoryConfig {
  return readConfig(inventoryConfig, environment);
}

/** The limits that stock operations are checked by. */
export function stockRules(settings: InventoryConfig): StockRules {
  return {
    countApprovalLimit: new Decimal(settings.COUNT_APPROVAL_LIMIT),
    overrideRoles: settings.LOT_OVERRIDE_ROLES.split(',').filter((role) => role !== ''),
    maxClockSkew: settings.MAX_CLOCK_SKEW_SECONDS * 1_000,
  };
}
