import pg from 'pg';
import type { Tx } from './orm/environment.js';

const asNumber = (text: string): number => Number(text);
const asText = (text: string): string => text;
/** int8 and numeric as numbers (quantities have two decimals), times as the text PostgreSQL keeps. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, asNumber],
  [1700, asNumber],
  [1082, asText],
  [1114, asText],
]);

type TypeParser = (text: string) => unknown;

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): TypeParser {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? (pg.types.getTypeParser(oid, 'text') as TypeParser);
  },
};

/** Planning the joins of the larger readings takes longer than running them: once per connection must do. */
const onePlan = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';

const statementNames = new Map<string, string>();
const preparedAtMost = 300;
/** How often a text ran before it is prepared: what a seed or a single reading asks once must not take the places. */
const runsBefore = 3;
const runs = new Map<string, number>();
const countedAtMost = 2_000;

/** A statement that comes again and again is prepared once per connection; others, and those beyond the limit, run unprepared. */
function statementName(sql: string): string | undefined {
  const known = statementNames.get(sql);
  if (known !== undefined || statementNames.size >= preparedAtMost) return known;
  const before = runs.get(sql) ?? 0;
  if (before < runsBefore) {
    if (runs.size >= countedAtMost) runs.clear();
    runs.set(sql, before + 1);
    return undefined;
  }
  runs.delete(sql);
  const name = `s${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

/** The simulator's connection to PostgreSQL. */
export class DatabaseStore {
  private readonly pool: pg.Pool;

  constructor(url: string, poolSize: number) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: 'odoo-simulator',
      types: types,
      options: onePlan,
    });
    // A connection that breaks fails its call; unheard, its error would end the process.
    this.pool.on('error', ignore);
    this.pool.on('connect', (client) => client.on('error', ignore));
  }

  /** One transaction as Odoo opens it: REPEATABLE READ, so that two writers of one quant conflict. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      const result = await work(transactionOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

function transactionOf(client: pg.PoolClient): Tx {
  let depth = 0;
  const tx: Tx = {
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const name = statementName(sql);
      const result = await client.query({ ...(name && { name }), text: sql, values: [...parameters] });
      return result.rows as Row[];
    },
    async savepoint<T>(work: () => Promise<T>): Promise<T> {
      depth += 1;
      const name = `level_${depth}`;
      await client.query(`SAVEPOINT ${name}`);
      try {
        const result = await work();
        await client.query(`RELEASE SAVEPOINT ${name}`);
        return result;
      } catch (error) {
        await client.query(`ROLLBACK TO SAVEPOINT ${name}`);
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
  return tx;
}

function ignore(): void {
  // the call under way on the connection answers for it
}
