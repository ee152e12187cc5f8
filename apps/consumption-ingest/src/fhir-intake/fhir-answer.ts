import { operationOutcome, type FhirResource, type FhirVersion, type Issue, type IssueCode } from '@wardline/fhir';
import type { Taken } from './fhir-intake.js';

/** What is answered over HTTP. */
export interface FhirAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: FhirResource;
}

/** An answer that is one error. */
export function refusal(status: number, code: IssueCode, diagnostics: string, expression?: string): FhirAnswer {
  return { status, body: operationOutcome([errorOf(code, diagnostics, expression)]) };
}

/** One error for the sender. */
export function errorOf(code: IssueCode, diagnostics: string, expression?: string): Issue {
  return { severity: 'error', code, owner: 'sender', diagnostics, ...(expression === undefined ? {} : { expression }) };
}

const statuses: Readonly<Record<Taken['outcome'], readonly [number, string]>> = {
  created: [201, 'Created'],
  changed: [200, 'OK'],
  known: [200, 'OK'],
  refused: [422, 'Unprocessable Entity'],
  conflict: [409, 'Conflict'],
  undone: [424, 'Failed Dependency'],
};

/** The HTTP status of what became of a resource, and its words. */
export function statusOf({ outcome }: Taken): readonly [number, string] {
  return statuses[outcome];
}

/** Where a resource that was taken is known by, as `Location` says it; undefined where it was not taken. */
export function locationOf(version: FhirVersion, { name, versionId, outcome }: Taken): string | undefined {
  if (name === null || !['created', 'changed', 'known'].includes(outcome) || name.id.includes('|')) return undefined;
  const history = versionId === null ? '' : `/_history/${encodeURIComponent(versionId)}`;
  return `/fhir/${version}/${name.source}/${name.type}/${name.id}${history}`;
}

/** The issues of a bundle's entry, with expressions that lead there from the bundle. */
export function inEntry(entry: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => {
    const within = issue.expression?.replace(/^[A-Za-z]+/, '') ?? '';
    return { ...issue, expression: `${entry}.resource${within}` };
  });
}
