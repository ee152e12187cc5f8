import { productOf, type DayInProgress, type Draft } from './day-in-progress.ts';
import { placesOfUse } from './everyday.ts';
import type { Edge, End, What } from './record.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';

export type Fits = Story['fits'];

/** The code with which edges refuse something themselves. */
export type Told = Partial<Record<Edge, string>>;

/** Whether a sender tells of something; on some edges only, where they are named. */
export const tells =
  (what: What, ...on: Edge[]): Fits =>
  ({ tells: whats, edge }) =>
    whats.includes(what) && (on.length === 0 || on.includes(edge));

export const and =
  (one: Fits, other: Fits): Fits =>
  (sender) =>
    one(sender) && other(sender);

export const byReceipt = (code: string): End => ({ end: 'refused', by: 'receipt', code });
export const byEdge = (code: string): End => ({ end: 'refused', by: 'edge', code });
export const waits = (code: string, owner = 'master-data'): End => ({ end: 'waiting', code, owner });

/** Refused by the edge with its own code where it has one, else by a receipt. */
export function refused({ edge }: Sender, code: string, told: Told): End {
  const own = told[edge];
  return own === undefined ? byReceipt(code) : byEdge(own);
}

/** A story of its kind. */
export function story(
  kind: string,
  weight: number,
  fits: Fits,
  play: (day: DayInProgress, sender: Sender, kind: string) => unknown,
): Story {
  return { kind, weight, fits, play: (day, sender) => void play(day, sender, kind) };
}

/** A use of a glove in which something is wrong. */
export function wrong(
  day: DayInProgress,
  sender: Sender,
  given: Partial<Draft> & Pick<Draft, 'kind' | 'expect'>,
): void {
  const item = { product: productOf('GLOVE-M'), lot: null, serial: null };
  day.add(sender, { what: 'USED', place: day.pick(placesOfUse(sender)), item, ...given });
}
