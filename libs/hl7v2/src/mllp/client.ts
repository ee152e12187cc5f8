import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { frame, FrameDecoder } from './frame.js';

/** Where to connect. */
export interface MllpClientOptions {
  readonly port: number;
  readonly host?: string;
  readonly tls?: { readonly ca: string; readonly key?: string; readonly cert?: string; readonly servername?: string };
}

/** A connection that sends messages and receives their acknowledgements. Small: for tests and for trying an interface out. */
export interface MllpClient {
  /** Sends a message and answers the next acknowledgement that nobody waits for yet. */
  send(message: Uint8Array | string): Promise<Buffer>;
  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void;
  /** Settles when the other side has closed. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Connects; rejects when nobody listens or, with TLS, when a certificate is not good. */
export async function connectMllp(options: MllpClientOptions): Promise<MllpClient> {
  const socket = await connected(options);
  const decoder = new FrameDecoder();
  const waiting: { resolve: (bytes: Buffer) => void; reject: (reason: Error) => void }[] = [];
  socket.on('data', (chunk: Buffer) => {
    for (const event of decoder.push(chunk)) if (event.kind === 'message') waiting.shift()?.resolve(event.bytes);
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  void closed.then(() => {
    for (const { reject } of waiting) reject(new Error('The connection was closed before an acknowledgement came.'));
  });
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(new Error('The connection is closed.'));
        waiting.push({ resolve, reject });
        socket.write(frame(Buffer.from(message)));
      }),
    write: (bytes) => void socket.write(bytes),
    closed,
    close: () => void socket.end(),
  };
}

function connected({ port, host = '127.0.0.1', tls }: MllpClientOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls === undefined ? connect({ port, host }) : connectTls({ port, host, ...tls });
    socket.once('error', reject);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.off('error', reject).on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}
