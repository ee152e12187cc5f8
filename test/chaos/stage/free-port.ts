import { canListen } from '../../../deploy/local/platform/port.ts';

let next = 30_000 + Math.floor(Math.random() * 2_000);

/** A free port below the range of outgoing connections: a server that is down for a moment must find its port free. */
export async function freeStagePort(): Promise<number> {
  for (;;) {
    const port = (next += 1);
    if (await canListen(port)) return port;
  }
}
