import { DayInProgress, type DayOptions } from './day-in-progress.ts';
import { beside, unclear } from './beside.ts';
import { everyday } from './everyday.ts';
import type { HospitalDay } from './record.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';
import { trouble } from './trouble.ts';

/** A day of a hospital as all its systems tell it, with the end that each record has to come to. Pure: one seed, one day. */
export function hospitalDay(options: DayOptions): HospitalDay {
  const day = new DayInProgress(options);
  const right = [...everyday, ...beside];
  const stories = options.clean === true ? right : [...right, ...unclear, ...trouble];
  const told = new Map(
    day.senders
      .map((sender) => [sender, stories.filter(({ fits }) => fits(sender))] as const)
      .filter(([, own]) => own.length > 0),
  );
  for (const play of eachOnce(day, told)) if (day.records.length < options.records) play();
  while (day.records.length < options.records) {
    const sender = day.weighted([...told.keys()]);
    day.weighted(told.get(sender)!).play(day, sender);
  }
  const { records, pieces } = day;
  return { seed: options.seed, end: options.end, isClean: options.clean === true, records, pieces };
}

/** Every story of every edge once, the least usual first, so that a short day shows them too; and every sender. */
function eachOnce(day: DayInProgress, told: ReadonlyMap<Sender, readonly Story[]>): (() => void)[] {
  const all = [...told].flatMap(([sender, stories]) => stories.map((story) => ({ sender, story })));
  const ofEdge = [...Map.groupBy(all, ({ sender, story }) => `${sender.edge} ${story.kind}`).values()];
  const once = ofEdge.map((choices) => day.pick(choices));
  const missing = [...told].filter(([sender]) => once.every((one) => one.sender !== sender));
  const more = missing.map(([sender, stories]) => ({ sender, story: stories[0]! }));
  return [...once, ...more]
    .sort((one, other) => one.story.weight - other.story.weight)
    .map(
      ({ sender, story }) =>
        () =>
          story.play(day, sender),
    );
}
