const elevenDigits = /^\d{11}$/;
const hyphenated = /^(\d{4,5})-(\d{3,4})-(\d{1,2})$/;

/** Segment lengths that the FDA gives out (10 digits) and the 11-digit form that billing uses. */
const layouts = new Set(['4-4-2', '5-3-2', '5-4-1', '5-4-2']);

/**
 * A US drug code in the form in which it is compared: 11 digits, 5-4-2 without hyphens, each segment filled with leading
 * zeros. Ten digits without hyphens could be three different drugs, so they are kept as they are and match only a
 * crosswalk entry written the same way. Null when it is none of these.
 */
export function ndcCode(text: string): string | null {
  if (elevenDigits.test(text) || /^\d{10}$/.test(text)) return text;
  const [, labeler, product, pack] = hyphenated.exec(text) ?? [];
  if (labeler === undefined || product === undefined || pack === undefined) return null;
  if (!layouts.has(`${labeler.length}-${product.length}-${pack.length}`)) return null;
  return labeler.padStart(5, '0') + product.padStart(4, '0') + pack.padStart(2, '0');
}
