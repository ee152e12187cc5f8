import type { ESLint } from 'eslint';
import { reasons } from './boundaries.ts';
import { importBoundaries } from './imports.ts';
import { erasableSyntax, explained, fileNames, handlerSize } from './layout.ts';

/** Wardline's own lint rules; each message ends with the reason of the rule. */
export const wardline: ESLint.Plugin = {
  meta: { name: 'wardline' },
  rules: {
    'import-boundaries': importBoundaries,
    'file-names': fileNames,
    'erasable-syntax': erasableSyntax,
    'handler-size': handlerSize,
    'max-lines': explained('max-lines', reasons.fileLines),
    'max-lines-per-function': explained('max-lines-per-function', reasons.functionLines),
  },
};
