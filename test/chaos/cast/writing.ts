import { setTimeout as sleep } from 'node:timers/promises';
import { ConsumptionAccepted, Decimal, Topic, type EventId } from '@wardline/event-contracts';
import { businessEvent, newEventId, type BusinessEvent } from '@wardline/event-handling';
import type { Database, Outbox, PgTransaction } from '@wardline/outbox';
import { Random } from '../random.ts';
import type { Load } from './orders.ts';

/** The reason of an event that its consumer fails to apply at first. */
export const stumbling = 'stumbles';

/** What a writer is to do. */
export interface Writing {
  readonly round: string;
  readonly seed: number;
  readonly load: Load;
  /** Told after each commit that was acknowledged. */
  readonly committed: () => void;
}

const workers = 4;
const tightKeys = 6;
const looseKeys = 2;

class OnPurpose extends Error {}

/**
 * Business transactions with events: over keys with a lock of their own (an aggregate) and loose ones, some with a part
 * that is taken back to a savepoint, some with a transaction id drawn early, some slow, some rolled back. Ends when as many
 * as asked for are committed, whatever fails in between.
 */
export async function write(database: Database, outbox: Outbox, writing: Writing): Promise<void> {
  let left = writing.load.transactions;
  const worker = async (number: number): Promise<void> => {
    const random = new Random(writing.seed * workers + number);
    while (left > 0) {
      left -= 1;
      if (await committed(database, outbox, writing, random)) writing.committed();
      else left += 1;
      await sleep(random.between(0, writing.load.pauseMs));
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, number) => worker(number)));
}

/** One transaction; false when it was rolled back or nobody knows. */
async function committed(database: Database, outbox: Outbox, writing: Writing, random: Random): Promise<boolean> {
  try {
    await database.transaction(async (tx) => {
      await change(tx, outbox, writing, random);
      if (random.chance(0.15)) throw new OnPurpose();
    });
    return true;
  } catch (error) {
    if (!(error instanceof OnPurpose)) await sleep(50);
    return false;
  }
}

async function change(tx: PgTransaction, outbox: Outbox, { round, load }: Writing, random: Random): Promise<void> {
  if (random.chance(0.3)) {
    await tx.query('SELECT pg_current_xact_id()');
    await tx.query('SELECT pg_sleep($1)', [random.between(1, 20) / 1000]);
  }
  const savepoints = load.savepoints > 0 ? load.savepoints : Number(random.chance(0.1));
  for (let part = 0; part < savepoints; part += 1) await takenBack(tx, outbox, round, random);
  const keys = random.some(keysOf(round), random.between(1, 3));
  await changes(tx, outbox, round, keys, random);
  if (random.chance(0.05)) await tx.query('SELECT pg_sleep(0.1)');
}

/** A change and its event that a savepoint undoes, while the transaction goes on. */
async function takenBack(tx: PgTransaction, outbox: Outbox, round: string, random: Random): Promise<void> {
  await tx.query('SAVEPOINT part');
  await changes(tx, outbox, round, [random.one(keysOf(round))], random);
  await tx.query('ROLLBACK TO SAVEPOINT part');
}

/** One or two events of each key; what they tell of is written after them, so that neither side can be there alone. */
async function changes(
  tx: PgTransaction,
  outbox: Outbox,
  round: string,
  keys: readonly string[],
  random: Random,
): Promise<void> {
  for (const key of keys.filter((name) => !name.includes('loose'))) await tx.query(lockAggregate, [key]);
  const facts = keys.flatMap((key) => Array.from({ length: random.between(1, 2) }, () => ({ key, id: newId() })));
  const reason = (): string | null => (random.chance(0.03) ? stumbling : null);
  await outbox.add(
    tx,
    facts.map(({ id, key }) => accepted(id, round, key, reason())),
  );
  for (const { id, key } of facts) await tx.query(recordChange, [id, round, key]);
}

const lockAggregate =
  'INSERT INTO chaos.tally (key) VALUES ($1) ON CONFLICT (key) DO UPDATE SET changes = tally.changes + 1';
const recordChange = 'INSERT INTO chaos.business (event_id, round, key) VALUES ($1, $2, $3)';

function newId(): EventId {
  return newEventId(new Date());
}

/** The keys of a round; two of them are not locked by the business itself, so their order is the outbox's alone. */
function keysOf(round: string): string[] {
  const tight = Array.from({ length: tightKeys }, (_, index) => `${round}/tight-${index}`);
  return [...Array.from({ length: looseKeys }, (_, index) => `${round}/loose-${index}`), ...tight];
}

function accepted(eventId: EventId, round: string, key: string, reason: string | null): BusinessEvent {
  return businessEvent(Topic.InventoryConsumption, key, ConsumptionAccepted, {
    eventId,
    occurredAt: new Date(0),
    recordEventId: eventId,
    recordSource: 'chaos',
    sequence: null,
    kind: 'USED',
    reverses: null,
    productCode: key.slice(round.length + 1),
    locationCode: round,
    ...{ lotNumber: null, serialNumber: null, expiryDate: null },
    ...{ quantity: new Decimal(1), unit: 'Units', recordedQuantity: new Decimal(1), recordedUnit: 'Units' },
    reason,
    warnings: [],
  });
}
