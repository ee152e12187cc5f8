import { existsSync } from 'node:fs';
import { matchesGlob, posix, relative, resolve } from 'node:path';
import type { Rule } from 'eslint';
import { packageBoundaries, reasons } from './boundaries.ts';

const scope = '@wardline/';

/**
 * Who may import what, file by file: packages kept to their files, no way into a service or past a library's index.
 * What holds between two libraries is the part of `enforce-module-boundaries`.
 */
export const importBoundaries: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { forbidden: '{{what}} Why: {{reason}}' } },
  create(context) {
    const file = relative(context.cwd, context.filename);
    const check = (source: unknown): void => {
      const node = source as { type: string; value?: unknown } | null | undefined;
      if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
      const finding = objection(context.cwd, file, node.value);
      if (finding) context.report({ node: source as Rule.Node, messageId: 'forbidden', data: { ...finding } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node: { source?: unknown }) => check(node.source),
    };
  },
};

interface Objection {
  readonly what: string;
  readonly reason: string;
}

/** What is wrong with `file` importing `specifier`; null when nothing is. Paths are relative to the root. */
export function objection(root: string, file: string, specifier: string): Objection | null {
  if (specifier.startsWith('.')) return relativeObjection(file, specifier);
  const name = packageName(specifier);
  const kept = packageBoundaries.find(({ packages }) => packages.includes(name));
  if (kept && !kept.onlyIn.some((glob) => matchesGlob(file, glob))) {
    return { what: `"${name}" may be imported only in ${kept.onlyIn.join(', ')}.`, reason: kept.because };
  }
  if (!name.startsWith(scope)) return null;
  if (existsSync(resolve(root, 'apps', name.slice(scope.length)))) {
    return { what: `"${name}" is a service and may not be imported.`, reason: reasons.serviceImported };
  }
  return specifier === name
    ? null
    : { what: `"${specifier}" reaches past the index of "${name}".`, reason: reasons.deepImport };
}

function relativeObjection(file: string, specifier: string): Objection | null {
  const target = posix.join(posix.dirname(file), specifier);
  const from = projectOf(file);
  const to = projectOf(target);
  if (to === null || to === from || from !== null) return null;
  const service = to.startsWith('apps/');
  return {
    what: `"${specifier}" leads into ${to}.`,
    reason: service ? reasons.serviceImported : reasons.relativeAcross,
  };
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function projectOf(path: string): string | null {
  return /^(?:apps|libs)\/[^/]+/.exec(path)?.[0] ?? null;
}
