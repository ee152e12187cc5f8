import type { DayInProgress } from './day-in-progress.ts';
import type { Sender } from './senders.ts';

/** Something that happens on a day, in one record or several. */
export interface Story {
  readonly kind: string;
  /** How often, beside the other stories of its sender. */
  readonly weight: number;
  readonly fits: (sender: Sender) => boolean;
  readonly play: (day: DayInProgress, sender: Sender) => void;
}
