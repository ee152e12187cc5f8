/** Element types of Postgres by their oid (pg_type.dat). */
const textOid = 25;
const byteaOid = 17;
const headerBytes = 20;

/**
 * A `text[]` as a parameter in Postgres' binary format (array_recv: dimensions, nulls, element type, length, lower bound, then
 * each element behind its length). The text format would have every quote escaped here and taken apart again there, which
 * costs more than the insert itself. `null` within is not taken.
 */
export function textArray(values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value));
  return arrayOf(textOid, lengths, (array, at, index) => array.write(values[index]!, at, 'utf8'));
}

/** A `bytea[]` as a parameter in Postgres' binary format; see {@link textArray}. */
export function byteaArray(values: readonly Buffer[]): Buffer {
  const lengths = values.map((value) => value.length);
  return arrayOf(byteaOid, lengths, (array, at, index) => values[index]!.copy(array, at));
}

function arrayOf(
  elementType: number,
  lengths: readonly number[],
  write: (array: Buffer, at: number, index: number) => void,
): Buffer {
  const array = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, headerBytes));
  array.writeInt32BE(1, 0);
  array.writeInt32BE(0, 4);
  array.writeInt32BE(elementType, 8);
  array.writeInt32BE(lengths.length, 12);
  array.writeInt32BE(1, 16);
  let at = headerBytes;
  for (const [index, length] of lengths.entries()) {
    array.writeInt32BE(length, at);
    write(array, at + 4, index);
    at += 4 + length;
  }
  return array;
}
