import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['wardline-source'] },
  ssr: { resolve: { conditions: ['wardline-source', 'node', 'import', 'module', 'default'] } },
  test: { include: ['{libs,apps,test,deploy}/**/*.spec.ts'], exclude: ['**/node_modules/**', '**/dist/**'], testTimeout: 60_000, hookTimeout: 120_000 },
});
