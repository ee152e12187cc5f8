import type { Process } from './process.ts';
import type { Event, World } from './world.ts';

/** A batch on its way to the broker. */
export interface Request {
  readonly events: readonly Event[];
  acknowledged: boolean;
}

/** The way to the broker: a request arrives late, after others, never, or without its answer coming back. */
export class Network {
  readonly #world: World;
  readonly #pending: Request[] = [];
  losing = true;

  constructor(world: World) {
    this.#world = world;
  }

  send(events: readonly Event[]): Request {
    const request = { events, acknowledged: false };
    this.#pending.push(request);
    return request;
  }

  *run(): Process {
    const { random } = this.#world;
    for (;;) {
      yield Math.floor(random() * 10);
      if (this.#pending.length === 0) continue;
      const [request] = this.#pending.splice(Math.floor(random() * this.#pending.length), 1);
      if (this.losing && random() < 0.05) continue;
      for (const event of request!.events) this.#world.append(event);
      yield 0;
      if (!this.losing || random() > 0.05) request!.acknowledged = true;
    }
  }
}
