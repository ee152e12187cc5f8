import { eventually } from '@wardline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product, Ward } from './hospital.ts';
import { consumption } from './outsider/upstream.ts';
import { openStory, type Story } from './story.ts';

const reconciliation = 'reconciliation';

interface CaseAnswer {
  readonly caseId: string;
  readonly state: string;
  readonly difference: string;
  readonly owner: string;
  readonly ledgerQuantity: string | null;
  readonly odooQuantity: string | null;
  readonly outcome: string | null;
  readonly closedByReport: string | null;
  readonly history: readonly { readonly what: string }[];
}

describe('Stock that somebody changed in Odoo', () => {
  let story: Story;
  let ward: Ward;
  let product: Product;
  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    product = await story.hospital.product();
    await story.known(product, ward);
  });
  afterAll(() => story.close());

  it('becomes a case that says so, and the case ends when Odoo is put right', async () => {
    const { hospital, upstream, services } = story;
    const record = consumption(product.code, ward.code, { quantity: '2' });
    await upstream.send(record);
    await story.posted(record);
    expect(await hospital.onHand(product, ward)).toBe(-2);

    await hospital.stock(product, ward, 5);
    const found = await eventually(
      async () => {
        const [one] = await casesOf('OPEN');
        expect(one).toMatchObject({ difference: 'UNAPPROVED_ADJUSTMENT', owner: 'stores', odooQuantity: '5' });
        return one!;
      },
      { timeoutMs: 60_000, everyMs: 250 },
    );
    const shown = await services.ask<CaseAnswer>(reconciliation, `/cases/${found.caseId}`);
    expect(shown.history.map(({ what }) => what)).toContain('opened');

    await hospital.stock(product, ward, -2);
    const closed = await eventually(
      async () => {
        const one = await services.ask<CaseAnswer>(reconciliation, `/cases/${found.caseId}`);
        expect(one).toMatchObject({ state: 'CLOSED', outcome: 'EQUAL_AGAIN' });
        return one;
      },
      { timeoutMs: 60_000, everyMs: 250 },
    );
    expect(Number(closed.closedByReport)).toBeGreaterThan(0);
    expect(await casesOf('OPEN')).toEqual([]);
  }, 180_000);

  async function casesOf(state: string): Promise<CaseAnswer[]> {
    const path = `/cases?state=${state}&product=${product.code}`;
    return (await story.services.ask<{ items: CaseAnswer[] }>(reconciliation, path)).items;
  }
});
