/** A piece of text in the build of a library, there exactly once, and what is put in its place. */
export interface Change {
  /** Path below `libs/`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A promise broken on purpose. */
export interface Mutation {
  readonly name: string;
  readonly changes: readonly Change[];
  /** The row of the fault matrix under which it shows. */
  readonly row: string;
  /** What the checker must report, one of them at least. */
  readonly shows: readonly string[];
}

const cursor = 'outbox/dist/relay/relay-cursor.store.js';
const reader = 'outbox/dist/relay/outbox-reader.store.js';
const worker = 'kafka/dist/partition-worker.js';
const parked = 'outbox/dist/parking/parked.store.js';

/** Each breaks one promise of the engine, and each must be found out. */
export const mutations: readonly Mutation[] = [
  {
    name: 'drop the key lock',
    changes: [{ file: 'outbox/dist/outbox.js', find: 'pg_advisory_xact_lock(1, bucket)', replace: 'bucket' }],
    row: 'relay stopped beyond its lease',
    shows: ['out of order'],
  },
  {
    name: 'use the xmin watermark',
    changes: [
      { file: reader, find: `const columns = 'id,`, replace: `const columns = 'id, xid,` },
      {
        file: reader,
        find: 'SELECT pg_current_snapshot()::text AS cur',
        replace: `SELECT format('%1$s:%1$s:', pg_snapshot_xmin(pg_current_snapshot())) AS cur`,
      },
      {
        file: reader,
        find: 'WHERE xid >= $1::xid8',
        replace: 'WHERE xid >= $1::xid8 AND xid < pg_snapshot_xmin(pg_current_snapshot())',
      },
      { file: reader, find: 'ORDER BY id LIMIT $3', replace: 'ORDER BY xid, id LIMIT $3' },
      { file: reader, find: 'ON true ORDER BY id`', replace: 'ON true ORDER BY xid, id`' },
    ],
    row: 'nothing at all',
    shows: ['out of order'],
  },
  {
    name: 'forget transactions under way',
    changes: [{ file: reader, find: 'WHERE xid = ANY($2::xid8[])', replace: 'WHERE xid = ANY($2::xid8[]) AND false' }],
    row: 'nothing at all',
    shows: ['lost'],
  },
  {
    name: 'publish before commit',
    changes: [
      {
        file: 'outbox/dist/outbox.js',
        find: 'tx.onCommit(this.#notify);',
        replace: `await tx.query('COMMIT'); await tx.query('BEGIN'); tx.onCommit(this.#notify);`,
      },
    ],
    row: 'nothing at all',
    shows: ['phantom'],
  },
  {
    name: 'advance the cursor before the acknowledgement',
    changes: [
      {
        file: 'outbox/dist/relay/relay.js',
        find: `await this.options.onStep?.('relay:claimed');`,
        replace: `const early = { ...progress, lastId: rows.at(-1).id };
          await term.save(rows.length === this.#batchSize ? early : { ...early, prev: progress.cur, cur: null });
          await this.options.onStep?.('relay:claimed');`,
      },
    ],
    row: 'relay killed with rows claimed',
    shows: ['lost'],
  },
  {
    name: 'skip the epoch test',
    changes: [
      { file: cursor, find: 'WHERE epoch = $1 ${unflushed}', replace: 'WHERE $1::bigint > 0 ${unflushed}' },
      { file: cursor, find: '(secs => $2) WHERE epoch = $1', replace: '(secs => $2) WHERE $1::bigint > 0' },
    ],
    row: 'relay stopped beyond its lease',
    shows: ['written by two'],
  },
  {
    name: 'skip the inbox',
    changes: [{ file: 'outbox/dist/consuming/pipeline.js', find: 'first.delete(message.eventId)', replace: 'true' }],
    row: 'relay killed before its cursor is saved',
    shows: ['effect doubled'],
  },
  {
    name: 'commit the broker offset first',
    changes: [
      {
        file: worker,
        find: 'const next = await this.processor.process(run, claim);',
        replace: `this.flow.settled(run.at(-1).offset + 1n);
          await new Promise((resolve) => setTimeout(resolve, 30));
          const next = await this.processor.process(run, claim);`,
      },
      { file: worker, find: 'this.flow.seek(claim.nextOffset ?? 0n);', replace: '/* from where the broker says */' },
      { file: 'kafka/dist/offset-commits.js', find: 'const pauseMs = 500;', replace: 'const pauseMs = 0;' },
    ],
    row: 'consumer killed before its commit',
    shows: ['effect missing'],
  },
  {
    name: 'ignore the generation of a claim',
    changes: [
      {
        file: 'outbox/dist/consuming/inbox.store.js',
        find: 'USING (topic, partition, generation)',
        replace: 'USING (topic, partition)',
      },
    ],
    row: 'consumer stopped beyond its session',
    shows: ['written by two'],
  },
  {
    name: 'go on where a restored database no longer is',
    changes: [
      {
        file: 'outbox/dist/consuming/pipeline.js',
        find: 'claim.nextOffset !== null && position.nextOffset < claim.nextOffset',
        replace: 'false',
      },
    ],
    row: 'Postgres of the target restored from an older backup',
    shows: ['effect missing'],
  },
  {
    name: 'acknowledge a batch that failed',
    changes: [
      {
        file: 'outbox/dist/consuming/pipeline.js',
        find: 'await this.#commit(runs, true);',
        replace: '/* taken for settled */',
      },
    ],
    row: 'nothing at all',
    shows: ['effect missing'],
  },
  {
    name: 'forget to go back to the savepoint',
    changes: [
      {
        file: 'outbox/dist/consuming/batch-run.js',
        find: `await this.tx.query('ROLLBACK TO SAVEPOINT run');`,
        replace: '/* what was done stays */',
      },
    ],
    row: 'nothing at all',
    shows: ['effect doubled'],
  },
  {
    name: 'park without holding the key',
    changes: [
      { file: parked, find: 'const holdsKey = message.record.key !== null', replace: 'const holdsKey = false' },
      { file: 'outbox/dist/consuming/batch-run.js', find: 'this.held.set(key, failure);', replace: 'return;' },
    ],
    row: 'nothing at all',
    shows: ['effect out of order'],
  },
  {
    name: 'drain out of order',
    changes: [
      {
        file: 'outbox/dist/parking/parked-due.store.js',
        find: 'NOT p.holds_key OR p.place = (',
        replace: 'true OR p.place = (',
      },
      {
        file: 'outbox/dist/parking/parked-due.store.js',
        find: 'p.next_attempt_at <= $1',
        replace: `(p.state = 'waiting' OR p.next_attempt_at <= $1)`,
      },
    ],
    row: 'nothing at all',
    shows: ['effect out of order'],
  },
];
