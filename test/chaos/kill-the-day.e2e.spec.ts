import { describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import type { KafkaDayReport } from '../kafka-day/kafka-day-report.ts';
import { saveKafkaDayState } from '../kafka-day/kafka-day-state.ts';
import { playKafkaDay, prepareKafkaDay } from '../kafka-day/play-kafka-day.ts';
import { settings } from '../e2e/config.ts';
import { Hospital, type Transfer } from '../e2e/hospital.ts';
import { Services } from '../e2e/service-answers.ts';
import { Stack } from '../e2e/stack.ts';

const seed = 7;
const day = new Date(Math.floor(Date.now() / 1000) * 1000);
/** Seconds that sending takes; the slow day has to last through every kill and recovery. */
const [quick, slow] = [5, 100];
const killed = ['consumption-ingest', 'inventory-sync', 'odoo-adapter', 'kafka', 'postgres'];

describe.runIf(settings().CHAOS_PROOFS === 'on')('A day over Kafka', () => {
  it('ends in the same numbers when every service, Kafka and Postgres are killed in the course of it', async () => {
    const undisturbed = await play(quick, () => Promise.resolve());
    expect(undisturbed.report).toMatchObject({ missing: 0, surprises: [], differences: [], ledgerConsistent: true });
    expect(undisturbed.report).toMatchObject({ postingsPending: 0, postingsRefused: 0 });
    oncePerMovement(undisturbed);

    const disturbed = await play(slow, killEachInTurn);
    expect(disturbed.report).toEqual(undisturbed.report);
    oncePerMovement(disturbed);
  }, 900_000);
});

interface End {
  readonly report: KafkaDayReport;
  /** EventIds of the movements that are Odoo's to know. */
  readonly movements: readonly string[];
  readonly transfers: readonly Transfer[];
}

/** Plays the day on a fresh Wardline of its own while `meanwhile` happens, which must be over before the day is. */
async function play(seconds: number, meanwhile: (stack: Stack) => Promise<void>): Promise<End> {
  const stack = await Stack.start({
    ownOdoo: true,
    beforeServices: async (stateDirectory, odoo) => {
      saveKafkaDayState(stateDirectory, { seed, day, played: false });
      await prepareKafkaDay({ odoo, stateDirectory });
    },
  });
  try {
    let isOver = false;
    const records = settings().CHAOS_RECORDS;
    const options = { ...stack.addresses, stateDirectory: stack.directory, say: () => undefined };
    const playing = playKafkaDay({ ...options, records, rate: records / seconds }).finally(() => (isOver = true));
    const disturbing = meanwhile(stack).then(() => expect(isOver, 'the day was over before the last kill').toBe(false));
    const [report] = await Promise.all([playing, disturbing]);
    return { report, ...(await movementsAndTransfers(stack)) };
  } catch (error) {
    throw new Error(['The day could not be played to its end.', ...stack.ended()].join('\n'), { cause: error });
  } finally {
    await stack.stop();
  }
}

/** Each part in turn, as soon as the one before is up again and work goes on. */
async function killEachInTurn(stack: Stack): Promise<void> {
  for (const name of killed) {
    const before = await settledSoFar(stack);
    await eventually(async () => expect(await settledSoFar(stack)).toBeGreaterThan(before + 3), { timeoutMs: 120_000 });
    await stack.part(name).kill();
    await stack.part(name).restart();
  }
}

/** Movements that are in Odoo, as the ledger knows it; -1 while it cannot be asked. */
async function settledSoFar({ addresses }: Stack): Promise<number> {
  try {
    const movements = await new Services(addresses.services).movementsWhere();
    return movements.filter(({ posting }) => posting.state === 'POSTED').length;
  } catch {
    return -1;
  }
}

async function movementsAndTransfers({ addresses }: Stack): Promise<Pick<End, 'movements' | 'transfers'>> {
  const all = await new Services(addresses.services).movementsWhere();
  const movements = all.filter(({ posting }) => posting.state !== 'NOT_DUE').map(({ eventId }) => eventId);
  return { movements, transfers: await new Hospital(addresses.odoo).allTransfers() };
}

/** Odoo has one transfer for each movement, done, and no other of ours. */
function oncePerMovement({ movements, transfers }: End): void {
  expect(transfers.map(({ origin }) => origin).sort()).toEqual(movements.map((id) => `wardline ${id}`).sort());
  expect(transfers.filter(({ state }) => state !== 'done')).toEqual([]);
}
