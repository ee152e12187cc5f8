import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageBoundaries, projectBoundaries, reasons } from './boundaries.ts';

const guide = readFileSync(resolve(import.meta.dirname, '../../../../CONTRIBUTING.md'), 'utf8');

describe('CONTRIBUTING.md tells every boundary with its reason', () => {
  it.each(projectBoundaries.map(({ from, because }) => [from, because]))('%s', (from, because) => {
    expect(guide).toContain(`\`${from}\``);
    expect(guide).toContain(because);
  });

  it.each(packageBoundaries.map(({ packages, because }) => [packages, because] as const))('%s', (packages, because) => {
    for (const name of packages) expect(guide).toContain(`\`${name}\``);
    expect(guide).toContain(because);
  });

  it.each(Object.entries(reasons))('%s', (_rule, reason) => {
    expect(guide).toContain(reason);
  });
});
