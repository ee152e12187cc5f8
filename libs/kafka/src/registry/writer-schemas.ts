import { setTimeout as sleep } from 'node:timers/promises';
import { Paused } from '@wardline/event-handling';
import type { AvroSchema } from '../avro/avro-schema.js';
import { RegistryUnavailable } from './schema-registry.js';

/** How long an unknown schema id is asked for, and how long it is then taken as unknown. */
export interface UnknownSchemaPatience {
  /** Pauses between the tries, in milliseconds. */
  readonly retryPauses: readonly number[];
  /** How long an id that stays unknown is not asked for again, in milliseconds. */
  readonly negativeMs: number;
}

/** Two seconds in all: a producer registers just before it sends, and replicas of a registry lag. */
export const defaultPatience: UnknownSchemaPatience = { retryPauses: [200, 600, 1200], negativeMs: 10_000 };

const asksAtOnce = 8;

/** Writer schemas by id: kept forever once known, since an id never changes its schema. */
export class WriterSchemas<T> {
  private readonly known = new Map<number, T>();
  private readonly pending = new Map<number, Promise<T | undefined>>();
  private readonly unknownUntil = new Map<number, number>();
  // A batch of garbage may name hundreds of ids; the registry is asked for a few at a time.
  private readonly lanes: Promise<unknown>[] = Array.from({ length: asksAtOnce }, () => Promise.resolve());
  private nextLane = 0;

  constructor(
    private readonly fetchSchema: (id: number) => Promise<AvroSchema | undefined>,
    private readonly prepare: (id: number, schema: AvroSchema) => T,
    private readonly patience: UnknownSchemaPatience = defaultPatience,
    private readonly now: () => number = Date.now,
  ) {}

  /** What is known of an id without asking: the prepared schema, `unknown`, or `ask`. */
  cached(id: number): T | 'unknown' | 'ask' {
    const found = this.known.get(id);
    if (found !== undefined) return found;
    return (this.unknownUntil.get(id) ?? 0) > this.now() ? 'unknown' : 'ask';
  }

  /** Asks the registry, once for all who wait for the same id. Throws `Paused` when it cannot be asked. */
  ask(id: number): Promise<T | undefined> {
    const running = this.pending.get(id);
    if (running !== undefined) return running;
    const request = this.fetch(id).finally(() => this.pending.delete(id));
    this.pending.set(id, request);
    return request;
  }

  /** Takes a schema as known under an id. */
  remember(id: number, schema: AvroSchema): T {
    const prepared = this.prepare(id, schema);
    this.known.set(id, prepared);
    return prepared;
  }

  private async fetch(id: number): Promise<T | undefined> {
    for (const pause of [0, ...this.patience.retryPauses]) {
      if (pause > 0) await sleep(pause);
      const schema = await this.fetchOnce(id);
      if (schema !== undefined) return this.remember(id, schema);
    }
    this.forgetExpired();
    this.unknownUntil.set(id, this.now() + this.patience.negativeMs);
    return undefined;
  }

  private async fetchOnce(id: number): Promise<AvroSchema | undefined> {
    const lane = this.nextLane++ % asksAtOnce;
    const asked = this.lanes[lane]!.then(() => this.fetchSchema(id));
    this.lanes[lane] = asked.catch(() => undefined);
    try {
      return await asked;
    } catch (error) {
      // An outage says nothing about the message: the consumer waits and nothing is parked for it.
      if (error instanceof RegistryUnavailable) throw new Paused(error.message, 2_000);
      throw error;
    }
  }

  private forgetExpired(): void {
    for (const [id, until] of this.unknownUntil) if (until <= this.now()) this.unknownUntil.delete(id);
  }
}
