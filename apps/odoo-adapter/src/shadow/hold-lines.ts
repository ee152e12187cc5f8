import type { OdooStockMoveReported } from '@wardline/event-contracts';
import type { BusinessEvent, Transaction } from '@wardline/event-handling';
import type { KnownLine } from '../report-moves/move-line.store.js';
import { allCheckpoints, locationPaths } from './checkpoint.store.js';
import { shelfOf } from './checkpoint.js';
import { oldPosting } from './old-posting.js';
import { holdLines } from './old-posting.store.js';

/** What became of one line: how it is known from now on, and what is told of it. */
export interface LineFinding {
  readonly known: KnownLine;
  readonly events: readonly BusinessEvent[];
}

/**
 * Holds back, of lines that would be told for the first time, those that the old interface did under a checkpoint: each may
 * be a movement that is withheld (ADR 0019). Answers the findings with these lines known as held and nothing told of them.
 */
export async function holdOldLines(
  tx: Transaction,
  findings: readonly LineFinding[],
  now: Date,
): Promise<readonly LineFinding[]> {
  const first = findings.filter(({ events, known }) => events.length === 1 && known.revision === 0);
  const checkpoints = first.length === 0 ? [] : await allCheckpoints(tx);
  if (checkpoints.length === 0) return findings;
  const shelves = first.map(({ events }) => shelfOf(events[0]!.data as unknown as OdooStockMoveReported));
  const paths = await locationPaths(tx, [...shelves, ...checkpoints.map(({ site }) => site)]);
  const lines = first.flatMap(
    ({ events }) => oldPosting(events[0]!, checkpoints, (code) => paths.get(code), now) ?? [],
  );
  await holdLines(tx, lines);
  const held = new Set(lines.map(({ lineId }) => lineId));
  return findings.map((finding) =>
    held.has(finding.known.lineId) ? { known: { ...finding.known, state: 'held' }, events: [] } : finding,
  );
}
