import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The level of a test is its suffix: pure, one real dependency, a shared contract, a whole story.
const levels = { unit: '', int: '.int', contract: '.contract', e2e: '.e2e' } as const;

function project(level: keyof typeof levels) {
  const higher = Object.values(levels).filter((suffix) => suffix !== '');
  return {
    extends: true as const,
    test: {
      name: level,
      include: [`{libs,apps,test,deploy}/**/*${levels[level]}.spec.ts`],
      exclude: [
        '**/node_modules/**',
        '**/dist/**',
        ...(level === 'unit' ? higher.map((suffix) => `**/*${suffix}.spec.ts`) : []),
      ],
      globalSetup: [
        ...(level === 'unit' ? [] : ['libs/testing/src/global-setup.ts']),
        ...(level === 'e2e' ? ['test/e2e/global-setup.ts'] : []),
      ],
      fileParallelism: level !== 'e2e',
    },
  };
}

// .ci/run sums up the results that every run leaves in this folder.
const results = process.env['TEST_RESULTS'];

export default defineConfig({
  // Specs stand outside the projects' tsconfig, where Vite would find how Nest's decorators are compiled.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { conditions: ['wardline-source'] },
  ssr: { resolve: { conditions: ['wardline-source', 'node'] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: results ? ['default', ['json', { outputFile: join(results, `${process.pid}.json`) }]] : ['default'],
    projects: [project('unit'), project('int'), project('contract'), project('e2e')],
  },
});
