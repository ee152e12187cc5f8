import { createHash } from 'node:crypto';
import { sglnOf } from '../generator/global-location.ts';
import type { DayRecord, What } from '../generator/record.ts';
import { tradeNumberOf } from './scan.ts';

/** A document of these records, an event each. */
export function epcisDocument(sender: string, records: readonly DayRecord[]): object {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: records.at(-1)!.at.toISOString(), sender },
    epcisBody: { eventList: records.map((record) => epcisEvent(record.repeats ?? record)) },
  };
}

/** The event of a record; what is taken back is the event as it was, declared an error (EPCIS 2.0, section 7.4.1.2). */
export function epcisEvent(record: DayRecord): Readonly<Record<string, unknown>> {
  if (record.what !== 'REVERSED') return observed(record);
  const original = record.reverses ?? { ...record, what: 'USED' };
  const errorDeclaration = { declarationTime: record.at.toISOString(), reason: 'incorrect_data' };
  return { ...observed(original), errorDeclaration };
}

function observed(record: DayRecord): Readonly<Record<string, unknown>> {
  const what = record.what as Exclude<What, 'REVERSED' | 'WASTED'>;
  return {
    ...{ type: 'ObjectEvent', eventID: idOf(record.usesNumberOf ?? record), action: 'OBSERVE' },
    ...{ eventTime: record.at.toISOString(), eventTimeZoneOffset: '+00:00' },
    ...steps[what],
    ...where(record, what),
    ...goods(record),
  };
}

const steps: Readonly<Record<Exclude<What, 'REVERSED' | 'WASTED'>, object>> = {
  USED: { bizStep: 'dispensing', disposition: 'dispensed' },
  RETURNED: { bizStep: 'receiving', disposition: 'returned' },
  RECEIVED: { bizStep: 'receiving', disposition: 'in_progress' },
  PUT_AWAY: { bizStep: 'storing' },
  TRANSFERRED: { bizStep: 'stocking' },
  SHIPPED: { bizStep: 'shipping', disposition: 'in_transit' },
  ARRIVED: { bizStep: 'arriving' },
  COUNTED: { bizStep: 'cycle_counting' },
  QUARANTINED: { bizStep: 'holding', disposition: 'recalled' },
  RELEASED: { bizStep: 'inspecting', disposition: 'conformant' },
  WRITTEN_OFF: { bizStep: 'destroying', disposition: 'destroyed' },
  RETURNED_TO_SUPPLIER: { bizStep: 'shipping', disposition: 'returned' },
};

/** Whom goods come from that are not the house's own. */
const supplierPlace = 'urn:epc:id:sgln:4099999.00001.0';

function where(record: DayRecord, what: What): object {
  const { toPlace, document } = record;
  const place = sglnOf(record.place);
  const here = { id: place };
  const notice = { bizTransactionList: [{ type: 'desadv', bizTransaction: document }] };
  const from = (source: string): object => ({ sourceList: [{ type: 'location', source }] });
  const to = (destination: string): object => ({ destinationList: [{ type: 'location', destination }] });
  if (what === 'SHIPPED') return { readPoint: here, ...to(sglnOf(toPlace!)), ...notice };
  if (what === 'ARRIVED') return { bizLocation: here, ...from(sglnOf('NORTH-PHARM')), ...to(place), ...notice };
  if (toPlace !== null) return { readPoint: here, bizLocation: { id: sglnOf(toPlace) } };
  if (what === 'RECEIVED') return { bizLocation: here, ...from(supplierPlace) };
  return what === 'USED' || what === 'WRITTEN_OFF' || what === 'RETURNED_TO_SUPPLIER'
    ? { readPoint: here }
    : { bizLocation: here };
}

const units: Readonly<Record<string, string>> = { EA: 'C62', ml: 'MLT', kg: 'KGM' };

/** As GS1 Digital Links: they hold an expiry date, which an EPC cannot. */
function goods(record: DayRecord): object {
  const { lot, serial, expiry, quantity, unit } = record;
  const query = expiry === null ? '' : `?17=${expiry.slice(2).replaceAll('-', '')}`;
  const link = `https://id.gs1.org/01/${tradeNumberOf(record.product)}`;
  if (serial !== null) return { epcList: [`${link}/21/${serial}`] };
  const epcClass = `${link}${lot === null ? '' : `/10/${lot}`}${query}`;
  return { quantityList: [{ epcClass, quantity: Number(quantity), uom: units[unit] ?? unit }] };
}

function idOf({ id }: DayRecord): string {
  const hash = createHash('sha256').update(`event ${id}`).digest('hex');
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
