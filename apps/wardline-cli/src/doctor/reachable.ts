import { connect } from 'node:net';

const withinMs = 3_000;

/** Tries to open a TCP connection to `host:port`; answers why it cannot be opened, null when it can. */
export function whyUnreachable(address: string): Promise<string | null> {
  const at = address.lastIndexOf(':');
  return new Promise((resolve) => {
    const socket = connect({ host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) });
    const finish = (answer: string | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(withinMs, () => finish(`no answer within ${withinMs / 1_000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.once('connect', () => finish(null));
  });
}
