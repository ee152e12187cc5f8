import { Decimal, isLocalDate } from '@wardline/event-contracts';
import { isEventId } from '@wardline/event-handling';

/** Turns a value of TypeScript into what avsc writes, and back. Throws with the reason when it does not fit. */
export interface ValueCodec {
  encode(value: unknown): unknown;
  decode(plain: unknown): unknown;
}

const dayMillis = 86_400_000;
/** Earliest time that is read, in milliseconds: the year 0. */
export const earliestMillis = Date.parse('0000-01-01T00:00:00Z');
const maxDecimalBytes = 64;

/** `uuid`: lower case on both sides, checked on both sides. */
export const uuid: ValueCodec = { encode: uuidText, decode: uuidText };

/** `timestamp-millis` as `Date`. */
export const timestampMillis: ValueCodec = {
  encode(value) {
    if (value instanceof Date && !Number.isNaN(value.getTime())) return BigInt(value.getTime());
    throw new Error(`${shown(value)} is not a Date`);
  },
  decode(plain) {
    const date = new Date(Number(plain));
    if (Number.isNaN(date.getTime())) throw new Error(`${shown(plain)} milliseconds is no time that exists`);
    if (date.getTime() < earliestMillis) throw new Error(`${shown(plain)} milliseconds is before the year 0`);
    return date;
  },
};

/** `date` as `YYYY-MM-DD`. */
export const date: ValueCodec = {
  encode(value) {
    if (typeof value === 'string' && isLocalDate(value)) return Date.parse(`${value}T00:00:00Z`) / dayMillis;
    throw new Error(`${shown(value)} is not a day written YYYY-MM-DD`);
  },
  decode(plain) {
    const day = new Date(Number(plain) * dayMillis);
    const year = day.getUTCFullYear();
    if (year >= 0 && year <= 9999) return day.toISOString().slice(0, 10);
    throw new Error(`day ${shown(plain)} is outside of the years 0 to 9999`);
  },
};

/** `decimal(precision, scale)` as `Decimal`, exact both ways: big-endian two's complement of the unscaled number. */
export function decimal(precision: number, scale: number): ValueCodec {
  const limit = 10n ** BigInt(precision);
  const check = (unscaled: bigint, said: string): bigint => {
    if (unscaled < limit && unscaled > -limit) return unscaled;
    throw new Error(`${said} is outside of decimal(${precision},${scale})`);
  };
  return {
    encode(value) {
      if (!Decimal.isDecimal(value) || !value.isFinite()) throw new Error(`${shown(value)} is not a finite Decimal`);
      if (value.decimalPlaces() > scale) throw new Error(`${value.toFixed()} has more than ${scale} fraction digits`);
      if (value.e > precision) throw new Error(`${value.toString()} is outside of decimal(${precision},${scale})`);
      return bytesOf(check(BigInt(value.toFixed(scale).replace('.', '')), value.toFixed()));
    },
    decode(plain) {
      const bytes = plain as Buffer;
      if (bytes.length === 0 || bytes.length > maxDecimalBytes) throw new Error(`a decimal of ${bytes.length} bytes`);
      const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
      return new Decimal(`${check(unscaled, `the unscaled number ${unscaled}`)}e-${scale}`);
    },
  };
}

/** Big-endian two's complement in the fewest bytes, as `java.math.BigInteger.toByteArray` writes it. */
function bytesOf(unscaled: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, unscaled) !== unscaled) length++;
  const hex = BigInt.asUintN(length * 8, unscaled).toString(16);
  return Buffer.from(hex.padStart(length * 2, '0'), 'hex');
}

function uuidText(value: unknown): string {
  if (typeof value === 'string' && isEventId(value)) return value.toLowerCase();
  throw new Error(`${shown(value)} is not a UUID`);
}

/** A value as an error message shows it: its beginning only, since it may be long. */
export function shown(value: unknown): string {
  return beginningOf(typeof value === 'string' ? `"${value}"` : String(value), 80);
}

/** The first characters of a text, none of them cut in half: half a character is no text, and no event can carry it. */
export function beginningOf(text: string, most: number): string {
  return (text.length <= most ? text : `${text.slice(0, most)}…`).toWellFormed();
}
