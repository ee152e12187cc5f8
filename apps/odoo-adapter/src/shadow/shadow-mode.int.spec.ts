import { Decimal, type EventId } from '@wardline/event-contracts';
import { Outbox } from '@wardline/outbox';
import { eventually, outboxOf, testCodec, type PublishedEvent } from '@wardline/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdapterBench } from '../../test/adapter-bench.js';
import { Person, runningOdoo, unique, type RunningOdoo } from '../../test/running-odoo.js';
import { takeLease } from '../lease.store.js';
import { CheckpointDecisions } from './checkpoint-decisions.js';
import { differencesOf, figuresOf } from './checkpoint-view.store.js';
import { settleWithheld } from './settle-withheld.js';

let running: RunningOdoo;
let old: Person;
let bench: AdapterBench;
let outbox: Outbox;
let user: number;
const codec = testCodec();
const hour = 3_600_000;
const wish = { by: 'M. Vogel', reason: 'go-live' };
beforeAll(async () => {
  running = await runningOdoo();
  old = new Person(running.settings);
  bench = await AdapterBench.open(running.settings);
  outbox = new Outbox(await codec, { now: () => new Date() }, 'odoo-adapter');
  await bench.provision();
  const product = await old.product(unique('P'));
  const shelf = await old.shelf(unique('W'));
  await old.count(product, shelf, 1);
  const [row] = await old.odoo.searchRead<{ write_uid: [number, string] }>('stock.move.line', {
    ...{ domain: [['product_id', '=', product]], fields: ['write_uid'] },
  });
  user = row!.write_uid[0];
}, 120_000);
afterAll(async () => {
  await bench.close();
  old.odoo.close();
  await running.close();
});

