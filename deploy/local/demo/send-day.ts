import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Line } from './edges/answer.ts';
import type { DayRecord, HospitalDay } from './generator/record.ts';
import { senders } from './generator/senders.ts';

/** How a day is sent. */
export interface Pace {
  /** Records a second, whatever becomes of those before (open loop); as fast as the edges answer when absent. */
  readonly rate?: number;
  /** What somebody does when so much of the day has been sent. */
  readonly interlude: { readonly after: number; readonly act: () => Promise<void> };
  readonly progress: (line: string) => void;
}

/** How sending went. */
export interface Sent {
  readonly answers: ReadonlyMap<string, Answer>;
  /** Lines that broke, and why. */
  readonly broken: readonly string[];
  /** From the first record to the last answer. */
  readonly seconds: number;
}

/** Sends the day through all its lines at the same time, each line in its order; a line that breaks stops alone. */
export async function sendDay(
  { records }: HospitalDay,
  open: (line: string) => Promise<Line>,
  pace: Pace,
): Promise<Sent> {
  const [answers, broken] = [new Map<string, Answer>(), [] as string[]];
  const start = performance.now();
  const interlude = once(pace.interlude.act);
  const sending = {
    ...{ answers, due: dueTimes(records, pace.rate, start) },
    onAnswers: async (): Promise<void> => {
      const perSecond = Math.round(answers.size / elapsed(start));
      pace.progress(`${answers.size} of ${records.length} records sent, ${perSecond} a second`);
      if (answers.size >= records.length * pace.interlude.after) await interlude();
    },
  };
  const sendAll = async ([name, own]: [string, DayRecord[]]): Promise<unknown> =>
    sendLine(own, () => open(name), sending).catch((error: Error) =>
      broken.push(`${name} stopped sending: ${error.message}`),
    );
  await Promise.all([...byLine(records)].map(sendAll));
  const seconds = elapsed(start);
  await interlude();
  return { answers, broken, seconds };
}

interface Sending {
  readonly answers: Map<string, Answer>;
  readonly due: ReadonlyMap<string, number>;
  readonly onAnswers: () => Promise<void>;
}

async function sendLine(
  own: readonly DayRecord[],
  open: () => Promise<Line>,
  { answers, due, onAnswers }: Sending,
): Promise<void> {
  const line = await open();
  try {
    for (let from = 0; from < own.length;) {
      const next = await dueOf(own, from, line.most, due);
      for (const [index, answer] of (await line.send(next)).entries()) answers.set(next[index]!.id, answer);
      from += next.length;
      await onAnswers();
    }
  } finally {
    await line.close();
  }
}

const elapsed = (start: number): number => Math.max(0.001, (performance.now() - start) / 1000);

function byLine(records: readonly DayRecord[]): Map<string, DayRecord[]> {
  const lineOf = new Map(senders.map(({ name, line }) => [name, line]));
  return Map.groupBy(records, ({ sender }) => lineOf.get(sender)!);
}

/** When each record leaves; all at once without a rate. */
function dueTimes(records: readonly DayRecord[], rate: number | undefined, start: number): ReadonlyMap<string, number> {
  if (rate === undefined) return new Map();
  return new Map(records.map(({ id }, index) => [id, start + (index * 1000) / rate]));
}

/** The records that are due, at least one, when it is; what a sender has to send together stays together. */
async function dueOf(
  own: readonly DayRecord[],
  from: number,
  most: number,
  due: ReadonlyMap<string, number>,
): Promise<DayRecord[]> {
  const wait = (due.get(own[from]!.id) ?? 0) - performance.now();
  if (wait > 0) await sleep(wait);
  const now = performance.now();
  const some = own.slice(from, from + most);
  const later = some.findIndex(({ id }) => (due.get(id) ?? 0) > now);
  return later <= 0 ? (later === 0 ? some.slice(0, 1) : some) : some.slice(0, later);
}

function once(act: () => Promise<void>): () => Promise<void> {
  let acting: Promise<void> | undefined;
  return () => (acting ??= act());
}
