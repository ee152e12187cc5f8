import { dirname } from 'node:path';
import type { CreateNodes, TargetConfiguration } from '@nx/devkit';

type Targets = Record<string, TargetConfiguration>;

const atRoot = { options: { cwd: '{workspaceRoot}' } };

/** What `nx affected -t lint typecheck unit int` runs for one project; inferred from its package.json. */
function projectTargets(root: string): Targets {
  return {
    lint: { ...atRoot, command: `eslint ${root}`, cache: true, inputs: ['default', '^production', 'lint'] },
    typecheck: {
      ...atRoot,
      command: `tsc -b ${root}`,
      cache: true,
      inputs: ['production', '^production'],
      outputs: ['{projectRoot}/dist'],
      dependsOn: ['^typecheck'],
    },
    unit: {
      ...atRoot,
      command: `vitest run --project unit --passWithNoTests ${root}/`,
      cache: true,
      inputs: ['default', '^production', 'tests'],
    },
    int: { ...atRoot, command: `vitest run --project int --passWithNoTests ${root}/` },
  };
}

/**
 * What `npm run check` runs: the same for the whole repository, one process per kind, because one program that
 * knows every type is quicker than fifteen. A kind whose inputs have not changed is answered from the cache.
 */
function repositoryTargets(): Targets {
  const kind = (script: string, inputs: string[]): TargetConfiguration => ({
    ...atRoot,
    command: `npm run --silent ${script}`,
    cache: true,
    inputs,
  });
  return {
    'all-format': kind('format:check', ['everything']),
    'all-contracts': kind('contracts:check', ['contracts', 'shared']),
    'all-lint': kind('lint', ['code', 'shared', 'lint']),
    'all-unit': kind('test:unit', ['everything']),
    // The compiler keeps its own record of what has changed.
    'all-types': { ...atRoot, command: 'npm run --silent typecheck', cache: false },
  };
}

/** Read by Nx from nx.json. */
export const createNodes: CreateNodes = [
  '{package.json,{apps,libs}/*/package.json}',
  (files) =>
    files.map((file) => {
      const root = dirname(file);
      const config =
        root === '.' ? { name: 'wardline', targets: repositoryTargets() } : { targets: projectTargets(root) };
      return [file, { projects: { [root]: config } }] as const;
    }),
];
