/**
 * Character sets that a message may declare in MSH-18, by their names in HL7 table 0211. Source: hl7-dictionary 2.7.1
 * (`lib/tables.js`); that UNICODE alone means UTF-8 is HAPI's reading (`HL7Charsets.java`).
 */
const decoders = {
  ASCII: 'ascii',
  'ISO IR6': 'ascii',
  '8859/1': 'latin1',
  '8859/2': 'iso-8859-2',
  '8859/15': 'iso-8859-15',
  UNICODE: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
} as const;

/** A character set that this library reads and writes. */
export type Charset = keyof typeof decoders;

/** Names of the character sets that can be read, as MSH-18 spells them. */
export const charsets = Object.keys(decoders) as Charset[];

/** Whether MSH-18 names a set that can be read. */
export function isCharset(name: string): name is Charset {
  return Object.hasOwn(decoders, name);
}

/** Bytes as text, or the position of the first byte that the set does not have. Never throws. */
export function decodeBytes(
  bytes: Uint8Array,
  charset: Charset,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly at: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (decoders[charset]) {
    case 'ascii': {
      const at = buffer.findIndex((byte) => byte > 0x7f);
      return at < 0 ? { ok: true, text: buffer.toString('latin1') } : { ok: false, at };
    }
    case 'latin1':
      // Not TextDecoder: its "iso-8859-1" is windows-1252.
      return { ok: true, text: buffer.toString('latin1') };
    case 'utf-8':
      return decodeUtf8(buffer);
    default:
      return { ok: true, text: new TextDecoder(decoders[charset]).decode(buffer) };
  }
}

/** Text as bytes of the set; a character that the set does not have becomes `?`. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (decoders[charset] === 'utf-8') return Buffer.from(text, 'utf8');
  const codes = singleBytes(charset);
  return Buffer.from(Array.from(text, (character) => codes.get(character) ?? 0x3f));
}

function decodeUtf8(buffer: Buffer): { ok: true; text: string } | { ok: false; at: number } {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer) };
  } catch {
    const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer);
    return { ok: false, at: Buffer.byteLength(replaced.slice(0, Math.max(0, replaced.indexOf('\uFFFD')))) };
  }
}

const tables = new Map<Charset, Map<string, number>>();

function singleBytes(charset: Charset): Map<string, number> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const codes = new Map<string, number>();
  tables.set(charset, codes);
  for (let byte = 0; byte < 256; byte++) {
    const decoded = decodeBytes(Uint8Array.of(byte), charset);
    if (decoded.ok) codes.set(decoded.text, byte);
  }
  return codes;
}
