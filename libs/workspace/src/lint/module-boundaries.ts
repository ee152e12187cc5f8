import nx from '@nx/eslint-plugin';
import type { Rule } from 'eslint';
import { projectBoundaries, reasons } from './boundaries.ts';

const nxRule = (nx as unknown as { rules: Record<string, Rule.RuleModule> }).rules['enforce-module-boundaries']!;

const reasonOfMessage: Readonly<Record<string, string>> = {
  noImportsOfApps: reasons.serviceImported,
  noRelativeOrAbsoluteImportsAcrossLibraries: reasons.relativeAcross,
  noRelativeOrAbsoluteExternals: reasons.relativeAcross,
  noSelfCircularDependencies: 'A relative import says that the file belongs to the same project.',
  noCircularDependencies: reasons.circular,
  noTransitiveDependencies: reasons.undeclared,
};

interface Report {
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Nx's `enforce-module-boundaries`, with the reason of the boundary table added to each message. */
export const explainedModuleBoundaries: Rule.RuleModule = {
  ...nxRule,
  meta: { ...nxRule.meta, messages: withReason(nxRule.meta?.messages ?? {}) },
  create(context) {
    const report = (problem: Report): void =>
      context.report({ ...problem, data: { ...problem.data, reason: reasonFor(problem) } } as never);
    return nxRule.create(Object.create(context, { report: { value: report } }) as Rule.RuleContext);
  },
};

/** The options of the rule, from the boundary table. */
export const moduleBoundaryOptions = {
  banTransitiveDependencies: true,
  // Specs of the platform use test support, which is built on the platform: a circle of specs only.
  ignoredCircularDependencies: [['*', 'tag:type:testing']],
  depConstraints: projectBoundaries.map(({ from, mayImport }) => ({
    sourceTag: from,
    onlyDependOnLibsWithTags: [...mayImport],
  })),
};

function withReason(messages: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).map(([id, text]) => [id, `${text.replace(/\.$/, '')}. Why: {{reason}}`]),
  );
}

function reasonFor({ messageId, data }: Report): string {
  const boundary = projectBoundaries.find(({ from }) => from === data?.['sourceTag']);
  return boundary?.because ?? reasonOfMessage[messageId] ?? reasons.circular;
}
