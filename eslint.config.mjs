import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { reasons } from './libs/workspace/src/lint/boundaries.ts';
import { explainedModuleBoundaries, moduleBoundaryOptions } from './libs/workspace/src/lint/module-boundaries.ts';
import { wardline } from './libs/workspace/src/lint/plugin.ts';

const specs = ['**/*.spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts'];

const restricted = [
  { selector: 'ExportAllDeclaration', message: reasons.exportAll },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>4]',
    message: reasons.constructorSize,
  },
];
const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: reasons.environment,
};

export default defineConfig(
  globalIgnores(['**/dist/', '**/target/', '.nx/', '.wardline/', 'libs/event-contracts/src/generated/', '**/*.js']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // An async method without await is how a port that must answer a promise is implemented in memory.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
    },
  },
  {
    // test/ belongs to no project: what it may import is the part of wardline/import-boundaries.
    files: ['{apps,libs,deploy}/**/*.ts'],
    plugins: { '@nx': { rules: { 'enforce-module-boundaries': explainedModuleBoundaries } } },
    rules: { '@nx/enforce-module-boundaries': ['error', moduleBoundaryOptions] },
  },
  {
    files: ['**/*.ts'],
    plugins: { wardline },
    rules: {
      'wardline/import-boundaries': 'error',
      'wardline/file-names': 'error',
      'wardline/handler-size': 'error',
      'wardline/max-lines': ['error', { max: 250 }],
      'wardline/max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': [
        'error',
        ...restricted,
        { selector: 'ExportDefaultDeclaration', message: reasons.defaultExport },
        environment,
      ],
    },
  },
  {
    // Their frameworks ask for a default export.
    files: ['**/vitest.config.ts', '**/global-setup.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restricted, environment] },
  },
  {
    files: ['**/config.ts', '**/*.config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...restricted] },
  },
  {
    files: ['libs/workspace/**/*.ts', 'deploy/**/*.ts', 'test/bench/**/*.ts', 'test/day/**/*.ts'],
    rules: { 'wardline/erasable-syntax': 'error' },
  },
  {
    files: specs,
    rules: {
      // A story is read from top to bottom; cutting it into functions would hide it.
      'wardline/max-lines-per-function': 'off',
      // Matchers such as expect.any() are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } } },
);
