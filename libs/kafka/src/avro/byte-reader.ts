import { isUtf8 } from 'node:buffer';
import { Decimal } from '@wardline/event-contracts';
import { maxElements } from './avro-structure.js';
import { date, earliestMillis, type ValueCodec } from './logical-types.js';
import { kindOfCharacter, uuidPlaces } from './uuid-characters.js';

/** Thrown for what one pass does not take, be it wrong or merely rare: the thorough way reads it, or says what is wrong. */
export const notInOnePass = new Error('one pass does not take this');

/** What reading and writing of `decimal(precision, scale)` needs. */
export interface DecimalForm {
  readonly scale: number;
  /** Ten to the scale. */
  readonly factor: number;
  /** Ten to the precision: the unscaled number is smaller. */
  readonly limit: number;
  /** For what does not fit the arithmetic of doubles. */
  readonly exact: ValueCodec;
}

/** Bytes of a two's complement that doubles and `Math` keep exact. */
const exactBytes = 6;
const shortText = 24;
const keptTexts = 1024;
/** Days that a reader or a writer remembers; more than ten years of them. */
export const keptDays = 4_096;

/** What Node's buffers can do, and its types do not tell. */
type SliceableBuffer = Buffer & {
  latin1Slice(from: number, to: number): string;
  utf8Slice(from: number, to: number): string;
};

/**
 * Steps through the bytes of a record (Avro 1.12, binary encoding) and checks them on the way: no length is believed, and
 * nothing beyond the record's own values is allocated. Throws {@link notInOnePass}.
 */
export class ByteReader {
  private bytes = Buffer.alloc(0) as SliceableBuffer;
  private at = 0;
  private end = 0;
  private elements = 0;
  /** Texts read lately: codes, units and places come again and again. */
  private readonly texts = new Array<string | undefined>(keptTexts).fill(undefined);
  /** Days read lately: expiry dates are few. */
  private readonly days = new Map<number, string>();

  /** Reads exactly one value that fills all of the bytes. */
  whole<T>(bytes: Buffer, read: (reader: ByteReader) => T): T {
    this.bytes = bytes as SliceableBuffer;
    this.at = 0;
    this.end = bytes.length;
    this.elements = maxElements;
    const value = read(this);
    if (this.at !== this.end) throw notInOnePass;
    return value;
  }

  /** A variable-length zigzag number of at most 49 bits. */
  number(): number {
    const first = this.bytes[this.at]!;
    if (first < 0x80) {
      this.at += 1;
      return (first >>> 1) ^ -(first & 1);
    }
    let raw = 0;
    let factor = 1;
    for (let index = 0; index < 7; index += 1) {
      const at = this.at + index;
      if (at >= this.end) throw notInOnePass;
      const byte = this.bytes[at]!;
      raw += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        this.at = at + 1;
        const half = Math.floor(raw / 2);
        return (first & 1) === 0 ? half : -half - 1;
      }
      factor *= 128;
    }
    throw notInOnePass;
  }

  long(): bigint {
    return BigInt(this.number());
  }

  int(): number {
    const value = this.number();
    if (value !== (value | 0)) throw notInOnePass;
    return value;
  }

  boolean(): boolean {
    const byte = this.at < this.end ? this.bytes[this.at]! : 2;
    if (byte > 1) throw notInOnePass;
    this.at += 1;
    return byte === 1;
  }

  string(): string {
    const length = this.number();
    const from = this.taken(length);
    return length <= shortText ? this.shortText(from, length) : this.longText(from, length);
  }

  /** A UUID in lower case; others are rare. */
  uuid(): string {
    if (this.number() !== 36) throw notInOnePass;
    const from = this.taken(36);
    const { bytes } = this;
    for (let index = 0; index < 36; index += 1)
      if (kindOfCharacter[bytes[from + index]!] !== uuidPlaces[index]) throw notInOnePass;
    return bytes.latin1Slice(from, from + 36);
  }

  timestamp(): Date {
    const millis = this.number();
    if (millis < earliestMillis) throw notInOnePass;
    return new Date(millis);
  }

  day(): string {
    const number = this.int();
    const known = this.days.get(number);
    if (known !== undefined) return known;
    const day = date.decode(number) as string;
    if (this.days.size >= keptDays) this.days.clear();
    this.days.set(number, day);
    return day;
  }

  decimal({ factor, limit, exact }: DecimalForm): Decimal {
    const length = this.number();
    const from = this.taken(length);
    if (length === 0) throw notInOnePass;
    if (length > exactBytes) return exact.decode(this.bytes.subarray(from, from + length)) as Decimal;
    let unscaled = (this.bytes[from]! << 24) >> 24;
    for (let index = 1; index < length; index += 1) unscaled = unscaled * 256 + this.bytes[from + index]!;
    if (unscaled >= limit || unscaled <= -limit) throw notInOnePass;
    // Below 2^47 it has at most 15 digits, which a double gives back as they were.
    return new Decimal(unscaled / factor);
  }

  /** The ordinal of one of `count` symbols. */
  symbol(count: number): number {
    const ordinal = this.number();
    if (ordinal < 0 || ordinal >= count) throw notInOnePass;
    return ordinal;
  }

  /** Which of two branches follows. */
  branch(): number {
    return this.symbol(2);
  }

  list<T>(read: (reader: ByteReader) => T): T[] {
    const items: T[] = [];
    for (;;) {
      const count = this.number();
      if (count === 0) return items;
      this.elements -= count;
      // A negative count comes with the size of its block, which hardly anyone writes.
      if (count < 0 || count > this.end - this.at || this.elements < 0) throw notInOnePass;
      for (let left = count; left > 0; left -= 1) {
        const before = this.at;
        items.push(read(this));
        if (this.at === before) throw notInOnePass;
      }
    }
  }

  /** Steps over so many bytes; answers where they begin. */
  private taken(length: number): number {
    const from = this.at;
    if (length < 0 || length > this.end - from) throw notInOnePass;
    this.at = from + length;
    return from;
  }

  private shortText(from: number, length: number): string {
    const { bytes, texts } = this;
    let hash = length;
    for (let at = from; at < from + length; at += 1) {
      const byte = bytes[at]!;
      if (byte >= 0x80) return this.longText(from, length);
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const slot = (hash ^ (hash >>> 12)) & (keptTexts - 1);
    const kept = texts[slot];
    if (kept !== undefined && kept.length === length && isAt(kept, bytes, from)) return kept;
    const text = bytes.latin1Slice(from, from + length);
    texts[slot] = text;
    return text;
  }

  private longText(from: number, length: number): string {
    if (!isUtf8(this.bytes.subarray(from, from + length))) throw notInOnePass;
    return this.bytes.utf8Slice(from, from + length);
  }
}

function isAt(text: string, bytes: Buffer, from: number): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== bytes[from + index]) return false;
  return true;
}
