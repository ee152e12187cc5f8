import type { Random } from '../corpus/sample.ts';

/** A business event. */
export interface Event {
  readonly id: number;
  readonly key: string;
  /** How often its handler refuses it before it goes through. */
  readonly refusals: number;
}

/** A promise of DESIGN part 5 was broken. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/**
 * What outlives every process, and the promises about it. Each change is checked at once against the order in which
 * transactions committed.
 */
export class World {
  now = 0;
  readonly random: Random;
  readonly broker: Event[] = [];
  readonly effects: Event[] = [];
  readonly #committed = new Map<string, Event[]>();
  readonly #published = new Map<string, number>();
  readonly #applied = new Map<string, number>();
  #cursor = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** A transaction has committed: from here on its events must arrive, in this order. */
  commit(events: readonly Event[]): void {
    for (const event of events) this.#committed.set(event.key, [...(this.#committed.get(event.key) ?? []), event]);
  }

  /** The broker has appended a record. Repeats are allowed; first occurrences follow the order of commits, per key. */
  append(event: Event): void {
    this.broker.push(event);
    this.#advance(this.#published, event, 'published', true);
  }

  /** An effect is committed: once, and in the order of commits, per key. */
  apply(event: Event): void {
    this.effects.push(event);
    this.#advance(this.#applied, event, 'applied', false);
  }

  /** The relay's cursor is written; `covered` is how many committed events it says are out. */
  cursor(covered: number): void {
    if (covered < this.#cursor) throw new Broken(`the cursor goes back from ${this.#cursor} events to ${covered}`);
    this.#cursor = covered;
  }

  /** Everything committed has been published and applied; throws naming what is lost. */
  complete(): void {
    for (const [key, events] of this.#committed) {
      for (const [what, counts] of [
        ['published', this.#published],
        ['applied', this.#applied],
      ] as const) {
        const count = counts.get(key) ?? 0;
        if (count < events.length) throw new Broken(`event ${events[count]!.id} of ${key} is never ${what}`);
      }
    }
  }

  #advance(counts: Map<string, number>, event: Event, what: string, mayRepeat: boolean): void {
    const order = this.#committed.get(event.key) ?? [];
    const count = counts.get(event.key) ?? 0;
    const place = order.indexOf(event);
    if (place < 0) throw new Broken(`event ${event.id} of ${event.key} is ${what} and was never committed`);
    if (place > count) throw new Broken(`event ${event.id} of ${event.key} is ${what} before ${order[count]!.id}`);
    if (place < count && !mayRepeat) throw new Broken(`event ${event.id} of ${event.key} is ${what} twice`);
    if (place === count) counts.set(event.key, count + 1);
  }
}
