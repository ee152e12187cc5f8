/** What {@link bisect} is told about its items. */
export interface Bisection<T> {
  /** Tries the items together, all or nothing; throws when they cannot be done so. */
  readonly attempt: (items: readonly T[]) => Promise<void>;
  /** Whether an error may be the fault of one item. Any other error ends the bisection. */
  readonly isAboutItems: (error: unknown) => boolean;
  /** Settles the one item at fault. */
  readonly blame: (item: T, error: unknown) => Promise<void>;
  /** Items that need no try any more: done in an earlier part, or behind a blamed one. Asked before each try. */
  readonly isSettled: (item: T) => boolean;
}

/**
 * Does as many items as possible in as few tries as possible: together, else by halves down to the one at fault. Goes
 * from left to right and one part at a time, so that whoever is blamed can hold back what comes later.
 */
export async function bisect<T>(items: readonly T[], bisection: Bisection<T>): Promise<void> {
  const open = items.filter((item) => !bisection.isSettled(item));
  const [first] = open;
  if (first === undefined) return;
  try {
    await bisection.attempt(open);
  } catch (error) {
    if (!bisection.isAboutItems(error)) throw error;
    if (open.length === 1) return bisection.blame(first, error);
    const middle = Math.ceil(open.length / 2);
    await bisect(open.slice(0, middle), bisection);
    await bisect(open.slice(middle), bisection);
  }
}
