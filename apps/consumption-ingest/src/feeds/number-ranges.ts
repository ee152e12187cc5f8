/** Numbers from the first to the last, both with it. */
export interface NumberRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** Ranges without one number; the same array when none holds it. */
export function without(ranges: readonly NumberRange[], number: bigint): readonly NumberRange[] {
  const index = ranges.findIndex(({ first, last }) => first <= number && number <= last);
  const found = ranges[index];
  if (found === undefined) return ranges;
  const rest = [
    { first: found.first, last: number - 1n },
    { first: number + 1n, last: found.last },
  ].filter(({ first, last }) => first <= last);
  return [...ranges.slice(0, index), ...rest, ...ranges.slice(index + 1)];
}

/** How many numbers the ranges hold. */
export function amountOf(ranges: readonly NumberRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** For a person: `17, 20 to 31`; at most `most` ranges. */
export function rangesText(ranges: readonly NumberRange[], most = 5): string {
  const texts = ranges.slice(0, most).map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`));
  return ranges.length > most ? `${texts.join(', ')} and ${ranges.length - most} more` : texts.join(', ');
}
