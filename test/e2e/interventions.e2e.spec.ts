import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { settings } from './config.ts';
import { openStory, type Story } from './story.ts';
import { named, type Product, type Ward } from './hospital.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';
import type { Operation, ParkedMessage } from './service-answers.ts';

const adapter = 'odoo-adapter';
const ingest = 'consumption-ingest';
const patiently = { timeoutMs: 240_000, everyMs: 250 };
/** Odoo refuses them one by one, which takes its time: a thousand are for the slow proofs. */
const size = settings().E2E_GROUP;
const arriving = 5;

interface Groups {
  readonly snapshot: string;
  readonly groups: readonly { readonly code: string; readonly parked: number; readonly waitingBehind: number }[];
}

interface Items {
  readonly items: readonly { readonly outcome: string; readonly effect: { readonly releases: number } | null }[];
  readonly cursor: string | null;
}

describe('A person decides about what is parked', () => {
  let story: Story;

  beforeAll(async () => {
    story = await openStory();
    return async () => {
      await story.wardline.line('restore');
      await story.close();
    };
  }, 300_000);

  it('a group with later ones behind them: rehearsed, then exactly those seen go through, in order, though new ones arrive and the service is killed', async () => {
    const { services, hospital, upstream, wardline } = story;
    const product = await hospital.product();
    const wards = await hospital.wards(Array.from({ length: size }, () => named('BED')));
    await story.known(product, wards.at(-1)!);
    const first = await refusedByOdoo(product, wards);
    await mended(product);
    const later = wards.map((ward) => consumption(product.code, ward.code, { quantity: '2' }));
    await upstream.send(...later);
    await eventually(
      async () => expect(await seenGroup()).toMatchObject({ parked: size, waitingBehind: size }),
      patiently,
    );
    const { snapshot } = await services.ask<Groups>(adapter, '/parked/groups?code=ODOO_VALIDATION');

    const rehearsal = await operate({ action: 'retry', snapshot, dryRun: true });
    expect((await finished(adapter, rehearsal)).counts).toEqual({ planned: 0, done: size, failed: 0, skipped: 0 });
    const { items } = await services.ask<Items>(adapter, `/operations/${rehearsal.operationId}/items?limit=1000`);
    expect(items.filter(({ outcome, effect }) => outcome === 'done' && effect?.releases === 1)).toHaveLength(size);
    expect(await seenGroup()).toMatchObject({ parked: size, waitingBehind: size });

    const other = await hospital.product();
    await story.known(other, wards.at(-1)!);
    await refusedByOdoo(other, wards.slice(0, arriving));
    await mended(other);
    const retry = await operate({ action: 'retry', snapshot, reason: 'lots are not tracked any more' });
    await wardline.part(adapter, 'kill');
    await wardline.part(adapter, 'restart');
    expect(retry.counts).toEqual({ planned: size, done: 0, failed: 0, skipped: 0 });
    expect((await finished(adapter, retry)).counts).toEqual({ planned: 0, done: size, failed: 0, skipped: 0 });
    expect(await seenGroup()).toMatchObject({ parked: arriving, waitingBehind: 0 });

    await eventually(async () => expect(await postings(product)).toHaveLength(2 * size), patiently);
    const order = new Map(
      (await postings(product)).map(({ sourceEventId, recordId }) => [sourceEventId, Number(recordId)]),
    );
    const turned = first.filter(({ eventId }, index) => order.get(eventId)! >= order.get(later[index]!.eventId)!);
    expect(turned).toEqual([]);
  }, 600_000);

  it('an edit waits for a second person and leaves a trace on both versions', async () => {
    const { services, hospital, upstream } = story;
    const [product, ward] = [await hospital.product(), await hospital.ward()];
    await story.known(product, ward);
    const [wrong, behind] = [
      consumption(product.code, ward.code, { unit: 'BOXX' }),
      consumption(product.code, ward.code),
    ];
    await upstream.send(wrong, behind);
    await story.receipt(behind, 'held');
    const exceptionId = await parked(`${ward.code}/${product.code}`);
    const content = await services.ask<{ data: Record<string, unknown> }>(ingest, `/parked/${exceptionId}/content`);
    expect(content.data).toMatchObject({ unit: 'BOXX', quantity: '1' });

    const edit = { by: 'a.meyer', reason: 'the cabinet wrote BOXX for EA', changes: { unit: 'EA' } };
    const asked = await services.ask<Operation>(ingest, `/parked/${exceptionId}/edit`, edit);
    expect(asked).toMatchObject({ state: 'awaiting-approval', counts: { planned: 1 } });
    await services.ask(ingest, `/operations/${asked.operationId}/approve`, { by: 'm.weber' });
    expect((await finished(ingest, asked)).counts).toMatchObject({ done: 1 });
    await story.posted(wrong, 60_000);
    await story.posted(behind, 60_000);
    type Lineage = { readonly state: string; readonly lineage: Readonly<Record<string, string | null>> };
    const original = await services.ask<Lineage>(ingest, `/parked/${exceptionId}`);
    const version = await services.ask<Lineage>(ingest, `/parked/${original.lineage['supersededBy']}`);
    expect([original.state, version.state]).toEqual(['superseded', 'done']);
    expect(version.lineage).toMatchObject({ supersedes: exceptionId, editedBy: 'a.meyer', approvedBy: 'm.weber' });
  }, 180_000);

  it('by a message as well as over HTTP, and is answered by one', async () => {
    const { hospital, upstream, subscriber } = story;
    const ward = await hospital.ward();
    const product = await hospital.product();
    await story.known(product, ward);
    const record = consumption(named('GHOST'), ward.code);
    await upstream.send(record);
    await story.receipt(record, 'held');
    const eventId = await decide([await parked(`${ward.code}/${record.product.value}`)]);
    await eventually(
      () => {
        const [completed] = subscriber.seen('InterventionCompleted', { operationId: eventId });
        expect(completed?.data).toMatchObject({
          consumer: ingest,
          action: 'ABANDON',
          outcome: 'FINISHED',
          by: 'a.meyer',
          done: 1,
        });
      },
      { timeoutMs: 30_000 },
    );
    expect((await story.receipt(record, 'refused')).message).toContain('never existed');
    const refused = await decide([randomUUID()]);
    await eventually(
      () => {
        const [completed] = subscriber.seen('InterventionCompleted', { operationId: refused });
        expect(completed?.data).toMatchObject({
          outcome: 'REFUSED',
          message: expect.stringContaining('no parked message'),
        });
      },
      { timeoutMs: 30_000 },
    );
  }, 180_000);

  /** Sends one use on each ward while the line is cut and Odoo begins to want a lot: Odoo then refuses every posting. */
  async function refusedByOdoo(product: Product, wards: readonly Ward[]): Promise<Consumption[]> {
    const { hospital, upstream, services, wardline } = story;
    const before = (await seenGroup())?.parked ?? 0;
    const records = wards.map((ward) => consumption(product.code, ward.code));
    await wardline.line('cut');
    await upstream.send(...records);
    await eventually(
      async () => expect(await services.movementsWhere({ product: product.code })).toHaveLength(wards.length),
      patiently,
    );
    await hospital.change('product.product', product.id, { tracking: 'lot' });
    await wardline.line('restore');
    await eventually(async () => expect((await seenGroup())?.parked).toBe(before + wards.length), patiently);
    return records;
  }

  /** Odoo no longer wants a lot, and consumption-ingest has heard of it. */
  async function mended(product: Product): Promise<void> {
    await heardOf(product, 'LOT');
    await story.hospital.change('product.product', product.id, { tracking: 'none' });
    await heardOf(product, 'NONE');
  }

  async function heardOf(product: Product, tracking: string): Promise<void> {
    await eventually(async () => {
      const changes = story.subscriber.seen('ProductChanged', { productCode: product.code });
      expect(changes.at(-1)?.data['tracking']).toBe(tracking);
      expect(await story.services.metric(ingest, 'wardline_lag_messages', { topic: 'masterdata.product' })).toBe(0);
    }, patiently);
  }

  async function seenGroup(): Promise<Groups['groups'][number] | undefined> {
    const { groups } = await story.services.ask<Groups>(adapter, '/parked/groups?code=ODOO_VALIDATION');
    return groups[0];
  }

  function operate(request: object): Promise<Operation> {
    return story.services.ask<Operation>(adapter, '/operations', { by: 'a.meyer', ...request });
  }

  async function finished(service: string, { operationId }: Operation): Promise<Operation> {
    return eventually(async () => {
      const operation = await story.services.ask<Operation>(service, `/operations/${operationId}`);
      expect(operation.state).toBe('finished');
      return operation;
    }, patiently);
  }

  async function postings(product: Product): Promise<{ sourceEventId: string; recordId: string | null }[]> {
    const movements = await story.services.movementsWhere({ product: product.code });
    return movements
      .filter(({ posting }) => posting.state === 'POSTED')
      .map(({ sourceEventId, posting }) => ({ sourceEventId, recordId: posting.recordId }));
  }

  async function parked(key: string): Promise<string> {
    return eventually(async () => {
      const [message] = await story.services.parked(ingest, { key, state: 'parked' });
      expect(message).toBeDefined();
      return (message as ParkedMessage).exceptionId;
    });
  }

  /** Abandons messages by a message of a console that shares no code with us; answers the operation's id. */
  async function decide(exceptionIds: readonly string[]): Promise<string> {
    const eventId = randomUUID();
    const now = Date.now();
    const header = {
      eventId,
      occurredAt: now,
      recordedAt: now,
      source: 'console',
      correlationId: eventId,
      causationId: null,
    };
    const decision = { consumer: ingest, action: 'ABANDON', by: 'a.meyer', reason: 'never existed', exceptionIds };
    const rest = { operationId: null, snapshot: null, groups: [], changes: null, dryRun: false, force: false };
    const record = 'org.wardline.operations.InterventionRequested';
    await story.upstream.sendRecord('operations.intervention', record, eventId, { ...header, ...decision, ...rest });
    return eventId;
  }
});
