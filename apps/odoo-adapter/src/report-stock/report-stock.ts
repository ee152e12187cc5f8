import { newEventId, type Clock } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { areBalancesReported } from '../master-data/readiness.store.js';
import type { Odoo } from '../odoo.js';
import { busyPlaces, joinLooks, reportEvents, reportLines, type Look, type StockReport } from './stock-report.js';
import { readBalances, readChanges } from './stock-reading.js';
import { lastReport, noteReport, toldBalances, unreportedLegs } from './stock-report.store.js';

/** What a report is made with. */
export interface ReportParts {
  readonly odoo: Odoo;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** Looks at places that were busy at the first one. */
const moreLooks = 3;
const eventsAtOnce = 2_000;

/**
 * Reads every quant of Odoo's internal locations (`stock.quant`) and tells what is another than the last report told.
 * Answers null before the opening balances went out: what is then in Odoo is theirs to tell.
 */
export async function reportStock(parts: ReportParts, lease: Lease, wholeEvery: number): Promise<StockReport | null> {
  const { database, clock } = parts;
  if (!(await areBalancesReported(database))) return null;
  const last = await lastReport(database);
  const sequence = (last?.sequence ?? 0n) + 1n;
  const begun = clock.now();
  const looks = await looksAt(parts);
  const changes = last === null ? [] : await readChanges(parts.odoo, database, last.begun);
  const joined = joinLooks(looks);
  const whole = last === null || sequence % BigInt(wholeEvery) === 0n;
  const lines = reportLines(joined, await toldBalances(database), changes, whole);
  const completed = clock.now();
  const held = joined.balances.size;
  const unsettled = [...new Set([...joined.busy].map(keyOfPlace))].toSorted();
  const report = { reportId: newEventId(begun), sequence, begun, completed, whole, held, lines, unsettled };
  await publish(parts, lease, report);
  return report;
}

async function looksAt({ odoo, database }: ReportParts): Promise<Look[]> {
  const look = async (products?: readonly string[]): Promise<Look> => {
    const before = await unreportedLegs(database);
    const balances = await readBalances(odoo, database, products);
    return { before, balances, after: await unreportedLegs(database) };
  };
  const looks = [await look()];
  for (let busy = busyPlaces(looks[0]!); busy.size > 0 && looks.length <= moreLooks;) {
    const next = await look([...new Set([...busy].map(productOf))]);
    looks.push(next);
    const still = busyPlaces(next);
    busy = new Set([...busy].filter((key) => still.has(key)));
  }
  return looks;
}

async function publish({ database, outbox }: ReportParts, lease: Lease, report: StockReport): Promise<void> {
  const events = reportEvents(report);
  await database.transaction(async (tx) => {
    await holdLease(tx, lease);
    await noteReport(tx, report);
    for (let from = 0; from < events.length; from += eventsAtOnce)
      await outbox.add(tx, events.slice(from, from + eventsAtOnce));
  });
}

function keyOfPlace(place: string): string {
  const [location, product] = JSON.parse(place) as [string, string];
  return `${location}/${product}`;
}

function productOf(place: string): string {
  return (JSON.parse(place) as [string, string])[1];
}
