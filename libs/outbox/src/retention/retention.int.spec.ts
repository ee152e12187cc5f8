import { silentLog } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import { Retention } from './retention.js';

const day = 86_400_000;
const days = 400;

let service: BookingService;
let retention: Retention;

beforeEach(async () => {
  service = await BookingService.start();
  // Postgres notes by its own clock when an event was taken; everything here happens on that day.
  service.now = new Date();
  retention = new Retention({ database: service.database, clock: { now: () => service.now }, log: silentLog, days });
});
afterEach(() => service.database.close());

async function forgetAll(): Promise<void> {
  while (await retention.turn());
}

async function rows(table: string): Promise<number> {
  const [row] = await service.database.query<{ count: number }>(`SELECT count(*)::int FROM delivery.${table}`);
  return row!.count;
}

/** Abandons every parked message, as a person does. */
async function giveUp(): Promise<void> {
  const { snapshot } = await service.interventions.groups({});
  const request = {
    action: 'abandon',
    snapshot,
    groups: null,
    exceptionIds: null,
    reason: 'old',
    dryRun: false,
  } as const;
  await service.interventions.operations.request({ ...request, force: false }, { by: 'a.meyer', via: 'http' });
  await service.drainAll();
}

describe('What is old', () => {
  it('is forgotten once it is older than the retention, and nothing before', async () => {
    service.book.failures.set('bad', missing);
    await service.deliver(service.record('ICU/A', 'good'), service.record('ICU/B', 'bad'));
    await giveUp();
    const before = await Promise.all(['inbox', 'parked', 'parked_attempt', 'operation', 'operation_item'].map(rows));
    expect(before).toEqual([2, 1, 1, 1, 1]);

    service.pass((days - 1) * day);
    await forgetAll();
    expect(await rows('inbox')).toBe(2);
    expect(await rows('operation_item')).toBe(1);

    service.pass(2 * day);
    await forgetAll();
    for (const table of ['inbox', 'parked', 'parked_attempt', 'parked_past', 'operation', 'operation_item'])
      expect([table, await rows(table)]).toEqual([table, 0]);
  });

  it('stays as long as somebody has to decide about it, and so does what recognises a repeat of it', async () => {
    service.book.failures.set('bad', missing);
    const bad = service.record('ICU/B', 'bad');
    await service.deliver(bad, service.record('ICU/B', 'behind'));
    service.pass((days + 10) * day);
    await forgetAll();
    expect([await rows('parked'), await rows('inbox')]).toEqual([2, 2]);

    await service.deliver({ ...bad, offset: service.nextOffset() });
    expect(await rows('parked')).toBe(2);
    await giveUp();
    await forgetAll();
    expect([await rows('parked'), await rows('operation')]).toEqual([2, 1]);
    expect(await rows('inbox')).toBe(0);
  });

  it('goes in steps that each take a moment, however much there is', async () => {
    await service.database.query(
      `INSERT INTO delivery.inbox (event_id, taken_at) SELECT gen_random_uuid(), now() - interval '${days + 1} days' FROM generate_series(1, 5000)`,
    );
    expect(await retention.turn()).toBe(true);
    expect(await rows('inbox')).toBe(3_000);
    await forgetAll();
    expect(await rows('inbox')).toBe(0);
  });

  it('is found by an index, so that a look at a large inbox costs nothing', async () => {
    const plan = await service.database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT event_id FROM delivery.inbox WHERE taken_at < now() - interval '400 days'`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('inbox_taken');
  });
});
