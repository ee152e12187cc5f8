import { deskAddress } from './config.ts';
import type { Addresses } from './stack.ts';

/** The Wardline that all stories of a run share. Its parts are reached over Kafka and HTTP, its processes over the desk. */
export interface Wardline {
  readonly addresses: Addresses;
  /** Ends every process and starts it again on the same data. */
  restartEverything(): Promise<void>;
  /** Cuts or restores the line between the adapter and Odoo. */
  line(deed: 'cut' | 'restore'): Promise<void>;
  /** SIGKILL, orderly end, or start of one part; answers how its process ended, nothing after a start. */
  part(name: string, deed: 'kill' | 'stop' | 'restart'): Promise<string>;
}

/** The shared Wardline; started at the first call of the run. */
export async function sharedWardline(): Promise<Wardline> {
  const addresses = (await askDesk('')) as Addresses;
  return {
    addresses,
    restartEverything: async () => void (await askDesk('restart-everything')),
    line: async (deed) => void (await askDesk(`line/${deed}`)),
    part: async (name, deed) => ((await askDesk(`${name}/${deed}`)) as { ended?: string }).ended ?? '',
  };
}

async function askDesk(wish: string): Promise<unknown> {
  const desk = deskAddress();
  if (desk === undefined)
    throw new Error('Stories share a Wardline that this run does not have: name the file *.e2e.spec.ts');
  const response = await fetch(`${desk}/${wish}`, { method: 'POST', signal: AbortSignal.timeout(300_000) });
  if (!response.ok) throw new Error(`the desk could not do "${wish}": ${await response.text()}`);
  return response.json();
}
