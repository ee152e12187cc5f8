import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../e2e/config.ts';
import type { DeliveryFaultRow } from './fault.ts';
import { faults } from './faults.ts';
import { mutations } from './mutations.ts';
import { Random } from './random.ts';
import type { Patience } from './stage/round.ts';
import { Stage } from './stage/stage.ts';
import { oneTrial } from './trial.ts';

const triesAtMost = 6;
/** Without a broken promise everything is applied in a fraction of it; what is not there then may be as well lost. */
const patience: Patience = { appliedWithinMs: 20_000, soughtForMs: 0 };
const slowly = { timeout: 400_000 };

describe.runIf(settings().CHAOS_PROOFS === 'on')('A promise broken on purpose', () => {
  const directory = mkdtempSync(join(tmpdir(), 'wardline-mutations-'));
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.start({ directory, random: new Random(1), mutation: null, brokers: 1 });
  }, 300_000);
  afterAll(async () => {
    await stage.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  function rowOf(name: string): DeliveryFaultRow {
    const found = faults.find((row) => row.name === name);
    if (found?.on !== 'delivery') throw new Error(`${name} is no fault of the delivery path`);
    return found;
  }

  it.each(mutations)('is found out: $name', slowly, async ({ name, row, shows }) => {
    const fault = rowOf(row);
    await stage.recast(name);
    const seen = new Set<string>();
    for (let seed = 1; seed <= triesAtMost && !shows.some((kind) => seen.has(kind)); seed += 1)
      for (const { kind } of (await oneTrial(stage, fault, seed, patience)).violations) seen.add(kind);
    expect([...seen]).toEqual(expect.arrayContaining([expect.toSatisfy((kind: string) => shows.includes(kind))]));
  });

  it('is kept again when nothing is broken any more', slowly, async () => {
    await stage.recast(null);
    expect((await oneTrial(stage, rowOf('nothing at all'), 1, patience)).violations).toEqual([]);
  });
});
