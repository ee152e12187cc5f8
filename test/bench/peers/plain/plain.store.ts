import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Producer } from 'kafkajs';
import type { Contender, Site } from '../../contenders/contender.ts';
import { sqlWriter } from '../../contenders/sql-writer.store.ts';
import { connectedProducer } from '../producer.ts';

/** How the plain poller is set. */
export interface PlainOptions {
  readonly pageSize: number;
  readonly pollMs: number;
  readonly backlog: string;
}

interface Row {
  readonly id: string;
  readonly event_id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: Buffer;
}

const table = `
CREATE TABLE outbox (
  id           bigserial   PRIMARY KEY,
  event_id     uuid        NOT NULL,
  topic        text        NOT NULL,
  key          text        NOT NULL,
  payload      bytea       NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;`;

/** What most teams write: a row per event, a poller, `send` and update one by one. */
export async function open(options: PlainOptions): Promise<Contender> {
  let poller: Poller | undefined;
  return {
    prepare: async (site) => {
      const client = new pg.Client({ connectionString: site.databaseUrl });
      await client.connect();
      await client.query(table);
      await client.end();
    },
    start: async (site) => {
      poller = new Poller(site, options, await connectedProducer(site.brokers));
      poller.start();
    },
    stop: async () => poller?.stop(),
    writer: (site, connections) => sqlWriter(site, connections, options.backlog),
    close: async () => undefined,
  };
}

class Poller {
  readonly #pool: pg.Pool;
  readonly #options: PlainOptions;
  readonly #producer: Producer;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(site: Site, options: PlainOptions, producer: Producer) {
    this.#options = options;
    this.#producer = producer;
    this.#pool = new pg.Pool({ connectionString: site.databaseUrl, max: 2 });
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    await this.#producer.disconnect();
    await this.#pool.end();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const { rows } = await this.#pool.query<Row>(
        'SELECT id, event_id, topic, key, payload FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1',
        [this.#options.pageSize],
      );
      for (const row of rows) await this.#publish(row);
      if (rows.length < this.#options.pageSize) await sleep(this.#options.pollMs);
    }
  }

  async #publish({ id, event_id, topic, key, payload: value }: Row): Promise<void> {
    if (this.#stopping) return;
    await this.#producer.send({ topic, messages: [{ key, value, headers: { ce_id: event_id } }], acks: -1 });
    await this.#pool.query('UPDATE outbox SET published_at = now() WHERE id = $1', [id]);
  }
}
