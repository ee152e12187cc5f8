import type { ConsumptionRecorded } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aRecord, internal, location, morning, product, sent, unit } from '../../test/builders.js';
import { ServiceUnderTest } from '../../test/service-under-test.js';
import { FeedController, FeedSettingController } from './feed.controller.js';
import { FeedEars } from './feed-ears.js';
import { FeedGauges } from './feed-gauges.js';
import { FeedHerald } from './feed-herald.js';
import { FeedReadings } from './feed-readings.js';
import { FeedSettingStore } from './feed-setting.store.js';
import { FeedViewStore } from './feed-view.store.js';
import { FeedWatch } from './feed-watch.js';
import { FeedStore } from './feed.store.js';

const tables =
  'feed, feed_hour, feed_gap, feed_setting, feed_exception, consumption_record, sequence_claim, delivery.outbox';
let service: ServiceUnderTest;
let watch: FeedWatch;
let feeds: FeedController;
let settings: FeedSettingController;
const views = new FeedViewStore();

beforeAll(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(unit('Units', '1'), location(), product());
  const { database, outbox, parking, clock } = service;
  const store = new FeedStore();
  const readings = new FeedReadings(store, views, clock);
  watch = new FeedWatch(
    database,
    new FeedEars(outbox, parking, store, clock),
    new FeedHerald(outbox, readings, views, clock),
  );
  feeds = new FeedController(database, readings, views);
  settings = new FeedSettingController(database, new FeedSettingStore(), clock);
});
beforeEach(async () => {
  service.now = morning;
  await service.database.query(`TRUNCATE ${tables}, delivery.parked CASCADE`);
  await service.database.query('UPDATE feed_reading SET looked_at = NULL, listening_since = NULL');
  await look();
});
afterAll(() => service.database.close());

/** Looks until all that was written is heard: transactions of other tests in this Postgres may hold some of it back. */
async function look(minutes = 0): Promise<void> {
  service.now = new Date(service.now.getTime() + minutes * 60_000);
  while ((await watch.cycle()) !== 'complete');
}

/** Lets time go by with somebody listening all the time. */
async function listen(minutes: number): Promise<void> {
  for (let gone = 0; gone < minutes; gone += 1) await look(1);
}

type Told = Partial<ConsumptionRecorded>;
const numbered = (...numbers: number[]): Told[] => numbers.map((number) => ({ sequence: BigInt(number) }));

/** Records of cabinet-7 come, which happened just now. */
async function come(...records: Told[]): Promise<void> {
  for (const record of records) await service.deliver([sent(aRecord({ occurredAt: service.now, ...record }))]);
}

async function told(): Promise<string[]> {
  const events = await service.published('operations.exception');
  return events
    .filter(({ data }) => (data['code'] ?? 'FEED') !== 'UNKNOWN_PRODUCT')
    .map(
      ({ type, data }) => `${type} ${(data['owner'] ?? '') as string} ${(data['message'] ?? data['reason']) as string}`,
    );
}

const shown = () => feeds.show('cabinet-7');
const expectEvery = (everyMinutes: number, more: object = {}) =>
  settings.put('cabinet-7', { everyMinutes, by: 'M. Weber', ...more });

describe('a feed that is expected', () => {
  it('and silent raises one exception for its owner, which ends by itself when it speaks again', async () => {
    await expectEvery(2, { owner: 'cabinet-team' });
    await come({});
    await listen(5);
    expect(await told()).toEqual([]);
    await listen(15);
    expect(await told()).toEqual([
      expect.stringMatching(
        /^ExceptionRaised cabinet-team Feed cabinet-7 is silent for 7 minutes, expected every 2 minutes; last heard at 2026-11-21T08:15:30.000Z\. .* PUT \/feeds\/cabinet-7\.$/,
      ),
    ]);
    expect(await shown()).toMatchObject({ state: 'SILENT', silence: { seconds: 1_200 } });
    await come({});
    await look();
    expect((await told()).slice(1)).toEqual([
      'ExceptionResolved  Feed cabinet-7 was last heard at 2026-11-21T08:35:30.000Z, which is what is expected of it now.',
    ]);
    expect(await shown()).toMatchObject({ state: 'SPEAKING', records: 2, exceptions: {} });
  });

  it('is not silent for what this service did not listen to', async () => {
    await expectEvery(2);
    await come({});
    await look();
    await look(300);
    expect(await told()).toEqual([]);
    await listen(7);
    expect(await told()).toHaveLength(1);
  });

  it('and never heard is silent from when it was expected', async () => {
    await expectEvery(2);
    await listen(7);
    expect(await told()).toEqual([
      expect.stringContaining('is silent for 7 minutes, expected every 2 minutes; never heard.'),
    ]);
  });

  it('is not told while a person has muted it, with the reason, and is told after that', async () => {
    await expectEvery(2);
    await come({});
    await listen(7);
    const mutedUntil = new Date(service.now.getTime() + 3 * 60_000).toISOString();
    await expectEvery(2, { mutedUntil, reason: 'cabinet moves to ward 3' });
    await look();
    expect((await told()).at(-1)).toBe(
      `ExceptionResolved  M. Weber muted feed cabinet-7 until ${mutedUntil}: cabinet moves to ward 3`,
    );
    await listen(3);
    expect(await told()).toHaveLength(3);
  });

  it('has spoken when a record of it had to wait, and has not when that record goes on at last', async () => {
    await expectEvery(2);
    await come({ product: internal('LATER'), sequence: 7n });
    await look();
    expect(await shown()).toMatchObject({ records: 1, lastHeardAt: morning, counter: { highest: '7' } });
    await listen(9);
    await service.know(product({ productCode: 'LATER' }));
    await service.drain();
    await look();
    expect(await shown()).toMatchObject({ state: 'SILENT', records: 1, lastHeardAt: morning });
  });
});

