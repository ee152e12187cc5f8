import { connect, type Socket } from 'node:net';

/** An interface engine's connection (MLLP): one message at a time, the next when the last is answered. */
export class MllpConnection {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Connects to a port of this machine; throws when nobody listens there. */
  static open(port: number): Promise<MllpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject).on('error', () => socket.destroy());
        resolve(new MllpConnection(socket));
      });
    });
  }

  /** Sends a message and answers what came back; throws when the connection is lost before. */
  exchange(message: string): Promise<string> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let answer = '';
      const lost = (): void => reject(new Error('The MLLP connection was lost before an acknowledgement came.'));
      const listen = (chunk: Buffer): void => {
        answer += chunk.toString('utf8');
        if (!answer.endsWith('\x1c\r')) return;
        socket.off('data', listen).off('close', lost);
        resolve(answer.slice(1, -2));
      };
      socket.on('data', listen).once('close', lost);
      socket.write(`\x0b${message}\x1c\r`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
