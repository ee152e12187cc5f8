import avro from 'avsc';

/** A decimal as text with as many places as its schema says, as other languages' Avro libraries show it. */
class DecimalText extends avro.types.LogicalType {
  #scale = 0;

  constructor(schema: avro.Schema, options: object) {
    super(schema, options);
    this.#scale = (schema as { scale?: number }).scale ?? 0;
  }

  protected override _fromValue(bytes: Buffer): string {
    const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex') || '0'}`));
    const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(this.#scale + 1, '0');
    const sign = unscaled < 0n ? '-' : '';
    return `${sign}${digits.slice(0, digits.length - this.#scale)}.${digits.slice(digits.length - this.#scale)}`;
  }

  protected override _toValue(text: unknown): Buffer {
    const [whole = '0', fraction = ''] = String(text).split('.');
    const unscaled = BigInt(`${whole}${fraction.padEnd(this.#scale, '0').slice(0, this.#scale)}`);
    const bytes = Buffer.alloc(16);
    bytes.writeBigInt64BE(unscaled >> 64n, 0);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, unscaled), 8);
    return bytes;
  }
}

/** The type of an Avro schema given as JSON text. */
export function typeOf(schema: string): avro.Type {
  return avro.Type.forSchema(JSON.parse(schema) as avro.Schema, {
    logicalTypes: { decimal: DecimalText },
    wrapUnions: false,
  });
}

/** Confluent's framing: a zero byte, the schema id in four bytes, the record. */
export function framed(id: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, body]);
}
