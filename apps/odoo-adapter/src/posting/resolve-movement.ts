import type { LocalDate } from '@wardline/event-contracts';
import { Reject } from '@wardline/event-handling';
import { operationOf, type Operation, type WarehouseTypes } from './operation.js';
import type { Movement } from './posting.js';
import { besideQuarantine, type NamedPlace } from './quarantine-place.js';
import { isVirtual, virtualLocation, type Places } from './virtual-locations.js';

/** A product as Odoo has it, as far as posting needs it. */
export interface ProductFact {
  readonly odooId: number;
  readonly unit: string;
  readonly unitId: number;
  readonly tracking: string;
  readonly category: string;
}

/** A location as Odoo has it; several companies may have a virtual one of the same code. */
export interface LocationFact {
  readonly odooId: number;
  readonly usage: string;
  readonly companyId: number | null;
  readonly warehouseId: number | null;
}

/** A lot or serial as Odoo has it. */
export interface LotFact {
  readonly odooId: number;
  readonly expiryDate: LocalDate | null;
}

/** What was set up in Odoo for a company. */
export interface CompanyFact {
  readonly companyId: number;
  readonly company: string;
  readonly places: Places;
  /** Operation types that Wardline made: of consumption, and of adjustments and scrap. */
  readonly consumptionTypeId: number;
  readonly adjustmentTypeId: number;
  /** Its warehouses, oldest first; at least one. */
  readonly warehouses: readonly WarehouseTypes[];
  /** Decimal places that Odoo keeps of a quantity (decimal precision "Product Unit"). */
  readonly quantityDigits: number;
}

/** What is known of Odoo, by the codes that movements use. Lots are keyed `<product code>/<lot number>`. */
export interface OdooFacts {
  readonly products: ReadonlyMap<string, ProductFact>;
  readonly locations: ReadonlyMap<string, readonly LocationFact[]>;
  readonly lots: ReadonlyMap<string, LotFact>;
  readonly companies: ReadonlyMap<number, CompanyFact>;
}

/** A lot that was not read from Odoo yet: it is looked for by name when the movement is posted. */
export interface NamedLot {
  /** `<product code>/<lot number>`. */
  readonly code: string;
  readonly name: string;
  readonly expiryDate: LocalDate | null;
  /** Whether this movement brings it in, so that it is made when Odoo does not have it. */
  readonly isArriving: boolean;
}

/** A movement in Odoo's ids. */
export interface ResolvedMovement {
  readonly product: ProductFact;
  readonly company: CompanyFact;
  readonly operation: Operation;
  readonly operationTypeId: number;
  readonly lotId: number | null;
  /** The lot to be found or made before the transfer; `lotId` is null then. */
  readonly namedLot: NamedLot | null;
  readonly fromId: number | null;
  readonly toId: number | null;
  /** Places of quarantine to be found or made before the transfer; `fromId` or `toId` is null then. */
  readonly namedFrom: NamedPlace | null;
  readonly namedTo: NamedPlace | null;
}

/**
 * Brings a movement into Odoo's ids. Throws `Reject` for what Odoo does not have, and for what it would post as something
 * else without a word: another unit, more decimals than it keeps, a serial that is not one piece, another expiry date.
 */
export function resolveMovement(movement: Movement, facts: OdooFacts): ResolvedMovement {
  const product = facts.products.get(movement.productCode);
  if (product === undefined)
    throw unknown('product', movement.productCode, 'Create it in Odoo or correct its internal reference.');
  const { fromLocation, toLocation } = movement;
  const { company, warehouseId } = homeOf(movement, facts);
  const [from, to] = [placeFor(fromLocation, company, facts), placeFor(toLocation, company, facts)];
  checkQuantity(movement, product, company);
  const operation = operationOf(fromLocation, toLocation);
  return {
    product,
    company,
    operation,
    operationTypeId: typeFor(operation, company, warehouseId),
    ...lotFor(movement, product, facts),
    ...{ fromId: from.id, namedFrom: from.named, toId: to.id, namedTo: to.named },
  };
}

