import { readFeed, type FileFeed } from '../src/file-intake/feed.js';

/** A pharmacy's export as a spreadsheet in Germany writes it; overrides say what the test is about. */
export function pharmacyFeed(overrides: Readonly<Record<string, unknown>> = {}): FileFeed {
  return feed({
    name: 'pharmacy-export',
    complete: 'renamed',
    format: { type: 'csv', encoding: 'windows-1252', separator: ';' },
    timeZone: 'Europe/Berlin',
    ...{ decimal: ',', thousands: '.', rowId: ['Beleg', 'Pos'] },
    fields: {
      kind: { column: 'Art', values: { V: 'USED', W: 'WASTED', R: 'RETURNED', S: 'REVERSED' } },
      itemScheme: { constant: 'INTERNAL' },
      item: { column: 'Artikel' },
      location: { column: 'Station', values: { '4711': 'NORTH-ICU' } },
      lotNumber: { column: 'Charge' },
      expiryDate: { at: { column: 'Verfall' }, format: 'MM/yyyy' },
      time: { at: { column: ['Datum', 'Zeit'] }, format: 'dd.MM.yyyy HH:mm' },
      quantity: { column: 'Menge' },
      unit: { column: 'Einheit', values: { Stück: 'EA', St: 'EA' }, default: 'EA' },
      reverses: { column: 'Storno zu' },
    },
    ...overrides,
  });
}

/** A cabinet that writes JSON Lines with what its scanner read. */
export function cabinetFeed(overrides: Readonly<Record<string, unknown>> = {}): FileFeed {
  return feed({
    name: 'cabinet-lines',
    complete: 'renamed',
    format: { type: 'jsonl' },
    ...{ timeZone: 'UTC', rowId: ['id'] },
    fields: {
      kind: { constant: 'USED' },
      itemScheme: { constant: 'SCAN' },
      item: { column: 'item.scan' },
      location: { column: 'place' },
      time: { at: { column: 'at' }, format: 'iso' },
      quantity: { column: 'amount' },
      unit: { constant: 'EA' },
    },
    ...overrides,
  });
}

/** The header of the pharmacy's files. */
export const pharmacyHeader = 'Beleg;Pos;Art;Artikel;Station;Charge;Verfall;Datum;Zeit;Menge;Einheit;Storno zu';

/** A row of the pharmacy's files. */
export function pharmacyRow(receipt: string, overrides: Readonly<Record<string, string>> = {}): string {
  const cells: Record<string, string> = {
    ...{
      Beleg: receipt,
      Pos: '1',
      Art: 'V',
      Artikel: 'GLOVE-M',
      Station: '4711',
      Charge: 'L2411A',
      Verfall: '03/2027',
    },
    ...{ Datum: '21.11.2026', Zeit: '08:15', Menge: '2', Einheit: 'Stück', 'Storno zu': '' },
    ...overrides,
  };
  return pharmacyHeader
    .split(';')
    .map((column) => cells[column])
    .join(';');
}

function feed(given: unknown): FileFeed {
  const read = readFeed(given);
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.feed;
}
