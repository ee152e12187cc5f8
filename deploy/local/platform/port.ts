import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operator-error.mjs';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Refuses a port that somebody else listens on; `setting` is the environment variable that moves it. */
export async function requireFreePort(port: number, part: string, setting: string): Promise<void> {
  const until = Date.now() + 2000;
  while (!(await canListen(port))) {
    if (Date.now() > until) {
      throw new OperatorError(
        `Port ${port} for ${part} is taken by another program. Stop that program, or choose another port: ${setting}=<port> npm start`,
      );
    }
    await sleep(100);
  }
}

/** Whether something accepts TCP connections there. */
export async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Whether a server could listen on this port of the loopback address now. */
export async function canListen(port: number): Promise<boolean> {
  if (await answers(port)) return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
