import { OperatorError } from '../platform/operator-error.mjs';
import { build } from './build.ts';

await build().catch((error: unknown) => {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
