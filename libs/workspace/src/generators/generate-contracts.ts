import { execFileSync } from 'node:child_process';
import type { GeneratorCallback, Tree } from '@nx/devkit';

/** What runs after the files are written: types and catalogue of libs/event-contracts, from the schemas. */
export function generateContracts(tree: Tree): GeneratorCallback {
  return () => {
    execFileSync(process.execPath, ['libs/workspace/src/contracts/generate.ts'], { cwd: tree.root, stdio: 'inherit' });
  };
}