/** The company and warehouse whose document it is: those of the shelf it leaves, else of the one it comes to. */
function homeOf(
  { fromLocation, toLocation }: Movement,
  facts: OdooFacts,
): { company: CompanyFact; warehouseId: number | null } {
  const shelves = [fromLocation, toLocation].filter((code) => !isVirtual(code));
  const shelf = shelves.find((code) => homeAt(code, facts) !== undefined);
  if (shelf === undefined) {
    if (shelves[0] !== undefined) throw unknownLocation(shelves[0]);
    const message = `The movement goes from ${fromLocation} to ${toLocation}, neither of which is a shelf; Odoo cannot tell whose it is. Correct the ledger's movement.`;
    throw data('NO_SHELF', message, []);
  }
  const { companyId = null, warehouseId = null } = homeAt(shelf, facts) ?? {};
  if (companyId === null) {
    const place = stockAt(shelf, facts) === undefined ? besideQuarantine(shelf) : shelf;
    const message = `Location ${place} belongs to no company in Odoo; give it one.`;
    throw data('LOCATION_WITHOUT_COMPANY', message, [`location:${place}`]);
  }
  refuseOtherCompany(shelves, companyId, facts);
  const company = facts.companies.get(companyId);
  if (company !== undefined) return { company, warehouseId };
  const message = `Company ${companyId} of location ${shelf} is not set up for Wardline; see "provisioning" under /info.`;
  throw data('COMPANY_NOT_SET_UP', message, [`company:${companyId}`]);
}

function refuseOtherCompany(shelves: readonly string[], companyId: number, facts: OdooFacts): void {
  const foreign = shelves.find((code) => ![companyId, null, undefined].includes(homeAt(code, facts)?.companyId));
  if (foreign === undefined) return;
  const message = `Odoo keeps ${shelves.join(' and ')} for two companies and moves nothing between them. Book it as a return to the vendor there and a receipt here, and reverse this movement.`;
  throw new Reject('OTHER_COMPANY', message, { class: 'BUSINESS' });
}

function typeFor(operation: Operation, company: CompanyFact, warehouseId: number | null): number {
  if (operation === 'consumption') return company.consumptionTypeId;
  if (operation === 'adjustment') return company.adjustmentTypeId;
  const warehouse = company.warehouses.find((each) => each.warehouseId === warehouseId) ?? company.warehouses[0];
  if (warehouse === undefined) {
    const message = `Company ${company.company} has no warehouse in Odoo, so no operation type; create one.`;
    throw data('COMPANY_NOT_SET_UP', message, [`company:${company.companyId}`]);
  }
  return { receipt: warehouse.receipts, delivery: warehouse.deliveries, transfer: warehouse.transfers }[operation];
}

function checkQuantity(
  { quantity, unit, productCode, serialNumber }: Movement,
  product: ProductFact,
  company: CompanyFact,
): void {
  if (unit !== product.unit) {
    const message = `The movement counts ${productCode} in ${unit}, Odoo in ${product.unit}; correct the ledger or the product's unit.`;
    throw data('UNIT_DIFFERS', message, [`product:${productCode}`]);
  }
  if (quantity.lessThanOrEqualTo(0) || quantity.decimalPlaces() > company.quantityDigits) {
    const message = `Odoo keeps ${company.quantityDigits} decimals and would post ${quantity.toFixed()} ${unit} of ${productCode} as another number. Raise the decimal precision "Product Unit" in Odoo.`;
    throw data('QUANTITY_PRECISION', message, []);
  }
  if (serialNumber !== null && !quantity.equals(1)) {
    const message = `Serial ${serialNumber} of ${productCode} is one piece, the movement says ${quantity.toFixed()}.`;
    throw data('SERIAL_QUANTITY', message, []);
  }
}

