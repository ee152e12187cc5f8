import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { setImmediate as oneTurn } from 'node:timers/promises';
import pg from 'pg';
import { Reject, type Transaction } from '@wardline/event-handling';
import { runMigrations, type MigrationClass } from './migrator.js';

/** How to reach a service's database. */
export interface DatabaseOptions {
  /** `postgres://` URL of the service's own database and role. */
  readonly url: string;
  /** The service's migrations; those of this library run before them. */
  readonly migrations: readonly MigrationClass[];
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Connections at most; default 12. */
  readonly poolSize?: number;
  /**
   * Longest time for one statement, and longest pause of an open transaction, in milliseconds; default 60,000. Beyond the
   * first the connection is given up (it may lead nowhere), beyond the second the server ends it (its client may be
   * stopped, and holds locks that others wait for).
   */
  readonly answerWithinMs?: number;
}

/** Opens the pool and brings the schema up to date, one runner at a time across replicas. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const answerWithinMs = options.answerWithinMs ?? 60_000;
  await runMigrations(options.url, options.migrations, answerWithinMs);
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    query_timeout: answerWithinMs,
    types: { getTypeParser },
    options: `${onePlan} -c idle_in_transaction_session_timeout=${answerWithinMs}`,
    ...pipelined,
  });
  // A connection that breaks fails the statement under way, if any, and is replaced at the next use; unheard it would end the process.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return new Database(pool);
}

/** Each prepared statement is planned once per connection: with arrays as parameters Postgres would plan it anew each time. */
const onePlan = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';

/** Statements that do not wait for one another share a round trip; the server still runs them one by one, in order. */
const pipelined: object = { pipeline: true };

/** What is asked of a connection in one turn of the event loop, such as BEGIN and the first statements, leaves together. */
function inOnePacket(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function ignore(): void {
  // whoever uses the connection learns of it from its statement
}

const dateOid = 1082;

/** A calendar day is a day, not an instant in the server's time zone: `date` stays the text 'YYYY-MM-DD'. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === dateOid) return (value) => value;
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
}

/** A service's Postgres: READ COMMITTED transactions with prepared statements. */
export class Database {
  constructor(readonly pool: pg.Pool) {}

  /** Runs `work` in one transaction: commits when it resolves, rolls back when it throws. */
  async transaction<T>(work: (tx: PgTransaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const tx = new PgTransaction(client);
    try {
      inOnePacket(client);
      const begun = client.query('BEGIN');
      begun.catch(ignore);
      const result = await work(tx);
      await tx.sent();
      const committed = commit(client);
      committed.catch(ignore); // the error of an earlier statement says more
      await begun;
      await tx.written();
      await committed;
      tx.close();
      client.release();
      tx.committed();
      return result;
    } catch (thrown) {
      const error = await tx.firstFailure(thrown);
      tx.close();
      await giveBack(client);
      throw error;
    }
  }

  /** Runs `work` in a transaction that is rolled back whatever comes of it: nothing of it stays and nobody is told. */
  async rehearse<T>(work: (tx: PgTransaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const tx = new PgTransaction(client);
    try {
      tx.write('BEGIN');
      return await work(tx);
    } finally {
      tx.close();
      await giveBack(client);
    }
  }

  /** Runs one statement outside any transaction of ours. */
  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const result = await this.pool.query<Row & pg.QueryResultRow>(prepared(sql, parameters));
    return result.rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** Postgres answers COMMIT with ROLLBACK, and no error, when a statement had failed: that must not pass for success. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('nothing was committed: a statement failed and its error was not passed on');
}

/** Rolls back and returns the connection to the pool; a connection that cannot roll back is thrown away. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (broken) {
    client.release(broken as Error);
  }
}

/** A {@link Transaction} on a `pg` connection. Unusable once its transaction ended. */
export class PgTransaction implements Transaction {
  #open = true;
  readonly #onCommit = new Set<() => void>();
  readonly #written: Promise<unknown>[] = [];

  constructor(private readonly client: pg.PoolClient) {}

  get isOpen(): boolean {
    return this.#open;
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    if (!this.#open) throw new Error('the transaction has ended: a handle was kept beyond its handler');
    inOnePacket(this.client);
    const result = await this.client.query<Row & pg.QueryResultRow>(prepared(sql, parameters));
    return result.rows;
  }

  write(sql: string, parameters: readonly unknown[] = []): void {
    const written = this.query(sql, parameters);
    written.catch(ignore);
    this.#written.push(written);
  }

  /**
   * Resolves when everything written has left for the server, throws when something could not: Postgres would not know of
   * it, and commit the rest.
   */
  async sent(): Promise<void> {
    if (this.#written.length > 0) await Promise.race([Promise.all(this.#written), oneTurn()]);
  }

  /** Resolves when everything written so far is; throws the error of the first statement that failed. */
  async written(): Promise<void> {
    for (const statement of this.#written.splice(0)) await statement;
  }

  /**
   * What went wrong first, for an error that was thrown: after a statement that nobody waited for has failed, every later
   * one fails too. A decision of the handler stands.
   */
  async firstFailure(thrown: unknown): Promise<unknown> {
    const earlier = await this.written().then(
      () => thrown,
      (error: unknown) => error,
    );
    return thrown instanceof Reject ? thrown : earlier;
  }

  /** Runs `callback` once after the commit; not at all after a rollback. */
  onCommit(callback: () => void): void {
    this.#onCommit.add(callback);
  }

  committed(): void {
    for (const callback of this.#onCommit) callback();
  }

  close(): void {
    this.#open = false;
  }
}

const statementNames = new Map<string, string>();
const preparedAtMost = 500;

/**
 * Each distinct statement text is prepared once per connection; texts beyond the limit (generated SQL) and texts of several
 * statements run unprepared.
 */
function prepared(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  const values = parameters as unknown[];
  const known = statementNames.get(text);
  if (known !== undefined) return { name: known, text, values };
  if (statementNames.size >= preparedAtMost || text.includes(';')) return { text, values };
  const name = `w${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  statementNames.set(text, name);
  return { name, text, values };
}

/** Whether an error means that Postgres or the way to it is at fault, not the message: nothing is parked for it. */
export function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && outageCodes.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Query read timeout/.test(
    error.message,
  );
}

/** Connection trouble, shutdown, resources, deadlock, serialization, read-only standby, and the sockets' own words. */
const outageCodes =
  /^(08...|57P0[1-5]|57014|53...|40001|40P01|25006|55P03|58...|E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN))$/;
