/** Who has to act on what is wrong in a file: the system that wrote it, or whoever keeps the feed's mapping. */
export type FileOwner = 'source-system' | 'feed-keeper';

/** What is wrong with a file or a row, for whoever reads the receipt. */
export interface FileProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: FileOwner;
}

/** Ends the reading of a file that cannot be read as a whole. */
export class UnreadableFile extends Error {
  constructor(readonly problem: FileProblem) {
    super(problem.message);
  }
}

/** A value for a message: short, and visible where it is blank. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}
