import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryFaultRow, Scene } from '../fault.ts';
import type { Site } from '../stage/site.ts';

function site({ stage }: Scene, name: 'origin' | 'target'): Site {
  return stage[name];
}

function killed(name: 'origin' | 'target'): DeliveryFaultRow {
  return {
    on: 'delivery',
    name: `Postgres of the ${name} killed`,
    injection: 'SIGKILL of the postmaster, twice; recovery by the next start',
    invariant: '',
    trials: { standard: 20, full: 100 },
    mixes: true,
    strike: async (scene) => {
      for (const share of [0.2, 0.6]) {
        await scene.round.reaches(share + scene.random.next() / 5);
        await site(scene, name).server.kill();
        await site(scene, name).server.restart();
      }
    },
  };
}

function restored(name: 'origin' | 'target'): DeliveryFaultRow {
  return {
    ...takenBack,
    name: `Postgres of the ${name} restored from an older backup`,
    injection: 'the data of an earlier moment, at the same address, in place of the killed server',
    strike: async (scene) => {
      const { round, random } = scene;
      await site(scene, name).backUp();
      await round.reaches(0.3 + random.next() / 3);
      if (name === 'origin') await forgetWhatIsLost(scene);
      await site(scene, name).restore();
    },
  };
}

function promoted(name: 'origin' | 'target'): DeliveryFaultRow {
  return {
    ...takenBack,
    name: `Postgres of the ${name} replaced by a promoted standby that lacks the last part`,
    injection: 'the log as far as it had come at an earlier moment of the load, recovered to a new timeline',
    strike: async (scene) => {
      const { round, random } = scene;
      await round.reaches(0.1 + random.next() / 4);
      await site(scene, name).standBy();
      await round.reaches(0.4 + random.next() / 3);
      if (name === 'origin') await forgetWhatIsLost(scene);
      await site(scene, name).promote();
    },
  };
}

const takenBack = {
  on: 'delivery',
  invariant: 'what the other data does not know counts only where it was published',
  trials: { standard: 20, full: 20 },
  load: { transactions: 300 },
  mixes: false,
} as const;

/** Holds the writer still, so that what is committed now is all that the restored server will lack. */
async function forgetWhatIsLost({ stage, round }: Scene): Promise<void> {
  stage.player('writer').pause();
  await sleep(300); // a commit that is on its way arrives
  for (const { eventId } of await stage.origin.evidence.committed(round.name)) round.forgotten.add(eventId);
}

/** Faults of Postgres. */
export const databaseFaults: readonly DeliveryFaultRow[] = [
  killed('origin'),
  killed('target'),
  {
    on: 'delivery',
    name: 'backends terminated',
    injection: 'pg_terminate_backend of random connections of both databases, twelve times',
    invariant: '',
    trials: { standard: 30, full: 300 },
    mixes: true,
    strike: async (scene) => {
      for (let turn = 0; turn < 12; turn += 1) {
        await scene.round.reaches(turn / 12);
        const { evidence } = site(scene, scene.random.one(['origin', 'target']));
        await evidence.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'chaos' AND pid <> pg_backend_pid() ORDER BY md5(pid::text || $1) LIMIT 3`,
          [String(turn)],
        );
      }
    },
  },
  {
    on: 'delivery',
    name: 'transaction held open',
    injection:
      'a transaction with an early id stays open from before the first to after the last effect; ids are burnt',
    invariant: 'everything is published and applied while it is still open, nothing twice',
    trials: { standard: 20, full: 20 },
    repeatsAtMost: 0,
    mixes: false,
    strike: async ({ stage, round }) => {
      const held = await stage.origin.evidence.holdTransaction();
      try {
        for (let turn = 0; turn < 50; turn += 1) await stage.origin.evidence.query('SELECT pg_current_xact_id()');
        const inTime = await round.applied();
        return inTime ? [] : [{ kind: 'stalled', what: 'a transaction that stays open held back those of others' }];
      } finally {
        await held.end();
      }
    },
  },
  {
    on: 'delivery',
    name: 'hundreds of savepoints',
    injection: 'business transactions with 80 savepoints each, more than a snapshot can list, most rolled back',
    invariant: '',
    trials: { standard: 20, full: 20 },
    load: { transactions: 30, savepoints: 80 },
    repeatsAtMost: 0,
    mixes: false,
    strike: () => Promise.resolve(),
  },
  restored('origin'),
  promoted('origin'),
  restored('target'),
  promoted('target'),
];
