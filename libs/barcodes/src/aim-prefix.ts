/** What a symbology prefix says about the symbol (ISO/IEC 15424). */
export interface AimPrefix {
  /** The symbol in words. */
  readonly carrier: string;
  /** GS1: FNC1 in first position, so GS1 element strings. NUMBER: digits of a GTIN. ADD_ON: no item at all. OPEN: anything. */
  readonly carries: 'GS1' | 'NUMBER' | 'NUMBER_AND_ADD_ON' | 'ADD_ON' | 'OPEN';
}

const known: Readonly<Record<string, AimPrefix>> = {
  C1: { carrier: 'GS1-128', carries: 'GS1' },
  d2: { carrier: 'GS1 DataMatrix', carries: 'GS1' },
  Q3: { carrier: 'GS1 QR Code', carries: 'GS1' },
  e0: { carrier: 'GS1 DataBar', carries: 'GS1' },
  J1: { carrier: 'GS1 DotCode', carries: 'GS1' },
  E0: { carrier: 'EAN-13, UPC-A or UPC-E', carries: 'NUMBER' },
  E1: { carrier: 'EAN/UPC two-digit add-on', carries: 'ADD_ON' },
  E2: { carrier: 'EAN/UPC five-digit add-on', carries: 'ADD_ON' },
  E3: { carrier: 'EAN-13 with add-on', carries: 'NUMBER_AND_ADD_ON' },
  E4: { carrier: 'EAN-8', carries: 'NUMBER' },
  I0: { carrier: 'ITF-14', carries: 'NUMBER' },
  I1: { carrier: 'ITF-14', carries: 'NUMBER' },
  C0: { carrier: 'Code 128', carries: 'OPEN' },
  C4: { carrier: 'Code 128, concatenated', carries: 'OPEN' },
  d1: { carrier: 'Data Matrix', carries: 'OPEN' },
  Q1: { carrier: 'QR Code', carries: 'OPEN' },
  J0: { carrier: 'DotCode', carries: 'OPEN' },
};

const families: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  E: 'EAN/UPC',
  I: 'Interleaved 2 of 5',
  J: 'DotCode',
  L: 'PDF417',
  O: 'Codablock F',
  Q: 'QR Code',
  d: 'Data Matrix',
  e: 'GS1 DataBar',
  z: 'Aztec Code',
};

/** A symbology prefix (`]` and two characters) and the data after it; without a prefix the data is everything. */
export function splitAimPrefix(scan: string): {
  readonly prefix?: AimPrefix;
  readonly data: string;
  readonly offset: number;
} {
  if (!/^\][A-Za-z][0-9A-Za-z]/.test(scan)) return { data: scan, offset: 0 };
  const name = scan.slice(1, 3);
  const family = families[name.charAt(0)];
  const prefix = known[name] ?? { carrier: family ?? `symbology ${name}`, carries: 'OPEN' as const };
  return { prefix, data: scan.slice(3), offset: 3 };
}
