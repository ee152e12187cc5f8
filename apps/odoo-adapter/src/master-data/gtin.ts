const lengths = new Set([8, 12, 13, 14]);

/**
 * A barcode as a GTIN of 14 digits; null when it is none (GS1 General Specifications, 7.9: from the right, weights 3 and 1
 * alternate and the sum with the check digit is a multiple of ten).
 */
export function gtin14(barcode: string): string | null {
  if (!/^\d+$/.test(barcode) || !lengths.has(barcode.length)) return null;
  const digits = [...barcode.padStart(14, '0')].map(Number);
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return sum % 10 === 0 ? barcode.padStart(14, '0') : null;
}
