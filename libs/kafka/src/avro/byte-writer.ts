import { Decimal } from '@wardline/event-contracts';
import { date } from './logical-types.js';
import { keptDays, notInOnePass, type DecimalForm } from './byte-reader.js';
import { frameLength, magicByte } from './confluent-frame.js';
import { kindOfCharacter, uuidKind, uuidPlaces } from './uuid-characters.js';

const usualBytes = 4_096;
const mostKeptBytes = 65_536;
/** Numbers within this are written by the arithmetic of doubles. */
const exactLimit = 2 ** 47;
const exactBigint = BigInt(exactLimit);
const shortText = 48;
/** Digits of decimal.js come in groups of seven, which meet at the decimal point. */
const group = 1e7;

/**
 * Writes the bytes of a record (Avro 1.12, binary encoding) behind the five bytes of its frame and checks the values on the
 * way. Throws {@link notInOnePass}.
 */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(usualBytes);
  private at = 0;
  /** Days written lately: expiry dates are few. */
  private readonly days = new Map<unknown, number>();

  /** One value behind byte 0 and the id of its schema. */
  framed(schemaId: number, value: unknown, write: (writer: ByteWriter, value: unknown) => void): Buffer {
    if (this.bytes.length > mostKeptBytes) this.bytes = Buffer.allocUnsafe(usualBytes);
    this.bytes[0] = magicByte;
    this.bytes.writeInt32BE(schemaId, 1);
    this.at = frameLength;
    write(this, value);
    const framed = Buffer.allocUnsafe(this.at);
    this.bytes.copy(framed, 0, 0, this.at);
    return framed;
  }

  /** A whole number within 48 bits. */
  number(value: number): void {
    this.room(8);
    if (value >= -64 && value < 64) {
      this.bytes[this.at] = (value << 1) ^ (value >> 31);
      this.at += 1;
      return;
    }
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    while (rest >= 0x80) {
      this.bytes[this.at] = (rest & 0x7f) | 0x80;
      this.at += 1;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at] = rest;
    this.at += 1;
  }

  long(value: unknown): void {
    if (typeof value !== 'bigint' || value >= exactBigint || value <= -exactBigint) throw notInOnePass;
    this.number(Number(value));
  }

  int(value: unknown): void {
    if (typeof value !== 'number' || value !== (value | 0)) throw notInOnePass;
    this.number(value);
  }

  boolean(value: unknown): void {
    if (typeof value !== 'boolean') throw notInOnePass;
    this.room(1);
    this.bytes[this.at] = value ? 1 : 0;
    this.at += 1;
  }

  string(value: unknown): void {
    if (typeof value !== 'string') throw notInOnePass;
    if (value.length <= shortText && this.shortText(value)) return;
    if (!value.isWellFormed()) throw notInOnePass;
    const length = Buffer.byteLength(value);
    this.number(length);
    this.room(length);
    this.at += this.bytes.write(value, this.at, length, 'utf8');
  }

  uuid(value: unknown): void {
    if (typeof value !== 'string' || value.length !== 36) throw notInOnePass;
    this.room(37);
    const { bytes } = this;
    bytes[this.at] = 72;
    for (let index = 0; index < 36; index += 1) {
      const code = value.charCodeAt(index);
      const kind = code < 128 ? kindOfCharacter[code] : 0;
      const isCapital = kind === uuidKind.capital;
      if ((isCapital ? uuidKind.digit : kind) !== uuidPlaces[index]) throw notInOnePass;
      bytes[this.at + 1 + index] = isCapital ? code | 0x20 : code;
    }
    this.at += 37;
  }

  timestamp(value: unknown): void {
    if (!(value instanceof Date)) throw notInOnePass;
    const millis = value.getTime();
    if (!(millis < exactLimit && millis > -exactLimit)) throw notInOnePass;
    this.number(millis);
  }

  day(value: unknown): void {
    const known = this.days.get(value);
    if (known !== undefined) return this.number(known);
    const number = date.encode(value) as number;
    if (this.days.size >= keptDays) this.days.clear();
    this.days.set(value, number);
    this.number(number);
  }

  decimal(value: unknown, form: DecimalForm): void {
    const unscaled = Decimal.isDecimal(value) ? unscaledOf(value, form) : undefined;
    if (unscaled === undefined) {
      const bytes = form.exact.encode(value) as Buffer;
      this.number(bytes.length);
      this.room(bytes.length);
      this.at += bytes.copy(this.bytes, this.at);
      return;
    }
    let length = 1;
    for (let bound = 128; unscaled >= bound || unscaled < -bound; bound *= 256) length += 1;
    this.number(length);
    this.room(length);
    let rest = unscaled;
    for (let at = this.at + length - 1; at >= this.at; at -= 1) {
      this.bytes[at] = rest & 0xff;
      rest = Math.floor(rest / 256);
    }
    this.at += length;
  }

  /** Writes nothing: a record is its fields. */
  record(value: unknown): void {
    if (typeof value !== 'object' || value === null) throw notInOnePass;
  }

  /** The ordinal of a symbol. */
  symbol(value: unknown, ordinals: ReadonlyMap<unknown, number>): void {
    const ordinal = ordinals.get(value);
    if (ordinal === undefined) throw notInOnePass;
    this.number(ordinal);
  }

  list(value: unknown, write: (writer: ByteWriter, item: unknown) => void): void {
    if (!Array.isArray(value)) throw notInOnePass;
    if (value.length > 0) {
      this.number(value.length);
      for (const item of value) write(this, item);
    }
    this.number(0);
  }

  private shortText(value: string): boolean {
    const { length } = value;
    this.room(length + 1);
    const { bytes, at } = this;
    bytes[at] = length << 1;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code >= 0x80) return false;
      bytes[at + 1 + index] = code;
    }
    this.at = at + 1 + length;
    return true;
  }

  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + length));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

/** The unscaled number of an everyday quantity; undefined for what the exact way has to take or refuse. */
function unscaledOf({ s, e, d }: Decimal, { scale, factor, limit }: DecimalForm): number | undefined {
  if (!(e >= 0 && e <= 6) || scale > 7 || d.length > 2) return undefined;
  const fraction = d.length === 2 ? d[1]! / (group / factor) : 0;
  const unscaled = s * (d[0]! * factor + fraction);
  return Number.isInteger(fraction) && unscaled < limit && unscaled > -limit ? unscaled + 0 : undefined;
}
