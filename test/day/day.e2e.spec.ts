import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { settings } from '../e2e/config.ts';
import { hospitalDay } from '../../deploy/local/demo/generator/hospital-day.ts';
import { edges } from '../../deploy/local/demo/generator/record.ts';
import { playDay, type BegunDay } from '../../deploy/local/demo/play-day.ts';
import { summaryOf } from '../../deploy/local/demo/report/summary.ts';
import { startStack } from '../bench/own-stack.ts';
import { seedSite } from '../../deploy/local/demo/seed-site.ts';

const records = settings().HOSPITAL_DAY_RECORDS;
const ends: (() => Promise<unknown>)[] = [];

describe.runIf(records > 0)('A day of a hospital over every edge', () => {
  afterAll(async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  });

  it('ends each record as it has to, and leaves day, ledger and Odoo equal to the lot, also when all of it is sent again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'wardline-day-'));
    ends.push(() => Promise.resolve(rmSync(directory, { recursive: true, force: true })));
    const grounds = {
      directory,
      progress: () => undefined,
      atEnd: (end: () => Promise<unknown>) => void ends.push(end),
    };
    const dayThatEnds = (end: Date) => hospitalDay({ seed: 11, end, records });
    const stack = await startStack(grounds, { seed: (odoo) => seedSite(odoo, dayThatEnds(new Date())) });
    let begun: BegunDay | undefined;
    const options = { dayThatEnds, patience: 20, progress: grounds.progress };
    const played = await playDay(stack, { ...options, onBegin: (day) => (begun = day) });
    const summary = summaryOf(played);
    expect(summary.objections).toEqual([]);
    expect(new Set(summary.kinds.map(({ edge }) => edge))).toEqual(new Set(edges));
    expect(played.books.postings).toMatchObject({ refused: 0, pending: 0 });

    const again = await playDay(stack, { ...options, begun });
    expect(summaryOf(again).objections).toEqual([]);
    expect({ ...again.books, parked: {} }).toEqual({ ...played.books, parked: {} });
  }, 300_000);
});
