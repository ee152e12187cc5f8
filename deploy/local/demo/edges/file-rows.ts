import type { DayRecord } from '../generator/record.ts';
import { symbolOf } from './scan.ts';

const acts: Readonly<Partial<Record<DayRecord['what'], string>>> = {
  USED: 'V',
  WASTED: 'W',
  RETURNED: 'R',
  REVERSED: 'S',
};
const columns = [
  ...['Beleg', 'Pos', 'Art', 'Schema', 'Artikel', 'Lieferant', 'Station', 'Charge', 'Seriennummer', 'Datum', 'Zeit'],
  ...['Menge', 'Einheit', 'Storno zu', 'Grund'],
];

/** A file as the pharmacy exports it: `feeds/pharmacy-export.json` says what its columns mean. */
export function pharmacyFile(records: readonly DayRecord[]): Buffer {
  const rows = records.map((record) => cellsOf(record.repeats ?? record).join(';'));
  // Every letter in it is the same in ISO 8859-1 and windows-1252.
  return Buffer.from([columns.join(';'), ...rows, ''].join('\r\n'), 'latin1');
}

function cellsOf(record: DayRecord): string[] {
  const { what, product, place, lot, serial, at, quantity, unit, reason } = record;
  const [item = '', supplier = ''] = product.value.split(':').reverse();
  const stamp = at.toISOString();
  const [date = '', time = ''] = stamp.split('T');
  const taken = what === 'REVERSED' ? `${record.reverses?.id ?? `nothing of ${record.id}`}/1` : '';
  return [
    ...[record.usesNumberOf?.id ?? record.id, '1', acts[what]!, product.scheme, item, supplier],
    ...[place, lot ?? '', serial ?? ''],
    ...[date.split('-').reverse().join('.'), time, quantity.replace('.', ','), unit],
    ...[taken, reason ?? ''],
  ];
}

/** A file as a cabinet writes it, with what its scanner read: `feeds/cabinet-lines.json`. */
export function cabinetFile(records: readonly DayRecord[]): Buffer {
  const lines = records.map((record) => JSON.stringify(lineOf(record.repeats ?? record)));
  return Buffer.from(`${lines.join('\n')}\n`);
}

function lineOf(record: DayRecord): object {
  const { what, place, at, quantity, reason, reverses } = record;
  return {
    ...{ id: record.usesNumberOf?.id ?? record.id, kind: what, item: { scan: symbolOf(record) }, place },
    ...{ at: at.toISOString(), amount: quantity },
    ...(what === 'REVERSED' ? { undoes: reverses?.id ?? `nothing of ${record.id}` } : {}),
    ...(reason === null ? {} : { why: reason }),
  };
}