/** A ward with stock, in shadow mode since an hour before. */
async function scene(oldFlow: 'consumption' | 'adjustment' = 'consumption') {
  const [code, ward] = [unique('P'), unique('W')];
  const [product, shelf] = [await old.product(code), await old.shelf(ward)];
  await old.count(product, shelf, 100);
  await bench.poll();
  const decisions = new CheckpointDecisions(bench.database, outbox, { now: () => new Date(Date.now() - 2 * hour) });
  const times = { toleranceMs: 60_000, agreeMs: 1_000 };
  const what = { flow: 'consumption', site: ward, oldFlow, oldUserIds: [user], ...times } as const;
  const checkpointId = await decisions.begin(what, wish);
  return { code, ward, product, shelf, checkpointId };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Wardline's ledger tells of a use. */
function use({ code, ward }: Scene, quantity: number, change: { occurredAt?: Date } = {}) {
  const what = {
    movementType: 'CONSUMPTION',
    productCode: code,
    fromLocation: ward,
    toLocation: 'Consumption',
  } as const;
  return bench.post({ ...what, quantity: new Decimal(quantity), occurredAt: new Date(), ...change });
}

/** The old interface posts a use. */
async function oldUse({ product, shelf }: Scene, quantity: number): Promise<void> {
  const domain = [['usage', '=', 'production']];
  const [place] = await old.odoo.searchRead<{ id: number }>('stock.location', { domain, fields: ['name'], limit: 1 });
  await old.move(product, shelf, place!.id, quantity);
  await bench.poll();
}

async function settle(afterMs: number): Promise<void> {
  const lease = (await takeLease(bench.database, 'master-data', 'bench', 60_000))!;
  const now = new Date(Date.now() + afterMs);
  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  const parts = { database: bench.database, outbox, clock: { now: () => new Date() } };
  await settleWithheld(parts, lease, { readUntil: now, dayOf });
  await bench.work();
}

/** What the ledger hears of the old interface; that the shelf was filled at the start is left out. */
async function told({ code }: Scene): Promise<PublishedEvent[]> {
  const moves = await bench.told('OdooStockMoveReported', code);
  return moves.filter(({ data }) => data['fromLocation'] !== 'Inventory adjustment');
}

async function stateOf({ eventId }: { eventId: EventId }) {
  const [row] = await bench.database.query<{ state: string; code: string | null }>(
    'SELECT state, code FROM posting WHERE event_id = $1',
    [eventId],
  );
  return [row?.state, row?.code].join(' ').trim();
}

async function events(type: string, of: (data: PublishedEvent['data']) => boolean): Promise<PublishedEvent['data'][]> {
  return (await outboxOf(bench.database))
    .filter((event) => event.type === type && of(event.data))
    .map(({ data }) => data);
}

it('in shadow mode Wardline posts nothing, finds what the old interface posted, and the ledger hears of it once', async () => {
  const here = await scene();
  const moved = await use(here, 3);
  expect(await stateOf(moved)).toBe('withheld');
  await oldUse(here, 3);
  expect(await told(here)).toEqual([]);
  await settle(2 * 60_000);
  expect(await stateOf(moved)).toBe('elsewhere EXACT');
  expect(await old.onHand(here.product, here.shelf)).toBe(97);
  expect(await told(here)).toEqual([]);
  const isOurs = (data: PublishedEvent['data']) => data['sourceEventId'] === moved.eventId;
  expect(await events('PostingWithheld', isOurs)).toMatchObject([{ flow: 'consumption', site: here.ward }]);
  expect(await events('WithheldPostingSettled', isOurs)).toMatchObject([{ outcome: 'EXACT' }]);
  expect(await figuresOf(bench.database, here.checkpointId)).toMatchObject({ exact: 1, open: { ours: 0, theirs: 0 } });
}, 60_000);

it('what only one of the two has, or has otherwise, is named', async () => {
  const here = await scene();
  const [lost, packs] = [await use(here, 2), await use(here, 12)];
  await oldUse(here, 1);
  await settle(2 * 60_000);
  expect([await stateOf(lost), await stateOf(packs)].toSorted()).toEqual(['alone ALONE', 'elsewhere DIFFERS']);
  await oldUse(here, 7);
  await settle(4 * 60_000);
  const found = await differencesOf(bench.database, here.checkpointId);
  expect(found.map(({ what }) => what).toSorted()).toEqual(['DIFFERS', 'ONLY_OURS', 'ONLY_THEIRS']);
  const [stray] = await told(here);
  expect(stray?.data).toMatchObject({ quantity: new Decimal(7), toLocation: 'Consumption' });
  expect(stray?.data['reason']).toContain('old interface, no record of ours');
}, 60_000);

it('a use that the old interface writes as an inventory adjustment is found too', async () => {
  const here = await scene('adjustment');
  const moved = await use(here, 3);
  await old.count(here.product, here.shelf, 97);
  await bench.poll();
  await settle(2 * 60_000);
  expect(await stateOf(moved)).toBe('elsewhere EXACT');
  expect(await told(here)).toEqual([]);
}, 60_000);

it('a day that the old interface posts in one line agrees', async () => {
  const here = await scene();
  const uses = [await use(here, 2), await use(here, 3)];
  await oldUse(here, 5);
  await settle(2 * 60_000);
  expect(await Promise.all(uses.map(stateOf))).toEqual(['elsewhere DAY', 'elsewhere DAY']);
}, 60_000);

it('handed over, what the old interface had posted is not posted again, what it had not is, and what comes after is', async () => {
  const here = await scene();
  const [before, missed] = [await use(here, 4), await use(here, 6)];
  await oldUse(here, 4);
  // A switch lies a minute ahead of the one who decides: half a second from now.
  const ago = new CheckpointDecisions(bench.database, outbox, { now: () => new Date(Date.now() - 59_500) });
  await expect(ago.switch(here.checkpointId, 'LIVE', wish)).rejects.toThrow('nothing has been found to agree yet');
  await ago.switch(here.checkpointId, 'LIVE', { ...wish, despite: true });
  const switchedAt = Date.now() + 500;
  await eventually(() => expect(Date.now()).toBeGreaterThan(switchedAt));
  const [late, after] = [await use(here, 8, { occurredAt: new Date(Date.now() - hour) }), await use(here, 16)];
  expect(await stateOf(late)).toBe('withheld');
  expect(await stateOf(after)).toBe('posted');
  expect(await old.onHand(here.product, here.shelf)).toBe(100 - 4 - 16);
  await settle(3 * 60_000);
  expect(await stateOf(before)).toBe('elsewhere EXACT');
  expect([await stateOf(missed), await stateOf(late)]).toEqual(['posted', 'posted']);
  expect(await old.onHand(here.product, here.shelf)).toBe(100 - 4 - 6 - 8 - 16);
  const switched = await events('PostingSwitched', (data) => data['checkpointId'] === here.checkpointId);
  expect(switched.map(({ mode }) => mode)).toEqual(['SHADOW', 'LIVE']);
}, 60_000);

it('rolled back, Wardline posts nothing more, and a person has it post what the old interface left out', async () => {
  const here = await scene();
  const at = (ms: number) => new CheckpointDecisions(bench.database, outbox, { now: () => new Date(Date.now() + ms) });
  await at(-hour).switch(here.checkpointId, 'LIVE', { ...wish, despite: true });
  const live = await use(here, 1);
  await at(-60_000).switch(here.checkpointId, 'SHADOW', wish);
  const left = await use(here, 2);
  expect([await stateOf(live), await stateOf(left)]).toEqual(['posted', 'withheld']);
  await settle(2 * 60_000);
  expect(await stateOf(left)).toBe('alone ALONE');
  await at(0).post(left.eventId, wish);
  await bench.work();
  expect(await stateOf(left)).toBe('posted');
  await expect(at(0).post(left.eventId, wish)).rejects.toThrow('is no movement that only Wardline has');
  expect(await old.onHand(here.product, here.shelf)).toBe(97);
}, 60_000);

it('a record that comes after its line was told takes the line back', async () => {
  const here = await scene();
  await oldUse(here, 5);
  await settle(3 * 60_000);
  const record = await use(here, 5);
  await settle(5 * 60_000);
  expect(await stateOf(record)).toBe('elsewhere EXACT');
  expect((await told(here)).map(({ data }) => [data['fromLocation'], data['toLocation']])).toEqual([
    [here.ward, 'Consumption'],
    ['Consumption', here.ward],
  ]);
}, 60_000);

it('what Odoo would refuse is withheld all the same, and says so', async () => {
  const here = await scene();
  const moved = await use(here, 0.001);
  const [row] = await bench.database.query<{ error: string }>('SELECT error FROM posting WHERE event_id = $1', [
    moved.eventId,
  ]);
  expect(row?.error).toContain('QUANTITY_PRECISION');
});
