import { createHash } from 'node:crypto';
import { Decimal } from '@wardline/event-contracts';
import { isRefusal, parseBarcode } from '@wardline/barcodes';
import { columnsOf, type FeedField, type FileFeed, type Place } from './feed.js';
import { shown, type FileProblem } from './problem.js';
import { dayIn, instantIn } from './row-time.js';
import type { TableRow } from './table-rows.js';

/** What a row tells, as a consumption record before it has an identity. */
export interface ProposedRow {
  readonly kind: 'USED' | 'WASTED' | 'RETURNED' | 'REVERSED';
  /** Row id of the row that it takes back. */
  readonly reverses: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly occurredAt: number;
  readonly product: { readonly scheme: ProductScheme; readonly value: string; readonly supplierCode: string | null };
  readonly location: { readonly scheme: 'CODE' | 'GLN'; readonly value: string };
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  readonly quantity: string;
  readonly unit: string;
  readonly reason: string | null;
}

type ProductScheme = 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';

/** A row as read: what it tells, or everything that keeps it from being taken. */
export interface RowReading {
  readonly row: number;
  readonly line: number;
  /** The row's own id; null for a feed that has none, or where its cell is empty. */
  readonly rowId: string | null;
  readonly record: ProposedRow | null;
  readonly problems: readonly FileProblem[];
}

/** Reads a row by its feed. Pure; never throws. */
export function readRow(table: TableRow, feed: FileFeed): RowReading {
  const { row, line } = table;
  if (table.problem !== null) return { row, line, rowId: null, record: null, problems: [table.problem] };
  const cells = new RowCells(table, feed);
  const rowId = feed.rowId === 'place' ? null : cells.rowId(feed.rowId);
  const record = readRecord(cells, feed, rowId);
  return { row, line, rowId, record: cells.problems.length === 0 ? record : null, problems: cells.problems };
}

/** SHA-256 of what a row tells. */
export function meaningOf(record: ProposedRow): Buffer {
  return createHash('sha256').update(JSON.stringify(record)).digest();
}

function readRecord(cells: RowCells, feed: FileFeed, rowId: string | null): ProposedRow {
  const { fields } = feed;
  const amount = cells.quantity();
  const negative = amount.isNegative() && !amount.isZero() ? feed.negativeQuantity : undefined;
  const kind = negative ?? cells.oneOf('kind', kinds);
  const occurredAt = cells.instant();
  const { product, ...identity } = cells.item(occurredAt);
  const reverses = fields.reverses === undefined ? null : cells.optional('reverses');
  return {
    kind,
    reverses: kind === 'REVERSED' ? (reverses ?? (negative === undefined ? null : rowId)) : null,
    occurredAt: occurredAt.getTime(),
    product,
    location: { scheme: cells.oneOf('locationScheme', ['CODE', 'GLN']), value: cells.required('location') },
    ...identity,
    quantity: (negative === undefined ? amount : amount.abs()).toFixed(),
    unit: cells.required('unit'),
    reason: cells.optional('reason'),
  };
}

const kinds = ['USED', 'WASTED', 'RETURNED', 'REVERSED'] as const;
const schemes = ['INTERNAL', 'GTIN', 'NDC', 'SUPPLIER_ITEM', 'SCAN'] as const;

/** The cells of one row by the feed's fields; what is wrong with them gathers in `problems`. */
class RowCells {
  readonly problems: FileProblem[] = [];

  constructor(
    private readonly row: TableRow,
    private readonly feed: FileFeed,
  ) {}

  rowId(columns: readonly string[]): string | null {
    const parts = columns.map((column) => this.row.cell(column));
    const empty = columns.find((_, place) => parts[place] === '');
    if (empty === undefined) return storable(parts.join('/'));
    this.#wrong('ROW_ID_MISSING', `Column ${shown(empty)} is empty; it identifies the row.`);
    return null;
  }

  required(field: FeedField): string {
    const value = this.optional(field);
    if (value === null) this.#wrong('VALUE_MISSING', `${this.#where(field)} is empty.`);
    return value ?? '';
  }

  optional(field: FeedField): string | null {
    const at = this.feed.fields[field];
    if (at === undefined) return null;
    const value = this.#text('at' in at ? at.at : at, field);
    if (value === null || value === '') return null;
    const most = field === 'reason' ? 10_000 : 250;
    if (value.length <= most && value === storable(value)) return value;
    this.#wrong('TEXT_INVALID', `${this.#where(field)} has ${value.length} characters (at most ${most}), or NUL.`);
    return null;
  }

  oneOf<Value extends string>(field: FeedField, values: readonly Value[]): Value {
    const value = this.required(field);
    const known = values.find((one) => one === value);
    if (known === undefined && value !== '')
      this.#wrong('CODE_UNKNOWN', `${this.#where(field)} says ${shown(value)}, which is none of ${values.join(', ')}.`);
    return known ?? values[0]!;
  }

