import type { EventId } from '@wardline/event-contracts';
import { newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import type { Pseudonym } from '../hl7-intake/pseudonym.js';
import type { CodeBookLoader } from './load-code-book.js';
import { decideScan, isDecided, type Attempt, type DecidedScan } from './decide-scan.js';
import { meaningOf, nameOf, readForm } from './scan.js';
import { recordedScan } from './scan-events.js';
import { readScan } from './scan-reading.js';
import { isRefused, refuseScan, type ScanRefused } from './scan-refused.js';
import type { ScanStore, TakenScan } from './scan.store.js';

/** What the intake works with. */
export interface ScanIntakeParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly scans: ScanStore;
  readonly books: CodeBookLoader;
  /** Null where no key is set: then stays and staff are left out. */
  readonly pseudonym: Pseudonym | null;
  readonly clock: Clock;
}

/** What became of a scan. `repeated`: it was taken before, as this event. */
export type ScanAnswer = { readonly source: string | null; readonly scanId: string | null } & (
  | {
      readonly outcome: 'taken' | 'repeated';
      readonly eventId: EventId;
      /** What is off and did not stand in the way. */
      readonly findings: readonly string[];
    }
  | ScanRefused
);

/** What a scan would become; nothing of it is kept. */
export type ScanPreview = { readonly source: string | null; readonly scanId: string | null } & (
  | {
      readonly outcome: 'readable';
      readonly topic: string;
      readonly record: Readonly<Record<string, unknown>>;
      readonly findings: readonly string[];
    }
  | ScanRefused
);

/** Takes scans of devices: a whole list in one commit with its records (promise 1), each scan once (promise 3). */
export class ScanIntake {
  constructor(private readonly parts: ScanIntakeParts) {}

  /** Takes what can be taken of a list; answers in its order, after the commit. */
  async take(values: readonly unknown[]): Promise<ScanAnswer[]> {
    const formed = values.map((value) => this.#attempt(value));
    const attempts = formed.filter(isAttempt);
    const answers = await this.parts.database.transaction((tx) => this.#take(tx, attempts));
    return values.map((value, index) => {
      const one = formed[index]!;
      return isRefused(one) ? { ...nameOf(value), ...one } : answers.get(one)!;
    });
  }

  /** Shows what scans would become. */
  async preview(values: readonly unknown[]): Promise<ScanPreview[]> {
    const formed = values.map((value) => this.#attempt(value));
    const attempts = formed.filter(isAttempt);
    const decided = await this.parts.database.transaction((tx) => this.#decide(tx, attempts));
    return values.map((value, index) => {
      const one = formed[index]!;
      const end = isRefused(one) ? one : decided.get(one)!;
      if (!isDecided(end)) return { ...nameOf(value), ...end };
      const { topic, data } = this.#event(end);
      return { ...nameOf(value), outcome: 'readable', topic, record: shown(data), findings: this.#findings(end) };
    });
  }

  #attempt(value: unknown): Attempt | ScanRefused {
    const scan = readForm(value);
    if (isRefused(scan)) return scan;
    const { source, scanId, action } = scan;
    const eventId = newEventId(this.parts.clock.now());
    return { scan, taken: { source, scanId, action, meaning: meaningOf(scan), eventId }, read: readScan(scan) };
  }

  async #take(tx: Transaction, attempts: readonly Attempt[]): Promise<Map<Attempt, ScanAnswer>> {
    const { scans, outbox } = this.parts;
    const decided = await this.#decide(tx, attempts);
    const ready = [...decided.values()].filter(isDecided);
    const fresh = await scans.take(
      tx,
      ready.map(({ taken }) => taken),
    );
    const isFresh = ({ taken }: Attempt): boolean => fresh.has(taken.eventId);
    const before = await scans.known(
      tx,
      attempts.filter((one) => !isFresh(one)).map(({ taken }) => taken),
    );
    const known = new Map(before.map((scan) => [nameKey(scan), scan]));
    await outbox.add(
      tx,
      ready.filter((one) => fresh.has(one.taken.eventId)).map((one) => this.#event(one)),
    );
    const answers = attempts.map((one): [Attempt, ScanAnswer] => {
      const { source, scanId, eventId } = one.taken;
      const end = decided.get(one)!;
      const became =
        isDecided(end) && isFresh(one)
          ? ({ outcome: 'taken', eventId, findings: this.#findings(end) } as const)
          : repeated(one.taken, known.get(nameKey(one.taken)), end);
      return [one, { source, scanId, ...became }];
    });
    return new Map(answers);
  }

  async #decide(tx: Transaction, attempts: readonly Attempt[]): Promise<Map<Attempt, DecidedScan | ScanRefused>> {
    const { books, scans } = this.parts;
    const book = await books.load(tx, attempts);
    const reversed = attempts.flatMap(({ scan: { source, reverses: scanId } }) =>
      scanId === null ? [] : [{ source, scanId }],
    );
    const taken = new Map((await scans.known(tx, reversed)).map((scan) => [nameKey(scan), scan]));
    const decided = new Map<Attempt, DecidedScan | ScanRefused>();
    for (const attempt of attempts) {
      const { source, reverses } = attempt.scan;
      const original = reverses === null ? undefined : taken.get(nameKey({ source, scanId: reverses }));
      const end = decideScan(attempt, book, original);
      decided.set(attempt, end);
      // A list may take back what stands before it in the same list.
      const key = nameKey(attempt.taken);
      if (isDecided(end) && !taken.has(key)) taken.set(key, attempt.taken);
    }
    return decided;
  }

  #event({ scan, taken: { eventId }, reading, original }: DecidedScan): BusinessEvent {
    const ids = { eventId, reverses: original?.eventId ?? null, family: original?.action ?? scan.action };
    return recordedScan(scan, reading, ids, this.parts.pseudonym);
  }

  #findings({ scan, reading }: DecidedScan): readonly string[] {
    const named = [scan.performer, scan.approver, scan.encounter].some((person) => person !== null);
    if (this.parts.pseudonym !== null || !named) return reading.findings;
    return [
      ...reading.findings,
      'Persons and stay were left out: no key of pseudonyms is set (HL7_PSEUDONYM_KEY, platform team).',
    ];
  }
}

const isAttempt = (one: Attempt | ScanRefused): one is Attempt => !isRefused(one);

const nameKey = ({ source, scanId }: Pick<TakenScan, 'source' | 'scanId'>): string => `${source}\n${scanId}`;

/** What a scan is answered that was not taken now. */
function repeated(
  taken: TakenScan,
  before: TakenScan | undefined,
  end: DecidedScan | ScanRefused,
): { outcome: 'repeated'; eventId: EventId; findings: readonly string[] } | ScanRefused {
  if (before === undefined) return end as ScanRefused;
  if (before.meaning.equals(taken.meaning)) return { outcome: 'repeated', eventId: before.eventId, findings: [] };
  return refuseScan('SCAN_ID_USED', `${taken.source} sent another scan as ${taken.scanId}: record ${before.eventId}.`);
}

/** A record as JSON shows it: exact numbers as texts. */
function shown(data: object): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ) as Record<string, unknown>;
}
