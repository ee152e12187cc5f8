import { replace } from './kafkajs-replacement.js';

/*
 * How kafkajs 2.2.4 reads a record, replaced by an equal. It copies all headers that it has for each further one, which takes
 * seconds for ten thousand of them, and gathers them in an object with a `constructor` and a `toString` of its own, so that
 * a header of that name comes with a function for a value.
 */

const logAppendTime = 1;

/** kafkajs' reader of bytes, as far as a record needs it. */
interface Decoder {
  readInt8(): number;
  readVarInt(): number;
  readVarLong(): { readonly value: bigint };
  readVarIntBytes(): Buffer | null;
  readVarIntString(): string;
  readVarIntArray<T>(read: (decoder: Decoder) => T): T[];
}

/** What kafkajs knows of the batch around a record. Offsets and times are texts. */
export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp?: string;
  readonly timestampType?: number;
  readonly magicByte: number;
  readonly isControlBatch?: boolean;
}

type HeaderValues = Buffer | null | (Buffer | null)[];

/** A record of a batch with magic 2 (Kafka protocol, "Record"); of a header that comes several times, all values. */
export function decodeRecord(decoder: Decoder, batchContext: BatchContext): Record<string, unknown> {
  const { firstOffset, firstTimestamp, maxTimestamp, timestampType, magicByte, isControlBatch } = batchContext;
  const attributes = decoder.readInt8();
  const sinceFirst = decoder.readVarLong().value;
  const appended = timestampType === logAppendTime ? maxTimestamp : undefined;
  return {
    magicByte,
    attributes,
    timestamp: appended ?? String(BigInt(firstTimestamp) + sinceFirst),
    offset: String(BigInt(firstOffset) + BigInt(decoder.readVarInt())),
    key: decoder.readVarIntBytes(),
    value: decoder.readVarIntBytes(),
    headers: gathered(decoder.readVarIntArray(readHeader)),
    isControlRecord: isControlBatch ?? false,
    batchContext,
  };
}

function readHeader(decoder: Decoder): readonly [name: string, value: Buffer | null] {
  return [decoder.readVarIntString(), decoder.readVarIntBytes()];
}

function gathered(headers: readonly (readonly [string, Buffer | null])[]): Record<string, HeaderValues> {
  const byName = new Map<string, HeaderValues>();
  for (const [name, value] of headers) {
    const before = byName.get(name);
    if (Array.isArray(before)) before.push(value);
    else byName.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(byName);
}

replace('kafkajs/src/protocol/recordBatch/record/v0/decoder.js', decodeRecord);
