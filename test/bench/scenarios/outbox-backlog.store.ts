import type { Database } from '@wardline/outbox';

/** A backlog of events; the first 8 bytes of each payload are its ordinal from 0. */
export interface Backlog {
  readonly events: number;
  readonly keys: number;
  readonly payloadBytes: number;
}

/** A row as a raw reader takes it. */
export interface BacklogRow {
  readonly id: string;
  readonly key: string;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const perTransaction = 1_000;

const insert = `
INSERT INTO delivery.outbox (event_id, topic, key, payload, headers)
SELECT gen_random_uuid(), $1, 'key-' || n % $4,
       substring(int8send(n) || decode(repeat(md5(n::text), $5 / 16 + 1), 'hex') FOR $5),
       json_build_object('ce_id', gen_random_uuid(), 'ce_type', 'bench', 'content-type', 'application/avro')
FROM generate_series($2::bigint, $3::bigint) AS n`;

/** Adds the backlog in transactions of a thousand; every tenth is preceded by one of the same rows that is rolled back. */
export async function fillOutbox(database: Database, topic: string, backlog: Backlog): Promise<void> {
  const { events, keys, payloadBytes } = backlog;
  for (let from = 0; from < events; from += perTransaction) {
    const values = [topic, from, Math.min(from + perTransaction, events) - 1, keys, payloadBytes];
    if ((from / perTransaction) % 10 === 0) await rolledBack(database, values);
    await database.transaction((tx) => tx.query(insert, values));
  }
  await database.query('ANALYZE delivery.outbox');
}

class OnPurpose extends Error {}

async function rolledBack(database: Database, values: readonly unknown[]): Promise<void> {
  const work = database.transaction(async (tx) => {
    await tx.query(insert, values);
    throw new OnPurpose();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof OnPurpose)) throw error;
  });
}

/** Every row in id order, a page at a time: the least that anybody who publishes has to read. */
export async function* rawPages(database: Database, pageSize: number): AsyncGenerator<BacklogRow[]> {
  for (let after = '0'; ;) {
    const page = await database.query<BacklogRow>(
      'SELECT id, key, payload, headers FROM delivery.outbox WHERE id > $1 ORDER BY id LIMIT $2',
      [after, pageSize],
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}
