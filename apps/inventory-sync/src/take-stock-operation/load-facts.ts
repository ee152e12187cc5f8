import { Injectable } from '@nestjs/common';
import type { EventId, StockOperationRecorded } from '@wardline/event-contracts';
import { isEventId, type Transaction } from '@wardline/event-handling';
import type { Product } from '../master-data.js';
import { MasterDataStore, type MasterDataFound } from '../master-data.store.js';
import { isQuarantine, locationBeside, quarantineOf } from '../movement.js';
import { StockLedger } from '../stock-ledger.store.js';
import { StockOperationStore, type OperationRow } from '../stock-operation.store.js';
import type { Piece } from '../stock-picture.js';
import { StockPictureStore, type Sought } from '../stock-picture.store.js';
import { odooUnitNames } from '@wardline/units-of-measure';
import { FactBook } from './fact-book.js';
import { isFinding } from './finding.js';
import { given, productName } from './place-operation.js';
import type { SettledOperation } from './stock-operation.js';

/** Reads what the decisions about a run of records rest on, with the locks that keep it true until the commit. */
@Injectable()
export class FactLoader {
  constructor(
    private readonly operations: StockOperationStore,
    private readonly masterData: MasterDataStore,
    private readonly ledger: StockLedger,
    private readonly pictures: StockPictureStore,
  ) {}

  /** The facts of the records of one batch, in their order. */
  async load(tx: Transaction, asSent: readonly StockOperationRecorded[]): Promise<FactBook> {
    const records = asSent.map(withStorableNames);
    const [firstOfSequence, known] = await Promise.all([
      this.operations.claimSequences(tx, records),
      this.masterData.find(tx, queryOf(records)),
    ]);
    const settled = await this.#settled(tx, records);
    const stock = await this.pictures.take(tx, soughtBy(records, known, [...settled.values()]));
    return new FactBook({ firstOfSequence, settled, known, stock });
  }

  async #settled(tx: Transaction, records: readonly StockOperationRecorded[]): Promise<Map<EventId, SettledOperation>> {
    const reversed = records.flatMap(({ reverses }) => (reverses !== null && isEventId(reverses) ? [reverses] : []));
    const [rows, booked] = await Promise.all([
      this.operations.settled(tx, [...records.map(({ eventId }) => eventId), ...reversed]),
      this.ledger.originals(tx, reversed, 'warehouse.scan'),
    ]);
    const movements = new Map(booked.map(({ movement }) => [movement.sourceEventId, movement]));
    return new Map([...rows].map(([id, row]) => [id, settledOperation(row, movements.get(id) ?? null)]));
  }
}

function settledOperation(
  row: OperationRow,
  movement: Extract<SettledOperation, { outcome: 'accepted' }>['movement'],
): SettledOperation {
  const { event_id: eventId, reversed_by: reversedBy, operation, quantity } = row;
  if (row.outcome === 'refused') return { outcome: 'refused', eventId, code: row.code };
  const placed = {
    ...{ operation, quantity, productCode: row.product_code, locationCode: row.location_code },
    ...{ lotNumber: row.lot_number, serialNumber: row.serial_number, occurredAt: row.occurred_at },
  };
  return { outcome: 'accepted', eventId, placed, movement, reversedBy };
}

function queryOf(records: readonly StockOperationRecorded[]) {
  const names = records.flatMap(({ product }) => {
    const name = productName(product);
    return isFinding(name) ? [] : [name];
  });
  const of = (scheme: string): string[] => names.filter((name) => name.scheme === scheme).map(({ value }) => value);
  return {
    productCodes: of('INTERNAL'),
    gtins: of('GTIN'),
    locations: [...new Set(records.flatMap(placesOf))],
    lots: records.flatMap((record) => [given(record.lotNumber) ?? [], given(record.serialNumber) ?? []].flat()),
    units: [...new Set(records.flatMap(({ unit }) => odooUnitNames(unit.trim())))],
    withRules: records.some(({ operation }) => operation === 'RECEIVED'),
  };
}

function placesOf({ location, toLocation }: StockOperationRecorded): string[] {
  return [location, ...(toLocation === null ? [] : [toLocation])].map(({ value }) => locationBeside(value.trim()));
}

function soughtBy(
  records: readonly StockOperationRecorded[],
  known: MasterDataFound,
  settled: readonly SettledOperation[],
): Sought {
  const undone = settled.flatMap((original) => (original.outcome === 'accepted' ? (original.movement ?? []) : []));
  const places = known.locations.flatMap(({ code }) => [code, quarantineOf(code)]);
  const asked = records.flatMap((record) => productsOf(record, known).map((product) => [record, product] as const));
  return {
    pieces: [...undone, ...asked.map(([record, product]) => pieceOf(record, product))],
    places: [...places, ...undone.flatMap(({ fromLocation, toLocation }) => [fromLocation, toLocation])],
    documents: records.flatMap(({ expectedQuantity, documentReference }) =>
      expectedQuantity === null ? [] : (given(documentReference) ?? []),
    ),
    transferReferences: [...records, ...undone].flatMap(({ transferReference }) => given(transferReference) ?? []),
    then: asked
      .filter(([{ operation, occurredAt }]) => operation === 'COUNTED' && !Number.isNaN(occurredAt.getTime()))
      .flatMap(([record, product]) =>
        placesFor(record, known).map((location) => ({ location, at: record.occurredAt, ...pieceOf(record, product) })),
      ),
  };
}

function productsOf({ product }: StockOperationRecorded, { products }: MasterDataFound): readonly Product[] {
  const name = productName(product);
  if (isFinding(name)) return [];
  return products.filter(({ code, gtins }) =>
    name.scheme === 'GTIN' ? gtins.includes(name.value) : code === name.value,
  );
}

function placesFor({ location }: StockOperationRecorded, { locations }: MasterDataFound): string[] {
  const text = location.value.trim();
  const name = locationBeside(text);
  const codes = locations.filter((known) => known.code === name || known.name === name).map(({ code }) => code);
  return isQuarantine(text) ? codes.map(quarantineOf) : codes;
}

/** The lot or serial by which the product is told apart, as the record names it. */
function pieceOf(record: StockOperationRecorded, { code, tracking }: Product): Piece {
  return {
    productCode: code,
    lotNumber: tracking === 'LOT' ? given(record.lotNumber) : null,
    serialNumber: tracking === 'SERIAL' ? given(record.serialNumber) : null,
  };
}

/** Postgres refuses NUL in texts. A record with one is refused for it; until then nothing is to be found under its names. */
function withStorableNames(record: StockOperationRecorded): StockOperationRecorded {
  const storable = <T extends string | null>(text: T): T => (text?.replaceAll('\0', '\u2400') ?? null) as T;
  const place = <P extends { readonly value: string }>(named: P): P => ({ ...named, value: storable(named.value) });
  return {
    ...record,
    product: place(record.product),
    location: place(record.location),
    toLocation: record.toLocation === null ? null : place(record.toLocation),
    lotNumber: storable(record.lotNumber),
    serialNumber: storable(record.serialNumber),
    transferReference: storable(record.transferReference),
    documentReference: storable(record.documentReference),
    unit: storable(record.unit),
  };
}
