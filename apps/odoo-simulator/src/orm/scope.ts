import type { Models } from './model.js';

/** SQL under construction: parameters are appended while it is written. */
export interface Scope {
  readonly models: Models;
  readonly parameters: unknown[];
  /** False when archived records count as well. */
  readonly activeTest: boolean;
}

/** Adds a parameter and answers its placeholder. */
export function bind(scope: Scope, value: unknown): string {
  scope.parameters.push(value);
  return `$${scope.parameters.length}`;
}
