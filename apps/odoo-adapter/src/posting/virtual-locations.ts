/**
 * The places that balance the shelves in the ledger, and what each is in Odoo. This is the only place where the two meet:
 *
 * | ledger                 | Odoo 19, per company                                                                            |
 * | ---------------------- | ----------------------------------------------------------------------------------------------- |
 * | `Consumption`          | the location of usage production that provisioning makes                                        |
 * | `Vendors`              | the oldest location of usage supplier that is the company's or everybody's (`Partners/Vendors`) |
 * | `In transit`           | the company's oldest location of usage transit ("Inter-warehouse transit")                      |
 * | `Inventory adjustment` | the company's oldest location of usage inventory not named Scrap, Odoo's own loss location      |
 * | `Scrap`                | the company's location of usage inventory named Scrap, made where it is missing                 |
 *
 * Back from Odoo any location of these usages has the ledger's name; what goes to a customer is consumed.
 */
export const virtualLocation = {
  consumption: 'Consumption',
  vendors: 'Vendors',
  transit: 'In transit',
  adjustment: 'Inventory adjustment',
  scrap: 'Scrap',
} as const;

/** A virtual location by the ledger's name for it. */
export type VirtualLocation = (typeof virtualLocation)[keyof typeof virtualLocation];

/** The Odoo ids of a company's virtual locations. */
export type Places = Readonly<Record<VirtualLocation, number>>;

const names: readonly string[] = Object.values(virtualLocation);

/** Whether a movement's location is one of the ledger's virtual ones. */
export function isVirtual(location: string): location is VirtualLocation {
  return names.includes(location);
}

const byUsage: Readonly<Record<string, VirtualLocation>> = {
  production: virtualLocation.consumption,
  supplier: virtualLocation.vendors,
  transit: virtualLocation.transit,
  inventory: virtualLocation.adjustment,
  customer: virtualLocation.consumption,
};

/** The ledger's name of a location of Odoo, from its usage, code and name; the code itself when it holds stock. */
export function ledgerLocation({
  usage,
  code,
  name,
}: {
  readonly usage: string;
  readonly code: string;
  readonly name: string;
}): string {
  if (usage === 'inventory' && isScrap(name)) return virtualLocation.scrap;
  return byUsage[usage] ?? code;
}

/** Whether a location of usage inventory is for scrap: Odoo tells it from the loss location by nothing but its name. */
export function isScrap(completeName: string): boolean {
  return completeName.split('/').at(-1) === virtualLocation.scrap;
}
