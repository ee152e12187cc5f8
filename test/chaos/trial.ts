import type { Load } from './cast/orders.ts';
import type { DeliveryFaultRow } from './fault.ts';
import type { Violation } from './checker.ts';
import { unlessMissed } from './missed.ts';
import { Random } from './random.ts';
import { Round, type Patience, type RoundEnd } from './stage/round.ts';
import type { Stage } from './stage/stage.ts';

/** What a trial came to; a missed one says nothing, its fault had nothing to strike. */
export interface TrialEnd extends RoundEnd {
  readonly row: string;
  readonly seed: number;
  readonly missed: boolean;
  readonly seconds: number;
}

const usualPatience: Patience = { appliedWithinMs: 60_000, soughtForMs: 120_000 };
const usualLoad: Load = { transactions: 160, pauseMs: 10, savepoints: 0 };

let rounds = 0;

/** Plays one load while a fault strikes, mends everything, and checks. The seed decides moments and mixture. */
export async function oneTrial(
  stage: Stage,
  row: DeliveryFaultRow,
  seed: number,
  patience: Patience = usualPatience,
): Promise<TrialEnd> {
  const began = performance.now();
  const random = new Random(seed);
  const load = { ...usualLoad, ...row.load };
  const round = await Round.begin(stage, { name: `r${(rounds += 1)}`, load, patience });
  const striking = async (): Promise<{ missed: boolean; found?: readonly Violation[] | void }> => {
    const struck = await unlessMissed(row.strike({ stage, round, random }));
    await stage.heal();
    return struck;
  };
  const [{ missed, found }] = await Promise.all([striking(), round.write(seed)]);
  await stage.heal();
  const end = await round.end();
  const violations = [...(found ?? []), ...end.violations, ...tooManyRepeats(row, end)];
  return { ...end, violations, row: row.name, seed, missed, seconds: (performance.now() - began) / 1000 };
}

function tooManyRepeats({ repeatsAtMost = Infinity }: DeliveryFaultRow, { repeats }: RoundEnd): Violation[] {
  if (repeats <= repeatsAtMost) return [];
  return [{ kind: 'too many repeats', what: `${repeats} messages are there again, at most ${repeatsAtMost} may be` }];
}
