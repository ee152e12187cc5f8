import type { Issue } from '../read/reading.js';
import type { FhirResource } from '../resource/parse.js';

/** An OperationOutcome of issues; without any it says that all went well, since `issue` must not be empty. */
export function operationOutcome(issues: readonly Issue[]): FhirResource {
  const said = issues.length > 0 ? issues : [allWell];
  return {
    resourceType: 'OperationOutcome',
    issue: said.map(({ severity, code, diagnostics, expression }) => ({
      ...{ severity, code, diagnostics },
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  };
}

const allWell: Issue = { severity: 'information', code: 'informational', owner: 'sender', diagnostics: 'All OK.' };

/** What became of an entry, as `Bundle.entry.response` says it. */
export interface EntryAnswer {
  /** `201 Created`, `422 Unprocessable Entity`, ... */
  readonly status: string;
  readonly location?: string | undefined;
  readonly issues: readonly Issue[];
}

/** The answer to a transaction or batch, entry by entry in their order. */
export function responseBundle(use: 'transaction' | 'batch', answers: readonly EntryAnswer[]): FhirResource {
  return {
    resourceType: 'Bundle',
    type: `${use}-response`,
    entry: answers.map(({ status, location, issues }) => ({
      response: { status, ...(location === undefined ? {} : { location }), outcome: operationOutcome(issues) },
    })),
  };
}
