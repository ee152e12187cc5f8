import { basename, dirname, matchesGlob, relative } from 'node:path';
import type { Rule } from 'eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { reasons } from './boundaries.ts';

const vague = /^(?:commons?|utils?|utilities|helpers?|managers?)$|[.-](?:utils?|helpers?|manager)\b/;
const handlerLimit = 40;

/** File and folder names: one index.ts per library, nothing called common, utils, helpers or manager. */
export const fileNames: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { name: '{{path}}: {{reason}}' } },
  create(context) {
    const path = relative(context.cwd, context.filename);
    const found = nameObjection(path);
    return found === null
      ? {}
      : { Program: (node) => context.report({ node, messageId: 'name', data: { path, reason: found } }) };
  },
};

/** A class with `@Handles` stays under 40 lines. */
export const handlerSize: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { long: '{{name}} has {{lines}} lines, {{limit}} are allowed. Why: {{reason}}' },
  },
  create(context) {
    return {
      'ClassDeclaration:has(Decorator[expression.callee.name="Handles"])'(node: Rule.Node & { id?: { name: string } }) {
        const body = (node as unknown as { body: Rule.Node }).body;
        const lines = codeLines(context.sourceCode, body);
        if (lines <= handlerLimit) return;
        const data = {
          name: node.id?.name ?? 'The handler',
          lines: `${lines}`,
          limit: `${handlerLimit}`,
          reason: reasons.handlerLines,
        };
        context.report({ node, messageId: 'long', data });
      },
    };
  },
};

/** Files that Node runs as they are hold only types that it can strip. */
export const erasableSyntax: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { kept: reasons.erasableSyntax } },
  create(context) {
    const report = (node: Rule.Node): void => context.report({ node, messageId: 'kept' });
    return { TSParameterProperty: report, TSEnumDeclaration: report, TSModuleDeclaration: report, Decorator: report };
  },
};

/** A rule of ESLint itself whose messages also say why we have it. */
export function explained(ruleName: string, reason: string): Rule.RuleModule {
  const rule = builtinRules.get(ruleName);
  if (rule === undefined) throw new Error(`ESLint has no rule ${ruleName}`);
  const messages = Object.entries(rule.meta?.messages ?? {}).map(([id, text]) => [id, `${text} Why: ${reason}`]);
  return { ...rule, meta: { ...rule.meta, messages: Object.fromEntries(messages) as Record<string, string> } };
}

function nameObjection(path: string): string | null {
  if (basename(path) === 'index.ts' && !matchesGlob(path, '{libs/*/src,deploy/local}/index.ts'))
    return reasons.indexFile;
  const names = [...dirname(path).split('/'), basename(path).replace(/\.[^.]+$/, '')];
  return names.some((name) => vague.test(name)) ? reasons.vagueName : null;
}

function codeLines(source: Rule.RuleContext['sourceCode'], body: Rule.Node): number {
  const lines = new Set<number>();
  for (const token of source.getTokens(body)) {
    for (let line = token.loc.start.line; line <= token.loc.end.line; line++) lines.add(line);
  }
  return lines.size;
}
