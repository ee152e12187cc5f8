import type { Decimal, StockOperationRecorded } from '@wardline/event-contracts';
import {
  awaitedLocation,
  awaitedLot,
  awaitedProduct,
  awaitedUnit,
  type Location,
  type Lot,
  type Product,
} from '../master-data.js';
import type { MasterDataFound } from '../master-data.store.js';
import { isQuarantine, isVirtual, locationBeside, quarantineOf } from '../movement.js';
import { gtin14 } from '@wardline/barcodes';
import { convert, fitsQuantity, odooUnitNames } from '@wardline/units-of-measure';
import { combine, hold, isFinding, refuse, type Finding } from './finding.js';
import type { OperationKind, PlacedOperation } from './stock-operation.js';

type Place = StockOperationRecorded['location'];

/** A blank text is no text: what many scanners send for "none". */
export function given(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/**
 * A record in canonical form: its product, places, lot and unit as Odoo knows them, its quantity in the stock unit, exactly.
 * Refused where the record itself is wrong, held where master data is missing; all that is missing is named at once.
 */
export function placeOperation(
  record: StockOperationRecorded,
  operation: OperationKind,
  known: MasterDataFound,
): PlacedOperation | Finding {
  const product = placeProduct(record.product, known.products);
  const places = [record.location, ...(record.toLocation === null ? [] : [record.toLocation])].map((place) =>
    placeLocation(place, known.locations),
  );
  const measured = isFinding(product) ? product : measure(record, product, known);
  const piece = isFinding(product) ? product : identify(record, operation, product, known);
  const receipt = isFinding(product) ? product : receiptOf(record, operation, product, known);
  const findings = [product, ...places, measured, piece, receipt].filter((result) => isFinding(result));
  const [location, toLocation] = places;
  if (isFinding(product) || isFinding(measured) || isFinding(piece) || isFinding(receipt) || findings.length > 0)
    return combine(findings);
  const { eventId: recordEventId, source, occurredAt, correlationId, transferReference, documentReference } = record;
  return {
    ...{ recordEventId, source, occurredAt, correlationId, operation },
    ...{ productCode: product.code, locationCode: codeOf(location), toLocationCode: codeOf(toLocation) || null },
    ...{ ...piece, quantity: measured, unit: product.unit },
    ...{ recordedQuantity: record.quantity, recordedUnit: record.unit },
    transferReference: given(transferReference),
    documentReference: given(documentReference),
    ...receipt,
    performerRef: given(record.performerRef),
    approverRef: given(record.approverRef),
    reason: given(record.reason),
  };
}

/** The product as it is looked up: its scheme and code, a GTIN at 14 digits; refused where the code breaks its own rules. */
export function productName(
  product: StockOperationRecorded['product'],
): { scheme: 'INTERNAL' | 'GTIN'; value: string } | Finding {
  const value = product.value.trim();
  if (product.scheme === 'INTERNAL') return { scheme: 'INTERNAL', value };
  if (product.scheme !== 'GTIN')
    return refuse('PRODUCT_SCHEME_UNKNOWN', `The product "${value}" is named in a scheme that is not taken here.`);
  const gtin = gtin14(value);
  if (gtin !== null) return { scheme: 'GTIN', value: gtin };
  return refuse('GTIN_INVALID', `"${value}" is not a GTIN: its length or check digit is wrong.`);
}

function placeProduct(named: StockOperationRecorded['product'], known: readonly Product[]): Product | Finding {
  const name = productName(named);
  if (isFinding(name)) return name;
  const { scheme, value } = name;
  const found = known.filter(({ code, gtins }) => (scheme === 'GTIN' ? gtins.includes(value) : code === value));
  const awaits = [awaitedProduct(scheme, value)];
  const words = scheme === 'GTIN' ? `the GTIN ${value}` : `the internal reference "${value}"`;
  const [only, another] = found.filter(({ active }) => active);
  if (another !== undefined) return hold('AMBIGUOUS_PRODUCT', `Several products in Odoo carry ${words}.`, awaits);
  if (only === undefined && found.length > 0)
    return hold('ARCHIVED_PRODUCT', `The product with ${words} is archived in Odoo.`, awaits);
  if (only === undefined) return hold('UNKNOWN_PRODUCT', `No product in Odoo carries ${words}.`, awaits);
  if (only.tracking !== 'UNKNOWN') return only;
  return hold('PRODUCT_TRACKING_UNKNOWN', `How ${only.code} is tracked in Odoo is not known here.`, awaits);
}

/** The code of the place; that of its quarantine where the record names it. */
function placeLocation({ scheme, value }: Place, known: readonly Location[]): { code: string } | Finding {
  const text = value.trim();
  if (scheme !== 'CODE')
    return refuse('LOCATION_SCHEME_UNKNOWN', `The location "${text}" is named in a scheme that is not taken here.`);
  const name = locationBeside(text);
  const named = known.filter((location) => location.code === name || location.name === name);
  const byCode = named.filter(({ code, active }) => active && code === name);
  const [only, another] = byCode.length > 0 ? byCode : named.filter(({ active }) => active);
  const awaits = [awaitedLocation(name)];
  if (another !== undefined)
    return hold('AMBIGUOUS_LOCATION', `Several locations in Odoo are named "${name}".`, awaits);
  if (only === undefined && named.length > 0)
    return hold('ARCHIVED_LOCATION', `The location "${name}" is archived in Odoo.`, awaits);
  if (only === undefined)
    return hold('UNKNOWN_LOCATION', `No location in Odoo has "${name}" as barcode or complete name.`, awaits);
  if (only.usage === 'internal' && !isVirtual(only.code))
    return { code: isQuarantine(text) ? quarantineOf(only.code) : only.code };
  return hold('LOCATION_NOT_INTERNAL', `The location "${name}" holds no stock: its usage is ${only.usage}.`, awaits);
}

function codeOf(place: { code: string } | Finding | undefined): string {
  return place === undefined || isFinding(place) ? '' : place.code;
}

type Receipt = Pick<PlacedOperation, 'expectedQuantity' | 'condition' | 'temperatureLogReference'>;

/** What only a receipt says; what the document announces goes by the same measure as what came. */
function receiptOf(
  { expectedQuantity: announced, unit, condition, temperatureLogReference }: StockOperationRecorded,
  operation: OperationKind,
  product: Product,
  known: MasterDataFound,
): Receipt | Finding {
  if (operation !== 'RECEIVED') return { expectedQuantity: null, condition: null, temperatureLogReference: null };
  const expectedQuantity = announced === null ? null : measure({ quantity: announced, unit }, product, known);
  if (expectedQuantity !== null && isFinding(expectedQuantity)) return expectedQuantity;
  return { expectedQuantity, condition, temperatureLogReference: given(temperatureLogReference) };
}

function measure(
  { quantity, unit }: Pick<StockOperationRecorded, 'quantity' | 'unit'>,
  product: Product,
  known: MasterDataFound,
): Decimal | Finding {
  const text = unit.trim();
  const names = odooUnitNames(text);
  const from = names.map((name) => known.units.get(name)).find((found) => found !== undefined);
  const to = known.units.get(product.unit);
  if (from === undefined)
    return hold('UNKNOWN_UNIT', `"${text}" is no unit of measure of Odoo.`, names.map(awaitedUnit));
  if (to === undefined)
    return hold('UNKNOWN_UNIT', `The stock unit "${product.unit}" has not come from Odoo yet.`, [
      awaitedUnit(product.unit),
    ]);
  const converted = convert(quantity, from, to);
  const said = `${quantity.toFixed()} ${text} of ${product.code}`;
  if (!converted.ok)
    return converted.problem === 'DIFFERENT_ROOT'
      ? refuse('UNIT_NOT_CONVERTIBLE', `${said} cannot be converted into its stock unit ${to.name}.`)
      : refuse('QUANTITY_PRECISION', `${said} is no whole number of steps of ${to.rounding.toFixed()} ${to.name}.`);
  if (fitsQuantity(converted.quantity)) return converted.quantity;
  return refuse(
    'QUANTITY_TOO_LARGE',
    `${said} is ${converted.quantity.toFixed()} ${to.name}, more than can be booked.`,
  );
}

type Identity = Pick<PlacedOperation, 'lotNumber' | 'serialNumber' | 'expiryDate' | 'warnings'>;

/** Where a lot may be new: when it comes in, and on a shelf that is counted; what is undone names that of its original. */
const lotMayBeNew: ReadonlySet<OperationKind> = new Set(['RECEIVED', 'COUNTED', 'REVERSED']);

function identify(
  record: StockOperationRecorded,
  operation: OperationKind,
  { code, tracking }: Product,
  known: MasterDataFound,
): Identity | Finding {
  const [lot, serial] = [given(record.lotNumber), given(record.serialNumber)];
  const warnings = [
    ...(tracking !== 'LOT' && lot !== null ? ['LOT_IGNORED' as const] : []),
    ...(tracking !== 'SERIAL' && serial !== null ? ['SERIAL_IGNORED' as const] : []),
  ];
  if (tracking === 'NONE') return { lotNumber: null, serialNumber: null, expiryDate: null, warnings };
  const number = tracking === 'LOT' ? lot : serial;
  if (number === null) return numberMissing(code, tracking);
  const found = known.lots.find((each) => each.productCode === code && each.number === number);
  const unfit = unfitLot(code, number, found, operation);
  if (unfit !== null) return unfit;
  const master = found?.expiryDate ?? null;
  const differs = master !== null && record.expiryDate !== null && master !== record.expiryDate;
  return {
    lotNumber: tracking === 'LOT' ? number : null,
    serialNumber: tracking === 'SERIAL' ? number : null,
    expiryDate: master ?? record.expiryDate,
    warnings: differs ? [...warnings, 'EXPIRY_DIFFERS'] : warnings,
  };
}

function numberMissing(code: string, tracking: Product['tracking']): Finding {
  return tracking === 'LOT'
    ? refuse('LOT_REQUIRED', `${code} is tracked by lot and the record names none.`)
    : refuse('SERIAL_REQUIRED', `${code} is tracked by serial number and the record names none.`);
}

function unfitLot(code: string, number: string, found: Lot | undefined, operation: OperationKind): Finding | null {
  const awaits = [awaitedLot(code, number)];
  if (found === undefined && !lotMayBeNew.has(operation))
    return hold('UNKNOWN_LOT', `Neither Odoo nor a receipt has brought lot or serial "${number}" of ${code}.`, awaits);
  if (found?.active !== false) return null;
  return hold('ARCHIVED_LOT', `The lot or serial "${number}" of ${code} is archived or deleted in Odoo.`, awaits);
}
