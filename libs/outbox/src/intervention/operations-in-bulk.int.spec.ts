import { afterAll, beforeAll, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import type { Operation } from './operation.js';

const keys = 1_000;
const behind = 1;
const arriving = 100;

let service: BookingService;

beforeAll(async () => {
  service = await BookingService.start();
});
afterAll(() => service.database.close());

/** New messages of the same group, one by one. */
async function arrive(): Promise<void> {
  for (let index = 0; index < arriving; index++) {
    service.book.failures.set(`new/${index}`, missing);
    await service.deliver(service.record(`ICU/new ${index}`, `new/${index}`));
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`${what}: ${seconds.toFixed(2)} s\n`);
  return { result, seconds };
}

it('1,000 parked messages with 1,000 behind them are rehearsed and retried for a few transactions each, those behind follow and new ones are left alone', async () => {
  for (let index = 0; index < keys; index++) service.book.failures.set(`${index}/0`, missing);
  const names = Array.from(
    { length: keys * (behind + 1) },
    (_, place) => `${place % keys}/${Math.floor(place / keys)}`,
  );
  const records = names.map((name) => service.record(`ICU/${name.split('/')[0]}`, name));
  for (let from = 0; from < records.length; from += 500) await service.deliver(...records.slice(from, from + 500));
  service.book.failures.clear();

  const floor = await timed('1,000 bare transactions', async () => {
    for (let index = 0; index < keys; index++)
      await service.database.transaction((tx) => tx.query('SELECT 1 FROM booked WHERE reason = $1', [String(index)]));
  });

  const { result: group } = await timed('groups', () => service.interventions.groups({}));
  expect(group.groups).toMatchObject([{ parked: keys, waitingBehind: keys * behind }]);
  const operate = async (dryRun: boolean, meanwhile: () => Promise<void>): Promise<Operation> => {
    const asked = {
      action: 'retry',
      snapshot: group.snapshot,
      groups: null,
      exceptionIds: null,
      reason: null,
      dryRun,
      force: false,
    } as const;
    const { operationId } = await service.interventions.operations.request(asked, { by: 'a.meyer', via: 'http' });
    const work = async (): Promise<void> => {
      while (await service.runner.turn());
    };
    await Promise.all([work(), meanwhile()]);
    return (await service.interventions.operations.show(operationId))!;
  };
  const rehearsal = await timed('dry run of 1,000', () => operate(true, async () => undefined));
  expect(rehearsal.result.counts).toEqual({ planned: 0, done: keys, failed: 0, skipped: 0 });
  expect(await service.booked()).toEqual([]);
  const retry = await timed('retry of 1,000', () => operate(false, arrive));
  expect(retry.result.counts).toEqual({ planned: 0, done: keys, failed: 0, skipped: 0 });
  const followers = await timed('1,000 that waited behind', async () => {
    while (await service.drain.drainOne());
  });
  expect((await service.interventions.groups({})).groups).toMatchObject([{ parked: arriving, waitingBehind: 0 }]);
  const booked = await service.booked();
  expect(booked).toHaveLength(keys * (behind + 1));
  for (let index = 0; index < keys; index++)
    expect(booked.filter((name) => name.startsWith(`${index}/`))).toEqual([`${index}/0`, `${index}/1`]);
  expect(Math.max(rehearsal.seconds / 2, retry.seconds, followers.seconds)).toBeLessThan(20 * floor.seconds);
}, 300_000);
