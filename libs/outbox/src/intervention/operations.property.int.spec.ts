import { Reject } from '@wardline/event-handling';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import type { Operation } from './operation.js';
import type { OperationRunner } from './operation-runner.js';

const technical = (): Error => new TypeError('x is undefined');
const recalled = (): Reject => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });
const failures = [missing, recalled, technical];

/** Which keys messages have, which of them fail and how, which are mended, what people ask for, and when connections die. */
const days = fc.record({
  keys: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 16 }),
  failing: fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 10 }),
  mended: fc.uniqueArray(fc.integer({ min: 0, max: 15 })),
  actions: fc.array(
    fc.record({
      action: fc.constantFrom<'retry' | 'abandon'>('retry', 'abandon'),
      dryRun: fc.boolean(),
      force: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  outages: fc.integer({ min: 0, max: 3 }),
});

let service: BookingService;
let runs = 0;

beforeAll(async () => {
  service = await BookingService.start();
});
afterAll(() => service.database.close());

async function terminateOthers(): Promise<void> {
  await service.database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
  );
}

/** Works until nothing is left to do, however often its connection is cut. */
async function worked(step: () => Promise<boolean>): Promise<void> {
  for (let idle = 0; idle < 3;) idle = (await step().catch(() => true)) ? 0 : idle + 1;
}

async function everybodyWorks(outages: number): Promise<void> {
  const runners: readonly OperationRunner[] = [service.runner, service.anotherRunner()];
  const cuts = Array.from({ length: outages }, () => terminateOthers().catch(() => undefined));
  await Promise.all([
    ...runners.map((runner) => worked(() => runner.turn())),
    ...[service.drain, service.anotherDrain()].map((drain) => worked(() => drain.drainOne())),
    ...cuts,
  ]);
  await service.drainAll();
}

async function parkedStates(): Promise<Map<string, string>> {
  const rows = await service.database.query<{ exception_id: string; state: string }>(
    'SELECT exception_id, state FROM delivery.parked',
  );
  const names = await service.reasonsByException();
  return new Map(rows.map((row) => [names.get(row.exception_id)!, row.state]));
}

async function requestAll(
  actions: readonly { action: 'retry' | 'abandon'; dryRun: boolean; force: boolean }[],
): Promise<Operation[]> {
  const { snapshot } = await service.interventions.list({ limit: 1_000 });
  const rest = { snapshot, groups: null, exceptionIds: null, reason: 'because' };
  const asked: Operation[] = [];
  for (const action of actions)
    asked.push(await service.interventions.operations.request({ ...action, ...rest }, { by: 'a.meyer', via: 'http' }));
  return asked;
}

it('whatever fails and whatever people ask for: each message takes effect at most once, each key keeps its order, every count is true', async () => {
  await fc.assert(
    fc.asyncProperty(days, async ({ keys, failing, mended, actions, outages }) => {
      await service.database.query('TRUNCATE booked, delivery.parked, delivery.operation RESTART IDENTITY CASCADE');
      service.book.failures.clear();
      const run = ++runs;
      const names = keys.map((key, index) => `${run}/${key}/${index}`);
      for (const index of failing) service.book.failures.set(names[index] ?? '', failures[index % failures.length]!);
      await service.deliver(...names.map((name, index) => service.record(`ICU/${keys[index]}`, name)));
      const size = (await service.interventions.list({ limit: 1_000 })).items.length;
      for (const index of mended) service.book.failures.delete(names[index] ?? '');
      const asked = await requestAll(actions);
      await everybodyWorks(outages);

      const booked = await service.booked();
      expect(new Set(booked).size).toBe(booked.length);
      for (const key of new Set(keys)) {
        const ofKey = booked
          .filter((name) => name.split('/')[1] === String(key))
          .map((name) => Number(name.split('/')[2]));
        expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
      }
      const states = await parkedStates();
      for (const [name, state] of states) expect(booked.includes(name)).toBe(state === 'done');
      for (const { operationId, action, dryRun } of asked) {
        const operation = (await service.interventions.operations.show(operationId))!;
        const { planned, done, failed, skipped } = operation.counts;
        expect([operation.state, planned, done + failed + skipped]).toEqual(['finished', 0, size]);
        const { items } = await service.interventions.operations.items(operationId, { outcome: 'done', limit: 1_000 });
        const reasons = await service.reasonsByException();
        const end = action === 'retry' ? 'done' : 'abandoned';
        if (!dryRun) for (const { exceptionId } of items) expect(states.get(reasons.get(exceptionId)!)).toBe(end);
      }
    }),
    { numRuns: 25 },
  );
}, 240_000);
