import { lateProduct } from '../../deploy/local/demo/hospital.ts';
import { odooBalances, type Balances } from '../../deploy/local/demo/compare-with-odoo.ts';
import { seedProducts } from '../../deploy/local/demo/seed-hospital.ts';
import { getJson, waitUntil } from '../../deploy/local/demo/service-http.ts';
import type { Grounds } from '../bench/own-stack.ts';
import type { HospitalDay } from './generator/record.ts';
import { openLine } from './outside/open-line.ts';
import { Witness } from './outside/witness.ts';
import { sendDay, type Sent } from './play.ts';
import { endsOf, type EndedRecord } from './report/ends.ts';
import { readBooks, type Books } from './report/judge.ts';
import { fillCrosswalk } from './site.ts';
import { startDayStack, type DayStack, type StackOptions } from './stack.ts';

/** How a day is played. */
export interface PlayOptions extends StackOptions {
  /** Records a second; as fast as the edges answer when absent. */
  readonly rate?: number;
  /** How long nothing may happen before the day is judged as it stands, in seconds. */
  readonly patience?: number;
}

/** A day that was played to its end. */
export interface PlayedDay {
  readonly day: HospitalDay;
  readonly ends: readonly EndedRecord[];
  readonly books: Books;
  /** Lines that broke while they were sending, and why. */
  readonly broken: readonly string[];
  readonly seconds: {
    readonly sending: number;
    /** Until every record had its end and every movement its document in Odoo. */
    readonly settling: number;
  };
}

/**
 * Plays a day on a Wardline of its own, from outside only, and asks everybody how it ended. The day is made anew to end
 * when the ledger has its opening balances: what is on its shelves is the same whenever it ends.
 */
export async function playDay(
  grounds: Grounds,
  dayThatEnds: (at: Date) => HospitalDay,
  options: PlayOptions,
): Promise<PlayedDay> {
  const stack = await startDayStack(grounds, dayThatEnds(new Date()), options);
  const ingest = stack.services['consumption-ingest']!;
  const witness = await Witness.open(stack);
  grounds.atEnd(() => witness.close());
  await opened(stack);
  await fillCrosswalk(ingest);
  const day = dayThatEnds(new Date());
  const { balances: before } = await odooBalances(stack.odoo);
  const interlude = { after: 0.6, act: () => seedProducts(stack.odoo, [lateProduct]) };
  const { progress } = grounds;
  const pace = { interlude, progress, ...(options.rate === undefined ? {} : { rate: options.rate }) };
  const sent = await sendDay(day, (line) => openLine(line, stack), pace);
  const start = performance.now();
  await settled({ grounds, day, stack, witness, sent, patience: options.patience ?? 60 });
  const settling = (performance.now() - start) / 1000;
  const books = await reconciledBooks(stack, day, before, progress);
  const ends = endsOf(day.records, sent.answers, witness.evidence, await parkedKeys(ingest));
  return { day, ends, books, broken: sent.broken, seconds: { sending: sent.seconds, settling } };
}

async function opened({ services }: DayStack): Promise<void> {
  const shelf = `${services['inventory-sync']}/balances?location=SOUTH-PHARM&product=MASK-FFP2`;
  const isThere = async (): Promise<boolean> => (await getJson<{ items: unknown[] }>(shelf)).items.length > 0;
  await waitUntil('the opening balance of the stores', 180_000, isThere);
}

interface Settling {
  readonly grounds: Grounds;
  readonly day: HospitalDay;
  readonly stack: DayStack;
  readonly witness: Witness;
  readonly sent: Sent;
  readonly patience: number;
}

/** Until every record has the end that it has to come to; or until nothing has happened for a while. */
async function settled({ grounds, day, stack, witness, sent, patience }: Settling): Promise<void> {
  const { evidence } = witness;
  let [last, lastAt] = [-1, performance.now()];
  for (;;) {
    witness.check();
    const parked = await parkedKeys(stack.services['consumption-ingest']!);
    const open = endsOf(day.records, sent.answers, evidence, parked).filter(({ objections }) => objections.length > 0);
    if (open.length === 0) return;
    grounds.progress(
      `${open.length} records without their end, ${evidence.movements} movements, ${evidence.posted} posted in Odoo`,
    );
    const now = evidence.terminal + evidence.movements + evidence.posted;
    if (now !== last) [last, lastAt] = [now, performance.now()];
    else if (performance.now() - lastAt > patience * 1000) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** The books once reconciliation has seen everything in Odoo; as they are when that takes longer than three minutes. */
async function reconciledBooks(
  stack: DayStack,
  day: HospitalDay,
  before: Balances,
  progress: Grounds['progress'],
): Promise<Books> {
  const until = performance.now() + 180_000;
  for (;;) {
    const books = await readBooks(stack, day, before);
    const { inFlight, differences } = books.reconciliation;
    if ((inFlight === 0 && differences === 0) || performance.now() > until) return books;
    progress(`waiting for reconciliation: ${inFlight} movements in flight, ${differences} differences`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** Keys of messages that are parked because they are no record. */
async function parkedKeys(service: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for (let after = ''; ;) {
    const page = await getJson<ParkedPage>(`${service}/parked?limit=1000${after}`);
    for (const { key } of page.items) if (key?.startsWith('unreadable/')) keys.add(key);
    if (page.cursor === null) return keys;
    after = `&after=${encodeURIComponent(page.cursor)}`;
  }
}

interface ParkedPage {
  readonly items: readonly { readonly key: string | null }[];
  readonly cursor: string | null;
}
