import type { Options } from './options.ts';

/** Rows of text under a title, as they are printed and kept in README.md. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a scenario found. */
export interface Measured {
  readonly tables: readonly Table[];
  /** How it was measured and what to read from it, one sentence each. */
  readonly notes: readonly string[];
  /** Why the figures do not count; empty when they do. */
  readonly objections: readonly string[];
  /** Every figure, for `--json`. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** What a scenario is given. */
export interface Surroundings {
  readonly options: Options;
  /** An empty folder of its own, removed afterwards. */
  readonly directory: string;
  /** Shows how far it is; on a terminal only, and gone with the next one. */
  readonly progress: (line: string) => void;
  /** What has to be ended when the scenario is over or the run is broken off; the last one first. */
  readonly atEnd: (end: () => Promise<unknown>) => void;
}

/** One question about speed or size, answered beside a floor or a peer of the same run. One file of `scenarios/` each. */
export interface Scenario {
  readonly name: string;
  readonly question: string;
  measure(surroundings: Surroundings): Promise<Measured>;
}
