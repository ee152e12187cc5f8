import { flush, run, settings } from '@oclif/core';
import { CommandError, exitCode } from './exit.js';

/**
 * Runs the command line and ends the process: 0 all done or well, 1 something failed, is not well or cannot be reached,
 * 2 wrong use or a wrong setting. `root` is the folder of the package.
 */
export async function main(args: readonly string[], root: string): Promise<never> {
  // Only what is built runs, also where NODE_ENV says "test".
  settings.enableAutoTranspile = false;
  process.on('SIGINT', () => process.exit(130));
  let code: number;
  try {
    await run([...args], { root });
    code = Number(process.exitCode ?? exitCode.done);
  } catch (error) {
    code = explain(error);
  }
  await flush();
  process.exit(code);
}

/** Says on standard error what went wrong, and answers the exit code. */
function explain(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const { oclif } = error as { oclif?: { exit?: number } };
  if (oclif?.exit === undefined) {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    return exitCode.failed;
  }
  if ((error as { code?: string }).code !== 'EEXIT') process.stderr.write(`${error.message}\n`);
  return oclif.exit;
}
