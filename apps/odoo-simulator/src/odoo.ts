import type { DatabaseStore } from './database.store.js';
import type { FaultPlan } from './faults.js';
import { models } from './models.js';
import { call, type NamedCall } from './orm/call.js';
import { inOdooWords, isConflict } from './orm/database-error.js';
import type { Env, Tx } from './orm/environment.js';
import { textOf, type Value } from './orm/field.js';
import { accessError, OdooError, userError } from './odoo-error.js';
import { migrate } from './schema.store.js';
import { seed } from './seed.js';

/** The administrator, on whose behalf every key of the simulator acts. */
export const adminUid = 2;

/** Odoo repeats a call this often when two transactions collide. */
const tries = 5;

/** The simulated Odoo: one call, one transaction. */
export class Odoo {
  constructor(
    private readonly database: DatabaseStore,
    private readonly faults: FaultPlan,
  ) {}

  /** Creates what is missing in the database, and fills it when it is empty. */
  async prepare(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await migrate(tx, models);
      await seed(environment(tx, {}, new Map([['Product Unit', 2]])));
    });
  }

  /** Runs a call; a collision with another transaction is tried again, as Odoo does. */
  async run(asked: NamedCall, context: Record<string, Value>): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(asked, context);
      } catch (error) {
        if (!isConflict(error) || attempt >= tries) throw inOdooWords(error, models);
        await pause(Math.random() * 2 ** attempt * 20);
      }
    }
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  private once(asked: NamedCall, context: Record<string, Value>): Promise<unknown> {
    return this.database.transaction(async (tx) => {
      const precision = await tx.query<{ name: string; digits: number }>('SELECT name, digits FROM decimal_precision');
      const env = environment(tx, context, new Map(precision.map(({ name, digits }) => [name, digits])));
      await refuseForeignContext(env);
      const answer = await call(env, asked);
      if (this.faults.strikes('fail-before-commit', `${asked.model}/${asked.method}`)) throw interrupted;
      return answer;
    });
  }
}

/** A context may narrow to companies and languages that exist, to no others. */
async function refuseForeignContext(env: Env): Promise<void> {
  const lang = env.context['lang'];
  if (lang && lang !== 'en_US') throw userError(`Invalid language code: ${textOf(lang)}`);
  if (!env.allowedCompanies) return;
  const known = await env.tx.query('SELECT 1 FROM res_company WHERE id = ANY($1)', [env.allowedCompanies]);
  if (known.length < new Set(env.allowedCompanies).size)
    throw accessError('Access to unauthorized or invalid companies.');
}

const interrupted = new OdooError(
  500,
  'psycopg2.OperationalError',
  'server closed the connection unexpectedly (simulated before commit)',
);

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function environment(tx: Tx, context: Record<string, Value>, precision: Env['precision']): Env {
  const allowed = context['allowed_company_ids'];
  const companies = Array.isArray(allowed) ? allowed.map(Number) : null;
  return {
    tx,
    models,
    context,
    uid: adminUid,
    companyId: companies?.[0] ?? 1,
    allowedCompanies: companies,
    now: utcNow(),
    precision,
  };
}

function utcNow(): string {
  const micro = String(process.hrtime.bigint() % 1000n).padStart(3, '0');
  return `${new Date().toISOString().replace('T', ' ').replace('Z', '')}${micro}`;
}
