import { createRequire } from 'node:module';
import { join } from 'node:path';

const fromPeers = createRequire(join(import.meta.dirname, 'package.json'));

/**
 * A package of the peers' own package.json. They are installed apart from ours, at the first `npm run bench`, so the
 * adapters say themselves which part of it they use.
 */
export function library<Exports>(name: string): Exports {
  return fromPeers(name) as Exports;
}
