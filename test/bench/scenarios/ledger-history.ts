import { setTimeout as sleep } from 'node:timers/promises';
import { ledgerShape, LedgerSite } from '../ledger-site.store.ts';
import { oneOf } from '../options.ts';
import { startPlatform } from '../own-stack.ts';
import type { Measured, Scenario, Surroundings, Table } from '../scenario.ts';
import { percentile, spreadOf } from '../statistics.ts';

/** Bounds of issue 5, in milliseconds. */
const bounds = { asOf: 50, trace: 200 };
const odoo = { url: 'http://127.0.0.1:1', database: 'none', apiKey: 'none' };

/** Balances at any time, and the story of a lot, out of a long ledger. */
export const ledgerHistory: Scenario = {
  name: 'ledger-history',
  question: 'How long does a balance as of any time take on 10 million movements, and the trace of a lot?',
  measure,
};

/** What is asked, and how its answers are named in the table. */
interface Lane {
  readonly name: string;
  readonly bound: number;
  readonly path: (n: number) => string;
}

async function measure(surroundings: Surroundings): Promise<Measured> {
  const { options, progress, atEnd } = surroundings;
  const movements = oneOf(options.backlog, options.quick ? 50_000 : 10_000_000);
  const { parts, databases, brokers, registryUrl } = await startPlatform(surroundings);
  const url = databases['inventory-sync']!;
  const service = await parts.service('inventory-sync', url, { brokers, registryUrl, odoo });
  await service.stop();
  const site = await LedgerSite.open(url);
  atEnd(() => site.close());
  const begun = performance.now();
  await site.prepareInserts();
  await site.fill(movements, progress);
  const filled = performance.now();
  await site.buildHistory(progress);
  const built = performance.now();
  progress('vacuum');
  await site.settle();
  await service.restart();
  await caughtUp(service.url, movements, progress);
  const timings = await ask(service.url, options.quick ? 20 : 200, progress);
  const objections = await wrongAnswers(service.url, site);
  await service.stop();
  const costs = await insertCosts(site, options.quick ? 2 : 10);
  const sizes = { ledger: await site.bytes('stock_movement'), history: await historyBytes(site) };
  const seconds = { fill: (filled - begun) / 1000, history: (built - filled) / 1000 };
  return resultOf({ movements, timings, objections, costs, sizes, seconds });
}

async function caughtUp(service: string, movements: number, progress: (line: string) => void): Promise<void> {
  for (;;) {
    const { continuous } = (await answerOf(`${service}/ledger/check?full=false`)) as {
      continuous: { movements: string; balancedAt: string | null };
    };
    progress(`the history has ${continuous.movements} of ${movements} movements`);
    if (Number(continuous.movements) === movements && continuous.balancedAt !== null) return;
    await sleep(2_000);
  }
}

/** A lot of the ledger; those that end with 0 would be of the numbers that the hot lot has. */
const lot = (n: number): number => {
  const place = (n * 37) % (ledgerShape.products * ledgerShape.lotsAProduct);
  return place % 10 === 0 ? place + 1 : place;
};
const coldKey = (n: number): string =>
  `product=P-${Math.floor(lot(n) / ledgerShape.lotsAProduct)}&location=WARD-${lot(n) % ledgerShape.wards}&lot=L-${lot(n)}`;
const dayOf = (n: number): string =>
  new Date(Date.UTC(2026, 0, 1) + ((n * 7_919_777) % (ledgerShape.days * 86_400)) * 1000).toISOString();

const lanes: readonly Lane[] = [
  {
    name: 'as of, another lot at a ward each time',
    bound: bounds.asOf,
    path: (n) => `/balances/as-of?${coldKey(n)}&occurredAt=${dayOf(n)}`,
  },
  {
    name: 'as of and as known then, another lot at a ward each time',
    bound: bounds.asOf,
    path: (n) => `/balances/as-of?${coldKey(n + 300)}&occurredAt=${dayOf(n)}&knownAt=${dayOf(n + 1)}`,
  },
  {
    name: 'as of, all lots of a product used',
    bound: bounds.asOf,
    path: (n) => `/balances/as-of?product=P-${n % ledgerShape.products}&location=Consumption&occurredAt=${dayOf(n)}`,
  },
  {
    name: 'as of, the hot lot',
    bound: bounds.asOf,
    path: (n) => `/balances/as-of?product=HOT&location=WARD-0&lot=HOT-1&occurredAt=${dayOf(n)}`,
  },
  {
    name: 'as of and as known then, the hot lot',
    bound: bounds.asOf,
    path: (n) => `/balances/as-of?product=HOT&location=WARD-0&occurredAt=${dayOf(n)}&knownAt=${dayOf(n + 1)}`,
  },
  {
    name: 'trace of a lot, 200 movements shown',
    bound: bounds.trace,
    path: (n) => `/trace?lot=L-${lot(n + 700)}&limit=200`,
  },
  {
    name: 'availability',
    bound: bounds.trace,
    path: (n) => `/availability?product=P-${n % ledgerShape.products}&location=WARD-1&quantity=5`,
  },
];

