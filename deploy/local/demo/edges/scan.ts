import { gtinOf, products } from '../hospital.ts';
import type { DayRecord } from '../generator/record.ts';

/** A scan as a device posts it to `/scans`. */
export function scanOf(record: DayRecord): Readonly<Record<string, unknown>> {
  if (record.repeats !== null) return scanOf(record.repeats);
  const { id, sender, sequence, what, reverses, place, toPlace, quantity, at, reason, document } = record;
  const isTransfer = what === 'SHIPPED' || what === 'ARRIVED';
  return {
    scanId: record.usesNumberOf?.id ?? id,
    source: sender,
    ...(sequence === null ? {} : { sequence }),
    action: what,
    ...(what === 'REVERSED' ? { reverses: reverses?.id ?? `nothing of ${id}` } : {}),
    symbols: [symbolOf(record)],
    location: place,
    ...(toPlace === null ? {} : { toLocation: toPlace }),
    count: quantity,
    scannedAt: at.toISOString(),
    performer: 'nurse-7',
    ...(document === null ? {} : { [isTransfer ? 'transferReference' : 'documentReference']: document }),
    ...(reason === null ? {} : { reason }),
  };
}

/** What a scanner reads from the label: a GS1 DataMatrix with its AIM prefix. */
export function symbolOf({ product, lot, serial, expiry }: DayRecord): string {
  const date = expiry === null ? '' : `17${expiry.slice(2).replaceAll('-', '')}`;
  const more = [lot === null ? '' : `10${lot}`, serial === null ? '' : `21${serial}`].filter((part) => part !== '');
  return `]d201${tradeNumberOf(product)}${date}${more.join('\x1d')}`;
}

/** The trade item number of a product that may be named otherwise. */
export function tradeNumberOf({ scheme, value }: DayRecord['product']): string {
  if (scheme === 'GTIN') return value.padStart(14, '0');
  const [code = ''] = value.split(':').reverse();
  const named = products.find((one) => one.code === code || one.supplierItem === code);
  return gtinOf(named ?? products.find((one) => one.code === 'PROPOFOL-20')!);
}