describe('numbers that do not come', () => {
  it('are told once they are missing for five minutes, and settle themselves when they come late', async () => {
    await come(...numbered(10, 11, 20));
    await look();
    expect(await told()).toEqual([]);
    expect(await shown()).toMatchObject({ openGaps: 1, missing: '8', gaps: [{ missing: '12 to 19', closedAt: null }] });
    await listen(5);
    expect(await told()).toEqual([
      expect.stringMatching(
        /^ExceptionRaised platform Feed cabinet-7 has counted up to 20, and 8 numbers in 1 gap did not come, the first 12 to 19\./,
      ),
    ]);
    await come(...numbered(12, 13, 14, 15, 17, 18, 19).map((late) => ({ ...late, occurredAt: morning })));
    await look();
    expect(await shown()).toMatchObject({ missing: '1', gaps: [{ missing: '16' }] });
    await come({ sequence: 16n, occurredAt: morning });
    await look();
    expect((await told()).at(-1)).toBe(
      'ExceptionResolved  All that was missing of feed cabinet-7 came, or was accepted as never sent.',
    );
    expect(await shown()).toMatchObject({ openGaps: 0, gaps: [{ closedHow: 'CAME', numbers: '0' }] });
  });

  it('are nobody’s news where records only overtook one another', async () => {
    await come(...numbered(10, 12));
    await look();
    await come({ sequence: 11n, occurredAt: morning });
    await listen(6);
    expect(await told()).toEqual([]);
    expect((await shown()).gaps).toEqual([]);
  });

  it('are accepted by a person as never sent, once, with name and reason', async () => {
    await come(...numbered(1, 5));
    await listen(6);
    const [gap] = (await shown()).gaps;
    const word = { by: 'M. Weber', reason: 'cabinet was reset by its vendor' };
    expect(await settings.accept('cabinet-7', gap!.id, word)).toEqual({ accepted: true });
    await look();
    expect((await told()).map((line) => line.split(' ')[0])).toEqual(['ExceptionRaised', 'ExceptionResolved']);
    expect(await shown()).toMatchObject({
      gaps: [{ ...{ closedHow: 'ACCEPTED', acceptedBy: word.by, reason: word.reason }, missing: '2 to 4' }],
    });
    await expect(settings.accept('cabinet-7', gap!.id, word)).rejects.toThrow('has no open gap');
  });
});

it('a counter that begins anew is told with what it refuses, and ends when its numbers are new ones', async () => {
  await come(...numbered(1, 2, 3, 4, 5));
  service.now = new Date(morning.getTime() + 60_000);
  await come(...numbered(1, 2, 3, 4));
  await look();
  expect(await told()).toEqual([
    expect.stringMatching(
      /^ExceptionRaised platform The counter of feed cabinet-7 began anew: from 5 to 1 at .* refused as DUPLICATE/,
    ),
  ]);
  expect(await shown()).toMatchObject({
    counter: { refusedAsDuplicates: true, restarted: { from: '5', to: '1' } },
    openGaps: 0,
  });
  await come(...numbered(5, 6));
  await look();
  expect((await told()).at(-1)).toBe(
    'ExceptionResolved  Records of feed cabinet-7 have numbers that were not used before.',
  );
});

it('learns from what came how long a silence is usual at an hour, and tells what is longer', async () => {
  const hour = 3_600_000;
  for (let hours = -4 * 24; hours < 0; hours += 0.5) {
    service.now = new Date(morning.getTime() + hours * hour);
    if (service.now.getUTCHours() >= 6) await come({});
  }
  service.now = morning;
  await come({});
  await look();
  const { silence, state } = await shown();
  expect({ ...silence, state }).toEqual({
    seconds: 0,
    toldAfterSeconds: 2_700,
    usuallyEverySeconds: 1_800,
    state: 'SPEAKING',
  });
  const night = new Date(morning.getTime() - 4 * hour);
  expect((await views.usual(service.database, night, 'cabinet-7')).get('cabinet-7')!.longestSeconds).toBe(6.5 * 3_600);
});

it('lists feeds page by page, and tells Prometheus their sums', async () => {
  for (const source of ['a', 'b', 'c']) await come({ source, sequence: 1n }, { source, sequence: 4n });
  await look();
  const first = await feeds.list({ limit: '2' });
  const rest = await feeds.list({ limit: '2', after: first.next! });
  expect([...first.items, ...rest.items].map(({ source, state, missing }) => [source, state, missing])).toEqual(
    ['a', 'b', 'c'].map((source) => [source, 'LEARNING', '2']),
  );
  expect(rest.next).toBeNull();
  const registry = new Registry();
  new FeedGauges(service.database, views, registry);
  const text = await registry.metrics();
  expect(text.split('\n').filter((line) => /^wardline/.test(line))).toEqual([
    ...['wardline_feeds 3', 'wardline_feeds_silent 0', 'wardline_feed_gaps_open 3', 'wardline_feed_numbers_missing 6'],
  ]);
});
