import { odooBalances, type Balances } from './compare-with-odoo.ts';
import type { DayStack } from './day-stack.ts';
import type { HospitalDay } from './generator/record.ts';
import { lateProduct } from './hospital.ts';
import { openLine } from './outside/open-line.ts';
import { Witness } from './outside/witness.ts';
import { endsOf, type EndedRecord } from './report/ends.ts';
import { readBooks, type Books } from './report/judge.ts';
import { seedProducts } from './seed-hospital.ts';
import { fillCrosswalk } from './seed-site.ts';
import { sendDay, type Sent } from './send-day.ts';
import { getJson, waitUntil } from './service-http.ts';

/** A day that has begun to be sent: what is needed to send the same one again. */
export interface BegunDay {
  readonly end: Date;
  /** What Odoo held before. */
  readonly before: Balances;
}

/** How a day is played. */
export interface PlayOptions {
  /** The day is made anew to end when the ledger has its opening balances: what is on its shelves is the same whenever it ends. */
  readonly dayThatEnds: (at: Date) => HospitalDay;
  readonly progress: (line: string) => void;
  /** Records a second; as fast as the edges answer when absent. */
  readonly rate?: number;
  /** How long nothing may happen before the day is judged as it stands, in seconds. */
  readonly patience?: number;
  /** A day that was broken off: it is sent once more from its beginning, and what is known already counts once. */
  readonly begun?: BegunDay | undefined;
  /** Called before the first record leaves. */
  readonly onBegin?: (begun: BegunDay) => void;
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

/** Plays a day on a Wardline, from outside only, and asks everybody how it ended. */
export async function playDay(stack: DayStack, options: PlayOptions): Promise<PlayedDay> {
  const witness = await Witness.open(stack);
  try {
    await opened(stack);
    await fillCrosswalk(stack.services['consumption-ingest']!);
    const begun = options.begun ?? { end: new Date(), before: (await odooBalances(stack.odoo)).balances };
    options.onBegin?.(begun);
    return await playBegun({ stack, witness, options, begun });
  } finally {
    await witness.close();
  }
}

interface Play {
  readonly stack: DayStack;
  readonly witness: Witness;
  readonly options: PlayOptions;
  readonly begun: BegunDay;
}

async function playBegun({ stack, witness, options, begun }: Play): Promise<PlayedDay> {
  const { rate, patience = 60, progress } = options;
  const day = options.dayThatEnds(begun.end);
  const interlude = { after: 0.6, act: () => seedProducts(stack.odoo, [lateProduct]) };
  const pace = { interlude, progress, ...(rate === undefined ? {} : { rate }) };
  const sent = await sendDay(day, (line) => openLine(line, stack), pace);
  const start = performance.now();
  const endsNow = (): Promise<EndedRecord[]> => endsOfDay({ stack, witness, options, begun }, day, sent);
  await settled(endsNow, { witness, patience, progress });
  const settling = (performance.now() - start) / 1000;
  const books = await reconciledBooks(stack, day, begun.before, progress);
  return { day, ends: await endsNow(), books, broken: sent.broken, seconds: { sending: sent.seconds, settling } };
}

async function opened({ services }: DayStack): Promise<void> {
  const shelf = `${services['inventory-sync']}/balances?location=SOUTH-PHARM&product=MASK-FFP2`;
  const isThere = async (): Promise<boolean> => (await getJson<{ items: unknown[] }>(shelf)).items.length > 0;
  await waitUntil('the opening balance of the stores', 180_000, isThere);
}

async function endsOfDay(
  { stack, witness, options }: Play,
  { records }: HospitalDay,
  { answers }: Sent,
): Promise<EndedRecord[]> {
  const parked = await parkedKeys(stack.services['consumption-ingest']!);
  return endsOf(records, { answers, evidence: witness.evidence, parked, isAgain: options.begun !== undefined });
}

interface Settling {
  readonly witness: Witness;
  readonly patience: number;
  readonly progress: (line: string) => void;
}

/** Until every record has the end that it has to come to; or until nothing has happened for a while. */
async function settled(
  endsNow: () => Promise<EndedRecord[]>,
  { witness, patience, progress }: Settling,
): Promise<void> {
  const { evidence } = witness;
  let [last, lastAt] = [-1, performance.now()];
  for (;;) {
    witness.check();
    const open = (await endsNow()).filter(({ objections }) => objections.length > 0);
    if (open.length === 0) return;
    progress(
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
  progress: PlayOptions['progress'],
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
