import { connect, createServer, type Server, type Socket } from 'node:net';

/** The line between the adapter and Odoo, which a test can cut. While it is cut, connections are refused as by a dead server. */
export class OdooLine {
  readonly #port: number;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  constructor(port: number, target: URL) {
    this.#port = port;
    this.#target = target;
  }

  /** Where the adapter finds Odoo. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Lets calls through (again). */
  async restore(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer((caller) => this.#passOn(caller));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
  }

  /** Breaks what is under way and refuses everything from now on. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #passOn(caller: Socket): void {
    const odoo = connect({ host: this.#target.hostname, port: Number(this.#target.port || 80) });
    for (const [socket, other] of [
      [caller, odoo],
      [odoo, caller],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
