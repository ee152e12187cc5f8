import pg from 'pg';
import type { CommittedEvent, Effect, Tenure } from '../history.ts';

const originTables = `
CREATE SCHEMA IF NOT EXISTS chaos;
CREATE TABLE IF NOT EXISTS chaos.tally (key text PRIMARY KEY, changes int NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS chaos.business (
  event_id uuid PRIMARY KEY, round text NOT NULL, key text NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(), n bigint GENERATED ALWAYS AS IDENTITY);
CREATE INDEX IF NOT EXISTS business_round ON chaos.business (round);`;

const targetTables = `
CREATE SCHEMA IF NOT EXISTS chaos;
CREATE TABLE IF NOT EXISTS chaos.effect (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, round text NOT NULL, event_id uuid NOT NULL, key text NOT NULL);
CREATE INDEX IF NOT EXISTS effect_round ON chaos.effect (round);`;

/** Notes who writes by which epoch of the relay's cursor and which generation of a partition. */
const tenureTables = `
CREATE TABLE IF NOT EXISTS chaos.tenure (of text, number text, writer text, PRIMARY KEY (of, number, writer));
CREATE OR REPLACE FUNCTION chaos.note_cursor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO chaos.tenure VALUES ('relay cursor', new.epoch, current_setting('application_name')) ON CONFLICT DO NOTHING;
  RETURN NULL; END $$;
CREATE OR REPLACE FUNCTION chaos.note_position() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO chaos.tenure VALUES (new.topic || '/' || new.partition, new.generation, current_setting('application_name'))
  ON CONFLICT DO NOTHING;
  RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER note_cursor AFTER UPDATE ON delivery.outbox_cursor FOR EACH ROW
  WHEN (new.owner IS NOT NULL) EXECUTE FUNCTION chaos.note_cursor();
CREATE OR REPLACE TRIGGER note_position AFTER INSERT OR UPDATE ON delivery.consumer_position FOR EACH ROW
  EXECUTE FUNCTION chaos.note_position();`;

/** What we do ourselves, by no right. */
const stageName = 'chaos stage';

/** What a database knows of the rounds, asked as its administrator and not by way of a link. */
export class Evidence {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 4, application_name: stageName });
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** The business tables of the writers. */
  async prepareOrigin(): Promise<void> {
    await this.#asOwner(originTables);
  }

  /** The table of the consumers' effects. */
  async prepareTarget(): Promise<void> {
    await this.#asOwner(targetTables);
  }

  #asOwner(tables: string): Promise<unknown> {
    return this.query(`SET ROLE chaos; ${tables} ${tenureTables} RESET ROLE;`);
  }

  /** The events of a round's committed transactions; the order is that of the commits. */
  async committed(round: string): Promise<CommittedEvent[]> {
    const rows = await this.query<{ event_id: string; key: string; place: number }>(
      `SELECT event_id, key, (row_number() OVER (PARTITION BY key ORDER BY pg_xact_commit_timestamp(xid::xid), n))::int AS place
         FROM chaos.business WHERE round = $1`,
      [round],
    );
    return rows.map(({ event_id: eventId, key, place }) => ({ eventId, key, place }));
  }

  async effects(round: string): Promise<Effect[]> {
    const rows = await this.query<{ event_id: string; key: string }>(
      'SELECT event_id, key FROM chaos.effect WHERE round = $1 ORDER BY id',
      [round],
    );
    return rows.map(({ event_id: eventId, key }) => ({ eventId, key }));
  }

  /** How many events of a round have an effect. */
  async effectCount(round: string): Promise<number> {
    const rows = await this.query<{ count: number }>(
      'SELECT count(DISTINCT event_id)::int AS count FROM chaos.effect WHERE round = $1',
      [round],
    );
    return rows[0]!.count;
  }

  /** Events of any round that have more than one effect. */
  async doubledEffects(): Promise<string[]> {
    const rows = await this.query<{ event_id: string }>(
      'SELECT event_id FROM chaos.effect GROUP BY event_id HAVING count(*) > 1',
    );
    return rows.map(({ event_id: id }) => id);
  }

  async tenures(): Promise<Tenure[]> {
    return this.query<Tenure & Record<string, unknown>>(
      `SELECT of, number, array_agg(writer ORDER BY writer) AS writers
         FROM chaos.tenure WHERE writer <> $1 GROUP BY of, number`,
      [stageName],
    );
  }

  /** Forgets who wrote by which right: what a round has shown is judged once. */
  async forgetTenures(): Promise<void> {
    await this.query('DELETE FROM chaos.tenure');
  }

  /** Opens a transaction, has it draw its id, and keeps it open until `end`. */
  async holdTransaction(): Promise<{ end: () => Promise<void> }> {
    const client = await this.#pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    return {
      end: async () => {
        await client.query('ROLLBACK');
        client.release();
      },
    };
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Row[]> {
    const result = await this.#pool.query<Row & pg.QueryResultRow>(sql, parameters as unknown[]);
    return result.rows;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
