import { setTimeout as sleep } from 'node:timers/promises';
import type { OdooFaultRow, OdooScene } from '../fault.ts';
import { Missed } from '../missed.ts';
import type { OdooFault } from '../odoo/odoo-stage.ts';

const invariant = 'Odoo holds one finished transfer for each movement; its stock is that of the ledger';
const trials = { standard: 20, full: 100 };

function answering(name: string, injection: string, of: (scene: OdooScene) => OdooFault): OdooFaultRow {
  return {
    ...{ on: 'odoo', name, injection, invariant, trials },
    strike: async (scene) => {
      await scene.stage.arm({ seed: scene.random.between(1, 1_000_000), ...of(scene) });
      if ((await scene.stage.struck()) === 0) throw new Missed('no call was struck');
    },
  };
}

const posting = 'stock.picking';

/** Faults of Odoo, and of the adapter that talks to it. */
export const odooFaults: readonly OdooFaultRow[] = [
  answering('Odoo answers late', 'every second call takes 1.5 s longer', () => ({
    ...{ kind: 'delay', milliseconds: 1_500, probability: 0.5, count: 12 },
  })),
  answering('Odoo fails after it has committed', 'half of the postings are done and answered with 500', () => ({
    ...{ kind: 'fail-after-commit', only: posting, probability: 0.5, count: 5 },
  })),
  answering('Odoo fails before it commits', 'half of the postings are answered with 500 and not done', () => ({
    ...{ kind: 'fail-before-commit', only: posting, probability: 0.5, count: 5 },
  })),
  answering('Odoo ends the connection', 'every third call ends without an answer', () => ({
    ...{ kind: 'close-connection', probability: 0.3, count: 5 },
  })),
  answering('Odoo has too many requests', 'half of the calls are answered with 429', () => ({
    ...{ kind: 'too-many-requests', probability: 0.5, count: 10 },
  })),
  answering('Odoo cannot serialize', 'half of the calls are answered with a serialization failure', () => ({
    ...{ kind: 'serialization-conflict', probability: 0.5, count: 8 },
  })),
  answering('the API key has expired', 'a few calls are answered with 401', () => ({
    ...{ kind: 'expired-key', count: 3 },
  })),
  {
    ...{ on: 'odoo', name: 'adapter killed while it posts', invariant, trials },
    injection: 'SIGKILL of the adapter twice, as soon as Odoo has another transfer, while answers are late',
    strike: async ({ stage, random }) => {
      await stage.arm({ kind: 'delay', milliseconds: 200, only: posting });
      for (let turn = 0; turn < 2; turn += 1) {
        const before = (await stage.hospital.allTransfers()).length;
        const until = Date.now() + 20_000;
        while ((await stage.hospital.allTransfers()).length === before && Date.now() < until) await sleep(5);
        await sleep(random.between(0, 150));
        await stage.stack.part('odoo-adapter').kill();
        await stage.stack.part('odoo-adapter').restart();
      }
    },
  },
  {
    ...{ on: 'odoo', name: 'Odoo cut off', invariant, trials },
    injection: 'the line between adapter and Odoo is cut for 1 to 4 s: what is under way breaks, new calls are refused',
    strike: async ({ stage, random }) => {
      await sleep(random.between(100, 1_500));
      await stage.stack.line.cut();
      await sleep(random.between(1_000, 4_000));
      await stage.stack.line.restore();
    },
  },
];
