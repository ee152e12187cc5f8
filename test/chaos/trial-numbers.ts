/** Numbers of trials in short: `0-6, 9` for the first seven and the tenth; empty for none. */
export function shortOf(numbers: Iterable<number>): string {
  const runs: [first: number, last: number][] = [];
  for (const number of [...new Set(numbers)].toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run !== undefined && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

/** The numbers that were put in short. */
export function numbersOf(short: string): Set<number> {
  const runs = short === '' ? [] : short.split(', ').map((run) => run.split('-').map(Number));
  return new Set(runs.flatMap(([first = 0, last = first]) => upTo(last + 1).slice(first)));
}

/** 0 to before `end`. */
export function upTo(end: number): number[] {
  return Array.from({ length: end }, (_, number) => number);
}
