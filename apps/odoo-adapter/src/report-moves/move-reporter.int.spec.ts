import { Decimal } from '@wardline/event-contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdapterBench } from '../../test/adapter-bench.js';
import { Person, runningOdoo, unique, type RunningOdoo } from '../../test/running-odoo.js';
import type { OdooConnection } from '../odoo-connection.js';

let running: RunningOdoo;
let person: Person;
beforeAll(async () => {
  running = await runningOdoo();
  person = new Person(running.settings);
}, 60_000);
afterAll(async () => {
  person.odoo.close();
  await running.close();
});

/** What the ledger would hold of a product, by location: the opening balances and every move told since. */
async function ledger(bench: AdapterBench, product: string): Promise<Record<string, number>> {
  const sums = new Map<string, Decimal>();
  const add = (location: unknown, quantity: Decimal): void => {
    sums.set(String(location), (sums.get(String(location)) ?? new Decimal(0)).plus(quantity));
  };
  for (const { data } of await bench.told('OpeningBalanceReported', product))
    add(data['locationCode'], data['quantity'] as Decimal);
  for (const { data } of await bench.told('OdooStockMoveReported', product)) {
    add(data['toLocation'], data['quantity'] as Decimal);
    add(data['fromLocation'], (data['quantity'] as Decimal).negated());
  }
  return Object.fromEntries([...sums].map(([location, sum]) => [location, sum.toNumber()]));
}

async function scene() {
  const [code, near, far] = [unique('P'), unique('N'), unique('F')];
  return {
    code,
    near,
    far,
    product: await person.product(code),
    n: await person.shelf(near),
    f: await person.shelf(far),
  };
}

/** Does something once, when the reading calls this method of this model for the nth time: before, or after it was answered. */
function meddling(
  at: { model: string; method: string; nth: number; when: 'before' | 'after' },
  act: () => Promise<unknown>,
) {
  let calls = 0;
  const around = async <T>(model: string, method: string, work: () => Promise<T>): Promise<T> => {
    const isIt = model === at.model && method === at.method && (calls += 1) === at.nth;
    if (isIt && at.when === 'before') await act();
    const answer = await work();
    if (isIt && at.when === 'after') await act();
    return answer;
  };
  return (odoo: OdooConnection): OdooConnection =>
    Object.assign(Object.create(odoo) as OdooConnection, {
      version: () => odoo.version(),
      call: (model: string, method: string, args?: Record<string, unknown>) =>
        around(model, method, () => odoo.call(model, method, args)),
      searchRead: (model: string, args: Parameters<OdooConnection['searchRead']>[1]) =>
        around(model, 'search_read', () => odoo.searchRead(model, args)),
    });
}

describe('the boundary between opening balances and moves', () => {
  it.each([
    ['before the first look at moves', { model: 'stock.move.line', method: 'search', nth: 1, when: 'before' }],
    [
      'between the look at moves and at quants',
      { model: 'stock.quant', method: 'search_read', nth: 1, when: 'before' },
    ],
    ['when the quants were read', { model: 'stock.quant', method: 'search_read', nth: 1, when: 'after' }],
    ['while moves are looked for again', { model: 'stock.move.line', method: 'search_read', nth: 1, when: 'before' }],
    ['after the last look', { model: 'stock.move.line', method: 'search_read', nth: 1, when: 'after' }],
  ] as const)('a move that is done %s counts once', async (_, moment) => {
    const { code, near, far, product, n, f } = await scene();
    await person.count(product, n, 10);
    const bench = await AdapterBench.open(
      running.settings,
      meddling(moment, () => person.move(product, n, f, 3)),
    );
    for (let poll = 0; poll < 2; poll += 1) await bench.poll();

    expect(await ledger(bench, code)).toEqual({ [near]: 7, [far]: 3 });
    await person.move(product, f, n, 1);
    await bench.poll();
    expect(await ledger(bench, code)).toEqual({ [near]: 8, [far]: 2 });
    await bench.close();
  });
});

describe('moves told', () => {
  it('one that says something else than when it was told is taken back and told anew', async () => {
    const { code, near, product, n } = await scene();
    const bench = await AdapterBench.open(running.settings);
    await bench.poll();
    await person.count(product, n, 4);
    await bench.poll();
    // as if it had been told with 7: what a person changes on a done line, seen from the other side
    await bench.database.query(`UPDATE odoo_move_line SET write_date = '', content = content || '{"quantity": "7"}'`);
    await bench.poll();
    await bench.poll();
    const told = await bench.told('OdooStockMoveReported', code);
    expect(told.map(({ data }) => [data['fromLocation'], Number(data['quantity']), data['revision']])).toEqual([
      ['Inventory adjustment', 4, 0],
      [near, 7, 1],
      ['Inventory adjustment', 4, 1],
    ]);
    await bench.close();
  });
});
