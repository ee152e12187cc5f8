import type { Answer, Line } from '../edges/answer.ts';
import { epcisDocument } from '../edges/epcis.ts';
import type { DayRecord } from '../generator/record.ts';

interface Job {
  readonly events: readonly {
    readonly outcome: 'captured' | 'reversed' | 'repeated' | 'passed-over' | 'refused';
    readonly records: readonly string[];
    readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
  }[];
}

/** A traceability system that captures documents of some events, and asks what became of each. */
export class EpcisLine implements Line {
  readonly most = 20;
  readonly #ingest: string;
  readonly #sender: string;

  constructor(ingest: string, sender: string) {
    this.#ingest = ingest;
    this.#sender = sender;
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const response = await fetch(`${this.#ingest}/epcis/capture`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'GS1-Capture-Error-Behaviour': 'proceed' },
      body: JSON.stringify(epcisDocument(this.#sender, records)),
    });
    const words = await response.text();
    if (response.status !== 202) throw new Error(`/epcis/capture answered ${response.status}: ${words.slice(0, 500)}`);
    const job = await fetch(`${this.#ingest}${response.headers.get('location')}`);
    const { events } = (await job.json()) as Job;
    return records.map((_, index) => answerOf(events[index]!));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A problem document names no owner: the remedy says whose job it is, the sender's where it names nobody. */
function answerOf({ outcome, records, problems }: Job['events'][number]): Answer {
  if (outcome === 'passed-over') return { outcome: 'noted' };
  if (outcome !== 'refused')
    return { outcome: outcome === 'repeated' ? 'repeated' : 'taken', eventId: records[0] ?? null };
  const { code = '', message = '', remedy = '' } = problems[0] ?? {};
  return { outcome, code, message, remedy, owner: /master data/.test(remedy) ? 'master-data' : 'source-system' };
}
