import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type Answer, type ConnectionHooks, MllpConnection } from './connection.js';
import type { FrameOptions } from './frame.js';

/** Who sent a message. */
export interface Peer {
  readonly address: string;
  /** Subject (common name) of its certificate, where one was asked for and found good. */
  readonly certificate?: string;
}

/** Something that happened on a connection and that a person should be able to see. */
export type MllpEvent =
  | Parameters<ConnectionHooks['seen']>[0]
  | { readonly kind: 'connected' | 'disconnected' | 'turned-away' }
  | { readonly kind: 'tls-refused'; readonly reason: string };

/** How to listen. */
export interface MllpServerOptions extends FrameOptions {
  readonly port: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Takes a message and answers once it has committed. What it throws is answered by `failed`. */
  readonly handle: (message: Buffer, peer: Peer) => Promise<Answer>;
  /** The answer to a message that could not be handled; see `answerFailure`. */
  readonly failed: (message: Buffer, reason: unknown) => Answer;
  readonly onEvent?: (event: MllpEvent, peer: Peer) => void;
  /** Default: 5 minutes. */
  readonly idleTimeoutMs?: number;
  /** From the first byte of a frame to its last. Default: 2 minutes. */
  readonly frameTimeoutMs?: number;
  /** Default: 100. More are turned away. */
  readonly maxConnections?: number;
  /** With `ca`, a client must show a certificate that it signed. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca?: string };
}

/** A listening server. */
export interface MllpServer {
  readonly port: number;
  readonly connections: number;
  /** Takes no new connection, answers what has wholly arrived, closes; after `withinMs` (default 10 s) it cuts. */
  close(withinMs?: number): Promise<void>;
}

/** Listens for MLLP connections; resolves when the port is open, rejects when it cannot be opened. */
export async function listenMllp(options: MllpServerOptions): Promise<MllpServer> {
  const connections = new Set<MllpConnection>();
  const server = open(options, (socket) => attach(socket, options, connections));
  server.maxConnections = options.maxConnections ?? 100;
  server.on('drop', (dropped) => {
    options.onEvent?.({ kind: 'turned-away' }, { address: dropped?.remoteAddress ?? 'unknown' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections.size;
    },
    close: (withinMs = 10_000) => close(server, connections, withinMs),
  };
}

function open(options: MllpServerOptions, accept: (socket: Socket) => void): Server {
  if (options.tls === undefined) return createServer({ allowHalfOpen: true }, accept);
  const { ca } = options.tls;
  const clients = ca === undefined ? {} : { requestCert: true, rejectUnauthorized: true };
  const server = createTlsServer({ ...options.tls, ...clients, allowHalfOpen: true, minVersion: 'TLSv1.2' }, accept);
  server.on('tlsClientError', (error, socket) => {
    options.onEvent?.({ kind: 'tls-refused', reason: error.message }, { address: socket.remoteAddress ?? 'unknown' });
  });
  return server;
}

function attach(socket: Socket, options: MllpServerOptions, connections: Set<MllpConnection>): void {
  const peer = peerOf(socket);
  const seen = (event: MllpEvent): void => options.onEvent?.(event, peer);
  const connection = new MllpConnection(
    socket,
    { handle: (message) => options.handle(message, peer), failed: options.failed, seen },
    {
      ...options,
      idleTimeoutMs: options.idleTimeoutMs ?? 5 * 60_000,
      frameTimeoutMs: options.frameTimeoutMs ?? 2 * 60_000,
    },
  );
  connections.add(connection);
  seen({ kind: 'connected' });
  void connection.closed.then(() => {
    connections.delete(connection);
    seen({ kind: 'disconnected' });
  });
}

function peerOf(socket: Socket): Peer {
  const address = socket.remoteAddress ?? 'unknown';
  const certificate = 'getPeerCertificate' in socket ? (socket as TLSSocket).getPeerCertificate() : undefined;
  const name = certificate?.subject?.CN;
  return typeof name === 'string' ? { address, certificate: name } : { address };
}

async function close(server: Server, connections: ReadonlySet<MllpConnection>, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.finish();
  const cut = setTimeout(() => connections.forEach((connection) => connection.destroy()), withinMs);
  await closed;
  clearTimeout(cut);
}
