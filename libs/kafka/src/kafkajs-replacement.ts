import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Whether kafkajs was loaded after everything that is replaced: what it had found before, it keeps. */
export const replaced = { inTime: true };

/** Puts a function of ours in the place of a module of kafkajs, for whatever of it is loaded from now on. */
export function replace(path: string, equal: unknown): void {
  if (require.cache[require.resolve('kafkajs')] !== undefined) replaced.inTime = false;
  require(path);
  require.cache[require.resolve(path)]!.exports = equal;
}
