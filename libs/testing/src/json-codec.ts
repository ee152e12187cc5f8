import { Decimal, recordTypes } from '@wardline/event-contracts';
import type { BusinessEvent, DecodeResult, EventCodec } from '@wardline/event-handling';

/**
 * A codec for tests of what does not care about Avro: JSON with the record's name, exact for dates, decimals and longs.
 * `!` as the value reads as undecodable, an empty one as empty; data with a `poison` field cannot be encoded.
 */
export const jsonCodec: EventCodec = {
  encode({ type, data }: BusinessEvent): Buffer {
    if ('poison' in data) throw new Error(`${type.fullName}: poison is not a field of the schema`);
    const tagged = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, tag(value)]));
    return Buffer.from(JSON.stringify({ type: type.fullName, data: tagged }));
  },
  decode(_topic: string, value: Buffer | null): DecodeResult {
    if (value === null || value.length === 0)
      return { ok: false, code: 'EMPTY_VALUE', message: 'the message has no value' };
    if (value.toString() === '!') return { ok: false, code: 'UNDECODABLE', message: 'the bytes are not a record' };
    const { type, data } = JSON.parse(value.toString()) as { type: string; data: Record<string, unknown> };
    if (!recordTypes.has(type)) return { ok: false, code: 'UNKNOWN_TYPE', message: `${type} is not in the catalogue` };
    return {
      ok: true,
      typeName: type,
      data: Object.fromEntries(Object.entries(data).map(([name, field]) => [name, untag(field)])),
    };
  },
};

function tag(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Decimal) return { $decimal: value.toString() };
  if (typeof value === 'bigint') return { $long: String(value) };
  return value;
}

function untag(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$date' in value) return new Date(value.$date as string);
  if ('$decimal' in value) return new Decimal(value.$decimal as string);
  if ('$long' in value) return BigInt(value.$long as string);
  return value;
}