interface Timing extends Lane {
  readonly first: number;
  readonly milliseconds: readonly number[];
}

async function ask(service: string, times: number, progress: (line: string) => void): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const lane of lanes) {
    progress(lane.name);
    const milliseconds: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const begun = performance.now();
      await answerOf(service + lane.path(n));
      milliseconds.push(performance.now() - begun);
    }
    timings.push({ ...lane, first: milliseconds[0]!, milliseconds });
  }
  return timings;
}

async function answerOf(url: string): Promise<unknown> {
  const response = await fetch(url);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${body}`);
  return JSON.parse(body);
}

/** Answers that are not the sum over the movements themselves. */
async function wrongAnswers(service: string, site: LedgerSite): Promise<string[]> {
  const wrong: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const place = lot(n);
    const [occurredAt, knownAt] = [dayOf(n), dayOf(n + 1)];
    const [product, number, location] =
      n % 4 === 0
        ? ['HOT', 'HOT-1', 'WARD-0']
        : [`P-${Math.floor(place / ledgerShape.lotsAProduct)}`, `L-${place}`, `WARD-${place % ledgerShape.wards}`];
    const path = `/balances/as-of?product=${product}&location=${location}&lot=${number}&occurredAt=${occurredAt}&knownAt=${knownAt}`;
    const { quantity } = (await answerOf(service + path)) as { quantity: string };
    const sum = await site.naiveSum(location, product, number, new Date(occurredAt), new Date(knownAt));
    if (quantity !== sum) wrong.push(`${path} answers ${quantity}, its movements sum to ${sum}`);
  }
  return wrong;
}

interface Costs {
  readonly asIs: readonly number[];
  readonly before: readonly number[];
}

async function insertCosts(site: LedgerSite, rounds: number): Promise<Costs> {
  const costs = { asIs: [] as number[], before: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const both = [
      async () => ['asIs', await site.insertCost('ledger_as_is', round, 50)] as const,
      async () => ['before', await site.insertCost('ledger_before', round, 50)] as const,
    ];
    for (const one of round % 2 === 0 ? both : both.toReversed()) {
      const [table, cost] = await one();
      if (round > 0) costs[table].push(cost);
    }
  }
  return costs;
}

async function historyBytes(site: LedgerSite): Promise<number> {
  const tables = ['balance_track', 'balance_line', 'balance_cell'];
  const bytes = await Promise.all(tables.map((table) => site.bytes(table)));
  return bytes.reduce((sum, one) => sum + one, 0);
}

interface Found {
  readonly movements: number;
  readonly timings: readonly Timing[];
  readonly objections: readonly string[];
  readonly costs: Costs;
  readonly sizes: { readonly ledger: number; readonly history: number };
  readonly seconds: { readonly fill: number; readonly history: number };
}

function resultOf({ movements, timings, objections, costs, sizes, seconds }: Found): Measured {
  const [asIs, before] = [spreadOf(costs.asIs), spreadOf(costs.before)];
  const late = timings.filter(({ milliseconds, bound }) => percentile(milliseconds, 0.99) > bound);
  const gigabytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(2);
  return {
    tables: [answersTable(timings)],
    notes: [
      `${movements} movements over a year in Postgres with shared_buffers of 96 MB, one of ten of one hot lot, one of twenty known up to ten days late; the rest over ${ledgerShape.products * ledgerShape.lotsAProduct} lots.`,
      'Over HTTP, one after another, from before the request until the answer is read; each lot asked for once, and what has been read before is another lot’s.',
      `Inserting a movement costs ${asIs.median.toFixed(1)} µs (${asIs.least.toFixed(1)} to ${asIs.most.toFixed(1)}) in transactions of 200, and ${before.median.toFixed(1)} µs (${before.least.toFixed(1)} to ${before.most.toFixed(1)}) without the id of its transaction and the index on it.`,
      `The history was built by sets in ${seconds.history.toFixed(0)} s and takes ${gigabytes(sizes.history)} GB beside ${gigabytes(sizes.ledger)} GB of ledger.`,
      'Twelve answers are compared with the sums over the movements themselves.',
    ],
    objections: [
      ...objections,
      ...late.map(({ name, bound }) => `${name}: the 99th of a hundred takes longer than ${bound} ms`),
    ],
    figures: { timings: timings.map(({ path: _, ...timing }) => timing), costs, sizes, seconds },
  };
}

function answersTable(timings: readonly Timing[]): Table {
  return {
    title: 'Milliseconds',
    columns: ['', 'first', 'p50', 'p99', 'max', 'bound'],
    rows: timings.map(({ name, bound, first, milliseconds }) => [
      name,
      first.toFixed(1),
      ...[0.5, 0.99, 1].map((share) => percentile(milliseconds, share).toFixed(1)),
      String(bound),
    ]),
  };
}
