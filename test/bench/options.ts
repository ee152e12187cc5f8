import { parseArgs } from 'node:util';

/** How a run is asked for: `npm run bench [-- <scenario> …] [options]`. */
export interface Options {
  readonly scenarios: readonly string[];
  /** Where every figure is written to, besides results/. */
  readonly json: string | undefined;
  /** Leave README.md and results/ as they are. */
  readonly keep: boolean;
  /** Little data and two rounds: does it run, not how fast. Implies `keep`. */
  readonly quick: boolean;
  /** Rounds that count; each scenario has its own number when absent. */
  readonly rounds: number | undefined;
  /** Contenders whose name contains one of these, and ours; all when empty. */
  readonly only: readonly string[];
  /** How long a timed part lasts, in seconds; each scenario has its own when absent. */
  readonly duration: number | undefined;
  /** Several values of one of these make a curve of it. */
  readonly backlog: readonly number[];
  readonly keys: readonly number[];
  readonly payload: readonly number[];
  readonly partitions: readonly number[];
  readonly writers: readonly number[];
  readonly inbox: readonly number[];
  /** Events a second of an open loop, one or several. */
  readonly rate: readonly number[];
}

/** The options that take one number, or several separated by commas. */
export const dimensions = ['backlog', 'keys', 'payload', 'partitions', 'writers', 'inbox'] as const;

/** Reads the command line; throws an error that names every wrong part of it. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: text,
      keep: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: text,
      only: text,
      duration: text,
      rate: text,
      ...(Object.fromEntries(dimensions.map((name) => [name, text])) as Record<
        (typeof dimensions)[number],
        typeof text
      >),
    },
    allowPositionals: true,
  });
  const wrong: string[] = [];
  const numbers = (name: (typeof dimensions)[number] | 'rounds' | 'duration' | 'rate'): number[] => {
    const all = (values[name] ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map(Number);
    const least = name === 'inbox' ? 0 : 1;
    if (!all.every((value) => Number.isInteger(value) && value >= least))
      wrong.push(`--${name} ${values[name]}: whole numbers from ${least} are expected, several separated by commas`);
    return all;
  };
  const lists = Object.fromEntries(dimensions.map((name) => [name, numbers(name)])) as Record<
    (typeof dimensions)[number],
    number[]
  >;
  const options: Options = {
    ...lists,
    scenarios: positionals,
    json: values.json,
    keep: values.keep || values.quick,
    quick: values.quick,
    rounds: numbers('rounds')[0],
    duration: numbers('duration')[0],
    rate: numbers('rate'),
    only: (values.only ?? '').split(',').filter((part) => part !== ''),
  };
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  return options;
}

/** The one value of an option, or what is usual. */
export function oneOf(values: readonly number[], usual: number): number {
  return values[0] ?? usual;
}
