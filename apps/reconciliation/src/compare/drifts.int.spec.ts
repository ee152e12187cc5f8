import { afterAll, beforeAll, expect, it } from 'vitest';
import { drifts } from '../../test/drifts.js';
import { ReconciliationBench, type CaseSummary } from '../../test/reconciliation-bench.js';
import { goodMorning, wardsOf } from '../../test/wards.js';

let bench: ReconciliationBench;
let cases: CaseSummary[];
const happened = new Map<string, { readonly subjects: string[]; readonly wrongEvent?: string }>();

beforeAll(async () => {
  bench = await ReconciliationBench.open();
  for (const number of drifts.keys()) goodMorning(bench.world, wardsOf(number));
  for (const [number, { name, happens }] of drifts.entries()) happened.set(name, happens(bench.world, wardsOf(number)));
  bench.world.report();
  await bench.read();
  await bench.compare();
  cases = await bench.cases();
});
afterAll(() => bench.database.close());

it.each(drifts)('finds within one comparison $name: $kind', ({ name, kind, owner = 'stores' }) => {
  const { subjects, wrongEvent } = happened.get(name)!;
  const found = cases.filter((one) => subjects.includes(one.subject));
  expect(found.map((one) => one.subject).toSorted()).toEqual(subjects.toSorted());
  const first = found.find((one) => one.subject === subjects[0]);
  expect(first).toMatchObject({ kind, owner, state: 'OPEN', ...(wrongEvent === undefined ? {} : { wrongEvent }) });
});

it('knows at least thirty kinds of drift', () => {
  expect(new Set(drifts.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
});

it('says of each that stands against Odoo which report was the first to show it', () => {
  const places = cases.filter((one) => one.subject.startsWith('stock:') && one.kind !== 'UNAPPROVED_ADJUSTMENT');
  const goodReports = 2 * drifts.length;
  expect(places.filter(({ firstDifferent }) => !(Number(firstDifferent) > goodReports))).toEqual([]);
  expect(places.length).toBeGreaterThan(25);
});

it('invents none beside them', () => {
  const expected = [...happened.values()].flatMap(({ subjects }) => subjects);
  expect(cases.map(({ subject }) => subject).toSorted()).toEqual(expected.toSorted());
});
