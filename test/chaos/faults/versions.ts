import type { Violation } from '../checker.ts';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import { earlierPlayer } from '../stage/earlier-version.ts';
import type { PlayerName } from '../stage/stage.ts';

/** So that for a while each kind is there in both versions. */
const rolling: readonly PlayerName[] = ['relay-1', 'consumer-1', 'relay-2', 'consumer-2'];

/** Faults of an update. */
export const versionFaults: readonly DeliveryFaultRow[] = [
  {
    on: 'delivery',
    name: 'old and new version side by side',
    injection:
      'every relay and consumer in turn is ended by SIGTERM and replaced by one of the version before the last change of the delivery path, and later by one of ours again: a rollback and an update',
    invariant: 'each ends by itself within 12 s with exit code 0, and starts on what the other version left',
    trials: { standard: 20, full: 50 },
    load: { transactions: 500 },
    mixes: false,
    strike: async (scene) => {
      const entry = await earlierPlayer();
      const back = await replaceEach(scene, 0.05, { entry });
      return [...back, ...(await replaceEach(scene, 0.5, {}))];
    },
  },
];

async function replaceEach(
  { stage, round }: Scene,
  from: number,
  by: { readonly entry?: string },
): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const [turn, name] of rolling.entries()) {
    await round.reaches(from + turn / 10);
    const player = stage.player(name);
    const how = await player.stop();
    if (how !== 'exit code 0') found.push({ kind: 'unclean end', what: `${name}: ${how}` });
    await player.start(by);
  }
  return found;
}
