import { randomUUID } from 'node:crypto';
import { Consumer } from '@platformatic/kafka';
import { Registry } from '../../../deploy/local/demo/outside/registry.ts';

/** An event as an outsider reads it: decimals are text, times are milliseconds. */
export interface Seen {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
  /** Full name of the record, from the schema that it was written with. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly headers: ReadonlyMap<string, string>;
}

/** Reads topics from the beginning with a stock client, each message by its own schema id. */
export class Subscriber {
  readonly #seen: Seen[] = [];

  private constructor(
    private readonly consumer: Consumer,
    private readonly registry: Registry,
  ) {}

  static async open(
    { brokers, registryUrl }: { readonly brokers: string; readonly registryUrl: string },
    topics: readonly string[],
  ): Promise<Subscriber> {
    const consumer = new Consumer({
      groupId: `outsider-${randomUUID()}`,
      clientId: 'outsider',
      bootstrapBrokers: brokers.split(','),
    });
    const subscriber = new Subscriber(consumer, new Registry(registryUrl));
    await subscriber.#read(topics);
    return subscriber;
  }

  /** What was read so far and fits, in the order of arrival, which is that of the topic within a key. */
  seen(record: string, fits: Readonly<Record<string, unknown>> = {}): Seen[] {
    const wanted = Object.entries(fits);
    return this.#seen.filter(
      ({ type, data }) => type.endsWith(`.${record}`) && wanted.every(([field, value]) => data[field] === value),
    );
  }

  async close(): Promise<void> {
    await this.consumer.close(true);
  }

  async #read(topics: readonly string[]): Promise<void> {
    const stream = await this.consumer.consume({
      topics: [...topics],
      mode: 'earliest',
      autocommit: false,
      maxWaitTime: 100,
    });
    void (async () => {
      for await (const { topic, partition, offset, key, value, headers } of stream) {
        if (value === undefined || value.length < 5 || value[0] !== 0) continue;
        const type = await this.registry.byId(value.readInt32BE(1)).catch(() => undefined);
        if (type === undefined) continue;
        this.#seen.push({
          ...{ topic, partition, offset, key: key?.toString() ?? '', type: type.name ?? '' },
          data: type.fromBuffer(value.subarray(5)) as Record<string, unknown>,
          headers: new Map([...headers].map(([name, text]) => [String(name), String(text)])),
        });
      }
    })().catch(() => undefined);
  }
}
