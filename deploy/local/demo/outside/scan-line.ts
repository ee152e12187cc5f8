import type { Answer, Line } from '../edges/answer.ts';
import { scanOf } from '../edges/scan.ts';
import type { DayRecord } from '../generator/record.ts';

/** A scanner that posts what it read in short lists. */
export class ScanLine implements Line {
  readonly most = 25;
  readonly #url: string;

  constructor(ingest: string) {
    this.#url = `${ingest}/scans`;
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.#url, { method: 'POST', headers, body: JSON.stringify(records.map(scanOf)) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${this.#url} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Answer[];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
