import { enableCompileCache, flushCompileCache } from 'node:module';
import { breakPromise, requireBroken } from './mutate.ts';
import type { Part } from './orders.ts';

/*
 * A process of the cast: `node player.ts <part as JSON>`. A promise to be broken is broken before the libraries load,
 * which is why they are imported after it.
 */
enableCompileCache();
const part = JSON.parse(process.argv[2]!) as Part;
if (part.mutation !== null) breakPromise(part.mutation);
const { play } = await import('./play.ts');
if (part.mutation !== null) requireBroken(part.mutation);
// Now, because few of us live to an orderly end.
flushCompileCache();
await play(part);
