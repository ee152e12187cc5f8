import { Topic, WithheldPostingSettled } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { factsFor } from '../master-data/reference.store.js';
import { laneFor } from '../post-movement/post-movement.js';
import { allCheckpoints } from './checkpoint.store.js';
import { oldReportEvent, type OldPosting } from './old-posting.js';
import { settleLines, unpairedLines } from './old-posting.store.js';
import { settleRound, type Line, type Round } from './settle-round.js';
import { noteFound, releasePostings, settleableMovements, type Withheld } from './withheld.store.js';

/** What settling needs. */
export interface SettlementParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** A record that comes so late finds the line that is its fact, and no later. */
const remembersMs = 7 * 86_400_000;

/**
 * Settles what is withheld and what is held back for it: pairs them, tells of lines that no record of ours explains, has
 * Wardline post what nobody posted at a switch, and names the rest. `readUntil`: every line done before has been read.
 * Answers how many movements and lines it settled.
 */
export async function settleWithheld(
  { database, outbox, clock }: SettlementParts,
  lease: Lease,
  { readUntil, dayOf }: { readonly readUntil: Date; readonly dayOf: (at: Date) => string },
): Promise<number> {
  const checkpoints = await allCheckpoints(database);
  if (checkpoints.length === 0) return 0;
  return database.transaction(async (tx) => {
    await holdLease(tx, lease);
    const ours = await settleableMovements(tx, readUntil);
    const lines = await unpairedLines(tx, new Date(readUntil.getTime() - remembersMs));
    const rounds = checkpoints.map((checkpoint) => settleRound(checkpoint, ours, lines, { now: readUntil, dayOf }));
    const at = clock.now();
    const events: BusinessEvent[] = [];
    for (const round of rounds) events.push(...(await apply(tx, round, at)));
    await outbox.add(tx, events);
    return events.length;
  });
}

async function apply(tx: Transaction, round: Round, at: Date): Promise<BusinessEvent[]> {
  const { pairs, alone, released, strays } = round;
  const found = pairs.flatMap(({ ours, agreement, reference, message }) =>
    ours.map(({ eventId }) => ({ eventId, code: agreement, reference, message })),
  );
  const unfound = alone.map(({ movement, message }) => {
    return { eventId: movement.eventId, code: 'ALONE' as const, reference: null, message };
  });
  await noteFound(tx, [...found, ...unfound], at);
  await release(
    tx,
    released.map(({ movement }) => movement),
    'nobody had posted it at the switch',
    at,
  );
  const paired = pairs.flatMap(({ theirs }) => theirs);
  await settleLines(tx, paired.map(idOf), 'paired', at);
  await settleLines(tx, strays.map(idOf), 'alone', at);
  return [
    ...pairs.flatMap((pair) =>
      pair.ours.map((one) => settledEvent(one, pair.agreement, pair.message, at, pair.theirs)),
    ),
    ...alone.map(({ movement, message }) => settledEvent(movement, 'ALONE', message, at)),
    ...released.map(({ movement, message }) => settledEvent(movement, 'POSTED_HERE', message, at)),
    ...paired.filter(({ state }) => state === 'alone').map(({ report }) => oldReportEvent(report, 'back', at)),
    ...strays.map(({ report }) => oldReportEvent(report, 'alone', at)),
  ];
}

/** Wardline posts movements that were withheld. */
export async function release(tx: Transaction, movements: readonly Withheld[], why: string, at: Date): Promise<void> {
  if (movements.length === 0) return;
  const facts = await factsFor(
    tx,
    movements.map(({ movement }) => movement),
  );
  const released = movements.map(({ eventId, movement }) => ({ eventId, lane: laneFor(movement, facts).lane, why }));
  await releasePostings(tx, released, at);
}

/** The event of what became of a movement. */
export function settledEvent(
  { eventId, correlationId, key, checkpointId }: Withheld,
  outcome: WithheldPostingSettled['outcome'],
  message: string,
  at: Date,
  theirs: readonly OldPosting[] = [],
): BusinessEvent {
  const event = businessEvent(Topic.ErpPosting, key, WithheldPostingSettled, {
    ...{ occurredAt: at, sourceEventId: eventId, checkpointId, outcome, message },
    moveLineIds: theirs.map(({ lineId }) => BigInt(lineId)),
    reference: theirs.map(({ report }) => report.reference).find((name) => name !== '') ?? null,
    movedAt: theirs.map(({ movedAt }) => movedAt).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null,
  });
  return { ...event, cause: { eventId, correlationId } };
}

function idOf({ lineId }: Line): number {
  return lineId;
}
