import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** kafkajs' own function, read anew from its file; what stands in its place stays there. */
export function unreplaced<F>(path: string): F {
  const resolved = require.resolve(path);
  const replaced = require.cache[resolved];
  delete require.cache[resolved];
  const original = require(path) as F;
  require.cache[resolved] = replaced;
  return original;
}
