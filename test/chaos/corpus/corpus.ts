import type { BadInput } from './bad-input.ts';
import { brokenBytes } from './broken-bytes.ts';
import { oddEnvelopes } from './odd-envelopes.ts';
import { oddValues } from './odd-values.ts';

/** Everything bad that we know how to send. */
export const corpus: readonly BadInput[] = [...brokenBytes, ...oddValues, ...oddEnvelopes];
