import { breakPromise, requireBroken } from './mutate.ts';
import type { Part } from './orders.ts';

/*
 * A process of the cast: `node player.ts <part as JSON>`. A promise to be broken is broken before the libraries load,
 * which is why they are imported after it.
 */
const part = JSON.parse(process.argv[2]!) as Part;
if (part.mutation !== null) breakPromise(part.mutation);
const { play } = await import('./play.ts');
if (part.mutation !== null) requireBroken(part.mutation);
await play(part);