  quantity(): Decimal {
    const text = this.required('quantity');
    const { decimal, thousands, negativeQuantity } = this.feed;
    const plain = (thousands === undefined ? text : text.replaceAll(thousands, '')).replace(decimal, '.');
    const readable =
      /^[+-]?\d{1,12}(?:\.\d{1,6})?$/.test(plain) && (decimal === '.' || !text.includes('.') || thousands === '.');
    const amount = new Decimal(readable ? plain : 1);
    if (!readable && text !== '')
      this.#wrong(
        'QUANTITY_INVALID',
        `${this.#where('quantity')} says ${shown(text)}: no number of at most 12 digits and 6 decimals with ${decimal} as decimal sign.`,
      );
    if (amount.isNegative() && negativeQuantity === undefined)
      this.#wrong(
        'QUANTITY_NEGATIVE',
        `${this.#where('quantity')} says ${shown(text)}, and the feed does not say what a quantity below zero means.`,
      );
    return amount;
  }

  instant(): Date {
    const text = this.required('time');
    const { format } = this.feed.fields.time;
    const read = instantIn(text, format, this.feed.timeZone);
    if (read === null && text !== '')
      this.#wrong(
        'TIME_INVALID',
        `${this.#where('time')} says ${shown(text)}, which is no time of the form ${format}.`,
      );
    return read ?? new Date(0);
  }

  item(occurredAt: Date): Pick<ProposedRow, 'product' | 'lotNumber' | 'serialNumber' | 'expiryDate'> {
    const scheme = this.oneOf('itemScheme', schemes);
    const value = this.required('item');
    const given = {
      lotNumber: this.optional('lotNumber'),
      serialNumber: this.optional('serialNumber'),
      expiryDate: this.#expiry(),
    };
    if (scheme !== 'SCAN') {
      const supplierCode = scheme === 'SUPPLIER_ITEM' ? this.required('supplierCode') : null;
      return { product: { scheme, value, supplierCode }, ...given };
    }
    const scan = value === '' ? null : parseBarcode(value, { referenceDate: occurredAt.toISOString().slice(0, 10) });
    const product = { scheme: 'GTIN' as const, value: '', supplierCode: null };
    if (scan === null) return { product, ...given };
    if (isRefusal(scan)) {
      this.#wrong('SCAN_INVALID', `${this.#where('item')}: ${scan.message}`, scan.remedy);
      return { product, ...given };
    }
    const { deviceIdentifier: device, lotNumber = null, serialNumber = null, expiryDate = null } = scan;
    if (device?.scheme !== 'GTIN')
      this.#wrong('SCAN_INVALID', `${this.#where('item')} says ${shown(value)}, which names no GTIN.`);
    return {
      product: { ...product, value: device?.value ?? '' },
      lotNumber: given.lotNumber ?? lotNumber,
      serialNumber: given.serialNumber ?? serialNumber,
      expiryDate: given.expiryDate ?? expiryDate,
    };
  }

  #expiry(): string | null {
    const text = this.optional('expiryDate');
    const format = this.feed.fields.expiryDate?.format;
    if (text === null || format === undefined) return null;
    const day = dayIn(text, format, this.feed.timeZone);
    if (day === null)
      this.#wrong(
        'DATE_INVALID',
        `${this.#where('expiryDate')} says ${shown(text)}, which is no day of the form ${format}.`,
      );
    return day;
  }

  #text(at: Place, field: FeedField): string | null {
    if ('constant' in at) return at.constant;
    const text = columnsOf(at)
      .map((column) => this.row.cell(column))
      .join(' ')
      .trim();
    if (text === '') return at.default ?? null;
    if (at.values === undefined) return text;
    if (Object.hasOwn(at.values, text)) return at.values[text]!;
    this.#wrong(
      'CODE_UNKNOWN',
      `${this.#where(field)} says ${shown(text)}, and the feed knows ${Object.keys(at.values).map(shown).join(', ')}.`,
    );
    return null;
  }

  #where(field: FeedField): string {
    const at = this.feed.fields[field];
    const columns = at === undefined ? [] : columnsOf('at' in at ? at.at : at);
    return columns.length === 0 ? `The field ${field}` : `Column ${columns.map(shown).join(' with ')} (${field})`;
  }

  #wrong(
    code: string,
    message: string,
    remedy = 'Correct the row and send it again, or correct the feed when the row is right.',
  ): void {
    if (code === 'VALUE_MISSING' && this.problems.some((problem) => problem.code === 'CODE_UNKNOWN')) return;
    this.problems.push({ code, message, remedy, owner: code === 'CODE_UNKNOWN' ? 'feed-keeper' : 'source-system' });
  }
}

/** Text that Postgres and UTF-8 can hold: without NUL and half characters. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
