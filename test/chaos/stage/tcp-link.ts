import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a link behaves; what is left out is as it should be. */
export interface Weather {
  /** Delay of everything, each way, in milliseconds. */
  readonly latencyMs?: number;
  /** Chance that a piece of data ends its connection with a reset instead. */
  readonly resetChance?: number;
  /** Each way. */
  readonly bytesPerSecond?: number;
  /** Accepts nobody. */
  readonly refused?: boolean;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** The next answer is swallowed and the connection ends. */
  doomed: boolean;
  /** Takes everything and passes nothing on, for ever. */
  stranded: boolean;
}

/** A TCP connection point in front of a server, which can be made worse while it runs. */
export class TcpLink {
  #weather: Weather = {};
  #cut: { matches: (request: Buffer) => boolean; left: number } | undefined;
  readonly #pairs = new Set<Pair>();
  readonly #server: Server;
  readonly port: number;
  readonly #to: number;
  readonly #chance: () => number;

  private constructor(server: Server, port: number, to: number, chance: () => number) {
    this.#server = server;
    this.port = port;
    this.#to = to;
    this.#chance = chance;
    server.on('connection', (client) => this.#accept(client));
  }

  /** Opens a link to a port of this machine; `chance` gives numbers from 0 to 1. */
  static open(to: number, chance: () => number, port = 0): Promise<TcpLink> {
    const server = createServer({ noDelay: true });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('the link has no port'));
        else resolve(new TcpLink(server, address.port, to, chance));
      });
    });
  }

  /** From now on, for open connections too. */
  turn(weather: Weather): void {
    this.#weather = weather;
    if (weather.refused === true) this.reset();
  }

  /** Ends every connection with a reset. */
  reset(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** The connections of now are half open: whatever is sent by them goes nowhere, and nobody says so. New ones work. */
  strand(): void {
    for (const pair of this.#pairs) pair.stranded = true;
  }

  /** Swallows the answers to the next `count` requests that match, each with its connection. */
  cutAnswersTo(matches: (request: Buffer) => boolean, count: number): void {
    this.#cut = { matches, left: count };
  }

  /** Answers still to be swallowed. */
  get cutsLeft(): number {
    return this.#cut?.left ?? 0;
  }

  /** All is as it should be again; connections that are half open stay so. */
  heal(): void {
    this.#weather = {};
    this.#cut = undefined;
  }

  close(): void {
    this.#server.close();
    this.reset();
  }

  #accept(client: Socket): void {
    if (this.#weather.refused === true) {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', port: this.#to, noDelay: true });
    const pair: Pair = { client, server, doomed: false, stranded: false };
    this.#pairs.add(pair);
    this.#pass(client, server, (data) => this.#request(pair, data));
    this.#pass(server, client, () => this.#answer(pair));
  }

  /** Passes data on in order, at the pace of the weather. */
  #pass(from: Socket, to: Socket, mayPass: (data: Buffer) => boolean): void {
    let last = Promise.resolve();
    from.on('data', (data: Buffer) => {
      if (!mayPass(data)) return;
      const { latencyMs = 0, bytesPerSecond = Infinity } = this.#weather;
      const delay = latencyMs + (data.length / bytesPerSecond) * 1000;
      if (delay === 0) last = last.then(() => forward(to, data));
      else {
        from.pause();
        const due = sleep(delay);
        last = last.then(() => due).then(() => forward(to, data));
        void last.then(() => from.resume());
      }
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      void last.then(() => to.destroy());
      for (const pair of this.#pairs) if (pair.client === from || pair.server === from) this.#pairs.delete(pair);
    });
  }

  #request(pair: Pair, data: Buffer): boolean {
    if (this.#cut !== undefined && this.#cut.left > 0 && this.#cut.matches(data)) {
      this.#cut.left -= 1;
      pair.doomed = true;
    }
    return this.#weatherPasses(pair);
  }

  #answer(pair: Pair): boolean {
    if (pair.doomed) {
      this.#end(pair);
      return false;
    }
    return this.#weatherPasses(pair);
  }

  #weatherPasses(pair: Pair): boolean {
    const { resetChance = 0 } = this.#weather;
    if (pair.stranded) return false;
    if (resetChance === 0 || this.#chance() >= resetChance) return true;
    this.#end(pair);
    return false;
  }

  #end({ client, server }: Pair): void {
    client.resetAndDestroy();
    server.destroy();
  }
}

function forward(to: Socket, data: Buffer): void {
  if (!to.destroyed) to.write(data);
}
