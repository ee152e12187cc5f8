import { parseArgs } from 'node:util';
import { build } from '../../../deploy/local/launcher/build.ts';
import type { FuzzReport } from './fuzzing.ts';

/** How much to fuzz. */
export interface FuzzRun {
  readonly cases: number;
  /** The same seed makes the same cases. */
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

/** Fuzzes the codec as it is built from the present sources; see `fuzzing.ts` for what must hold. */
export async function fuzz(run: FuzzRun): Promise<FuzzReport> {
  await build();
  // Loaded after it: the libraries are imported from their build.
  const [{ fuzzCodec }, { openedCodec }] = await Promise.all([import('./fuzzing.ts'), import('./opened-codec.ts')]);
  return fuzzCodec({ ...run, codec: await openedCodec() });
}

/** What a run came to, in a few lines. */
export function asText({ cases, seed, seconds, answers, slowestMs, grownBytes, violations }: FuzzReport): string {
  return [
    `${cases} cases of seed ${seed} in ${seconds.toFixed(0)} s: ${violations.length} violations`,
    ...Object.entries(answers).map(([answer, count]) => `  ${answer}: ${count}`),
    `  slowest message ${slowestMs.toFixed(1)} ms, heap grown by ${(grownBytes / 1e6).toFixed(1)} MB`,
    ...violations.map(({ what, topic, value }) => `  ${what}: ${topic} ${value}`),
  ].join('\n');
}

if (import.meta.main) {
  const values = optionsOrEnd();
  const onProgress = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done}`);
  };
  const report = await fuzz({ cases: Number(values.cases), seed: Number(values.seed), onProgress });
  process.stdout.write(`${values.json ? JSON.stringify(report) : asText(report)}\n`);
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

function optionsOrEnd(): { readonly cases: string; readonly seed: string; readonly json: boolean } {
  const cases = { type: 'string', default: '200000' } as const;
  const seed = { type: 'string', default: '1' } as const;
  try {
    const { values } = parseArgs({ options: { cases, seed, json: { type: 'boolean', default: false } } });
    const wrong = (['cases', 'seed'] as const).filter((name) => !/^\d+$/.test(values[name]));
    if (wrong.length > 0)
      throw new Error(wrong.map((name) => `--${name} ${values[name]} is no whole number`).join('; '));
    return values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nnpm run fuzz [-- --cases 200000] [--seed 1] [--json]\n`);
    return process.exit(2);
  }
}
