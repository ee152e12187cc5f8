import type { Models } from './model.js';
import type { Value } from './field.js';

/** An open database transaction; every call of the API has exactly one. */
export interface Tx {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs the work inside a savepoint: undone alone when it fails. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}

/** One call: who asks, in which context, at what time, inside which transaction. */
export interface Env {
  readonly tx: Tx;
  readonly models: Models;
  readonly context: Readonly<Record<string, Value>>;
  readonly uid: number;
  /** The company new records belong to. */
  readonly companyId: number;
  /** Companies the context narrows to; null means all of the user's. */
  readonly allowedCompanies: readonly number[] | null;
  /** The transaction's time, UTC, `YYYY-MM-DD HH:MM:SS.ffffff`. */
  readonly now: string;
  /** Decimal places by the name of the precision. */
  readonly precision: ReadonlyMap<string, number>;
}

/** The same call with more context. */
export const withContext = (env: Env, more: Record<string, Value>): Env => ({
  ...env,
  context: { ...env.context, ...more },
});

/** The transaction's time in whole seconds, as the API shows it. */
export const nowInSeconds = (env: Env): string => env.now.slice(0, 19);

/** Decimal places for quantities. */
export const quantityDigits = (env: Env): number => env.precision.get('Product Unit') ?? 2;
