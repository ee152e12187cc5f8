import { resolve } from 'node:path';
import { incompatibilities } from './compatibility.ts';
import { readContracts } from './contract-files.ts';
import { releasedVersions, writeReleasedVersion } from './released-versions.ts';
import type { ReleasedVersion } from './released-versions.ts';
import { lintContracts } from './schema-lint.ts';

/** Keeps every schema that differs from its newest released version as the next one; answers the new files. */
export function release(root: string): string[] {
  const contracts = readContracts(root);
  const released = releasedVersions(root);
  const faults = [...lintContracts(contracts), ...incompatibilities(contracts, released)];
  if (faults.length > 0) throw new Error(`Not released:\n  ${faults.join('\n  ')}`);
  return contracts.schemas
    .map(({ schema }) => ({ schema, newest: newestOf(schema.name, released) }))
    .filter(({ schema, newest }) => JSON.stringify(newest?.schema) !== JSON.stringify(schema))
    .map(({ schema, newest }) =>
      writeReleasedVersion(root, { record: schema.name, version: (newest?.version ?? 0) + 1, schema }),
    );
}

function newestOf(record: string, released: readonly ReleasedVersion[]): ReleasedVersion | undefined {
  return released.findLast((version) => version.record === record);
}

if (import.meta.main) {
  try {
    const files = release(resolve(import.meta.dirname, '../../../..'));
    process.stdout.write(files.length === 0 ? 'Nothing changed since the last release.\n' : `${files.join('\n')}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
