#!/usr/bin/env node
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = new URL('../dist/main.js', import.meta.url);

// In a clone nothing is built before the first start; a person who asks wants an answer, not a hint.
if (!existsSync(built)) {
  process.stderr.write('wardline is built first, once; that takes a minute …\n');
  const compiler = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
  try {
    execFileSync(process.execPath, [compiler, '-b', root], { stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    process.stderr.write('wardline could not be built; "npx tsc -b" says why.\n');
    process.exit(1);
  }
}

const { main } = await import(built.href);
await main(process.argv.slice(2), root);