/** Where a lot may be seen for the first time: on arrival, and on a shelf that is counted. */
const lotsComeFrom: readonly string[] = [virtualLocation.vendors, virtualLocation.adjustment];

function lotFor(
  { productCode, lotNumber, serialNumber, expiryDate, fromLocation }: Movement,
  product: ProductFact,
  facts: OdooFacts,
): Pick<ResolvedMovement, 'lotId' | 'namedLot'> {
  const name = serialNumber ?? lotNumber;
  if (name === null) return { lotId: null, namedLot: null };
  const code = `${productCode}/${name}`;
  const lot = facts.lots.get(code);
  const isArriving = lotsComeFrom.includes(fromLocation) && product.tracking !== 'NONE';
  const named = { code, name, expiryDate, isArriving };
  if (lot === undefined) return { lotId: null, namedLot: named };
  refuseOtherExpiry(named, lot);
  return { lotId: lot.odooId, namedLot: null };
}

/** The refusal of a movement whose lot Odoo does not have. */
export function unknownLot({ code }: NamedLot): Reject {
  return unknown('lot', code, 'Create the lot in Odoo or correct its number.');
}

/**
 * Throws `Reject` LOT_EXPIRY_DIFFERS when Odoo has another expiry date of a lot than the goods that come in; a lot without
 * one says nothing else.
 */
export function refuseOtherExpiry(
  { code, isArriving, expiryDate: given }: NamedLot,
  { expiryDate: known }: LotFact,
): void {
  if (!isArriving || known === null || given === null || known === given) return;
  const message = `Odoo says lot ${code} expires ${known}, what came in says ${given}. Read the package, and correct the lot in Odoo or the receipt.`;
  throw new Reject('LOT_EXPIRY_DIFFERS', message, { class: 'BUSINESS' });
}

type Place = { readonly id: number; readonly named: null } | { readonly id: null; readonly named: NamedPlace };

function placeFor(code: string, company: CompanyFact, facts: OdooFacts): Place {
  if (isVirtual(code)) return { id: company.places[code], named: null };
  const place = placeOf(code, company, facts);
  if (place !== undefined) return { id: place.odooId, named: null };
  const beside = placeOf(besideQuarantine(code) ?? code, company, facts);
  if (beside?.usage !== 'internal') throw unknownLocation(code);
  return { id: null, named: { code, besideId: beside.odooId, companyId: company.companyId } };
}

function placeOf(code: string, { companyId }: CompanyFact, facts: OdooFacts): LocationFact | undefined {
  const known = facts.locations.get(code) ?? [];
  return (
    known.find((place) => place.companyId === companyId) ?? known.find((place) => place.companyId === null) ?? known[0]
  );
}

/** A place that holds stock; for a place of quarantine that Odoo lacks, the one beside which it will stand. */
function homeAt(code: string, facts: OdooFacts): LocationFact | undefined {
  const beside = besideQuarantine(code);
  return stockAt(code, facts) ?? (beside === null ? undefined : stockAt(beside, facts));
}

function stockAt(code: string, facts: OdooFacts): LocationFact | undefined {
  return facts.locations.get(code)?.find(({ usage }) => usage === 'internal' || usage === 'transit');
}

/** The refusal of a movement whose location Odoo does not have; a place of quarantine lacks the one beside which it is made. */
export function unknownLocation(code: string): Reject {
  return unknown('location', besideQuarantine(code) ?? code, 'Create it in Odoo or correct its barcode.');
}

function unknown(kind: 'product' | 'location' | 'lot', code: string, remedy: string): Reject {
  return data(`UNKNOWN_${kind.toUpperCase()}`, `Odoo has no ${kind} ${code}. ${remedy}`, [`${kind}:${code}`]);
}

function data(code: string, message: string, awaits: readonly string[]): Reject {
  return new Reject(code, message, { class: 'DATA', awaits });
}
