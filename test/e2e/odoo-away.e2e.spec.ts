import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { settings } from './config.ts';
import { openStory, type Story } from './story.ts';
import type { Product, Ward } from './hospital.ts';
import { consumption } from './outsider/upstream.ts';

const adapter = 'odoo-adapter';
const perSecond = 20;
const circuitOpen = 2;

describe('While Odoo is away under load', () => {
  let story: Story;
  let ward: Ward;
  let products: Product[];

  beforeAll(async () => {
    story = await openStory();
    const { hospital } = story;
    ward = await hospital.ward();
    products = await Promise.all(Array.from({ length: 8 }, () => hospital.product()));
    for (const product of products) await story.known(product, ward);
    return async () => {
      await story.wardline.line('restore');
      await story.close();
    };
  }, 300_000);

  it('the circuit opens, nothing is parked, the backlog shows; when it is back everything is posted once, in order', async () => {
    const { services, wardline, hospital } = story;
    const seconds = settings().E2E_ODOO_AWAY_SECONDS;
    const parkedBefore = await services.metric(adapter, 'wardline_parked_total');
    const waitedBefore = await services.metric(adapter, 'wardline_postings_pending');
    let sent = await sendFor(2);
    await eventually(async () => expect(await postedOf(ward)).toBeGreaterThan(0), { timeoutMs: 30_000 });

    await wardline.line('cut');
    const away = sendFor(seconds);
    await eventually(
      async () => expect(await services.metric(adapter, 'wardline_odoo_circuit_state')).toBe(circuitOpen),
      { timeoutMs: 30_000 },
    );
    sent += await away;
    await eventually(async () => expect(await services.movementsWhere({ location: ward.code })).toHaveLength(sent), {
      timeoutMs: 60_000,
    });
    const postedBefore = await postedOf(ward);
    await eventually(async () =>
      expect(await services.metric(adapter, 'wardline_postings_pending')).toBe(waitedBefore + sent - postedBefore),
    );
    expect(await services.metric(adapter, 'wardline_posting_oldest_seconds')).toBeGreaterThan(seconds / 2);
    expect(await services.isReady(adapter)).toBe(true);

    await wardline.line('restore');
    await eventually(async () => expect(await postedOf(ward)).toBe(sent), { timeoutMs: 120_000, everyMs: 250 });
    await eventually(async () => expect(await services.metric(adapter, 'wardline_odoo_circuit_state')).toBe(0));
    expect(await services.metric(adapter, 'wardline_parked_total')).toBe(parkedBefore);
    expect(await services.metric(adapter, 'wardline_postings_pending')).toBe(waitedBefore);
    for (const product of products) {
      const movements = await services.movementsWhere({ product: product.code });
      const transfers = await hospital.transfersOf(movements.map(({ eventId }) => eventId));
      const inLedger = movements.map(({ eventId }) => [`wardline ${eventId}`, 'done']);
      expect(transfers.map(({ origin, state }) => [origin, state])).toEqual(inLedger);
      expect(await hospital.onHand(product, ward)).toBe(-movements.length);
    }
  }, 900_000);

  /** Uses one piece of some product `perSecond` times a second; answers how many. */
  async function sendFor(seconds: number): Promise<number> {
    for (let tick = 0; tick < seconds; tick += 1) {
      const records = Array.from({ length: perSecond }, (_, index) =>
        consumption(products[index % products.length]!.code, ward.code),
      );
      await story.upstream.send(...records);
      await pause(1_000);
    }
    return seconds * perSecond;
  }

  async function postedOf({ code }: Ward): Promise<number> {
    const movements = await story.services.movementsWhere({ location: code });
    return movements.filter(({ posting }) => posting.state === 'POSTED').length;
  }
});
