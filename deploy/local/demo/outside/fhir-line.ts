import type { Answer, Line } from '../edges/answer.ts';
import { fhirRequest } from '../edges/fhir.ts';
import type { DayRecord } from '../generator/record.ts';

interface Outcome {
  readonly issue: readonly { readonly severity: string; readonly code: string; readonly diagnostics?: string }[];
}

/** A health record that puts its resources, a few at the same time. */
export class FhirLine implements Line {
  readonly most = 1;
  readonly #url: string;

  constructor(ingest: string) {
    this.#url = `${ingest}/fhir`;
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const record of records) answers.push(await this.#put(record));
    return answers;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #put(record: DayRecord): Promise<Answer> {
    const { path, resource } = fhirRequest(record);
    const headers = { 'content-type': 'application/fhir+json' };
    const response = await fetch(`${this.#url}/${path}`, { method: 'PUT', headers, body: JSON.stringify(resource) });
    const { issue } = (await response.json()) as Outcome;
    if (response.ok) return record.expect.end === 'noted' ? { outcome: 'noted' } : { outcome: 'taken', eventId: null };
    if (response.status >= 500) throw new Error(`${path} answered ${response.status}: ${issue[0]?.diagnostics ?? ''}`);
    const { code, diagnostics = '' } = issue.find(({ severity }) => severity === 'error') ?? issue[0]!;
    return { outcome: 'refused', code, message: diagnostics, remedy: diagnostics, owner: ownerIn(diagnostics) };
  }
}

/** FHIR has no element for an owner: the words of the issue name whose job it is. */
function ownerIn(words: string): string {
  return /mapping/.test(words) ? 'keeper of the mappings' : 'source-system';
}
