import pg from 'pg';

/** How the ledger of the benchmark is made up. */
export const ledgerShape = { products: 200, lotsAProduct: 15, wards: 10, hotShare: 10, days: 365 } as const;

const lots = ledgerShape.products * ledgerShape.lotsAProduct;

/*
 * Movement n: every tenth one of the hot lot, the others spread over the lots; one of four brings three pieces to a ward, the
 * next three use one each. In the order in which they became known, over a year; one of twenty had happened up to ten days before.
 */
const fill = `
INSERT INTO stock_movement (event_id, source_event_id, movement_type, product_code, from_location, to_location,
  lot_number, expiry_date, quantity, unit, occurred_at, recorded_at, actor, interface, correlation_id, causation_id)
SELECT id, id, CASE WHEN brings THEN 'TRANSFER' ELSE 'CONSUMPTION' END, product,
  CASE WHEN brings THEN 'STORE' ELSE ward END, CASE WHEN brings THEN ward ELSE 'Consumption' END,
  lot, '2030-01-31', CASE WHEN brings THEN 3 ELSE 1 END, 'Units',
  known - CASE WHEN (n / 7) % 20 = 0 THEN (n % 864001) * interval '1 second' ELSE (n % 60) * interval '1 second' END,
  known, 'bench', 'bench', id, id
FROM (
  SELECT n, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, (n / $3) % 4 = 0 AS brings,
    CASE WHEN hot THEN 'HOT' ELSE 'P-' || place / ${ledgerShape.lotsAProduct} END AS product,
    CASE WHEN hot THEN 'HOT-1' ELSE 'L-' || place END AS lot,
    'WARD-' || CASE WHEN hot THEN 0 ELSE place % ${ledgerShape.wards} END AS ward,
    timestamptz '2026-01-01Z' + (n * ($4::float8 / $5::float8)) * interval '1 second' AS known
  FROM (SELECT n, n % ${ledgerShape.hotShare} = 0 AS hot, (n * 7919) % ${lots} AS place
        FROM generate_series($1::bigint, $2::bigint) AS n) AS numbered
) AS made`;

/** Every index and unique constraint of the ledger: how to drop it and how to have it back. */
const indexes = `
SELECT indexrelid::regclass::text AS name,
  CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', indexrelid::regclass)
    ELSE format('ALTER TABLE stock_movement DROP CONSTRAINT %I CASCADE', conname) END AS drop,
  CASE WHEN c.oid IS NULL THEN pg_get_indexdef(indexrelid)
    ELSE format('CREATE UNIQUE INDEX %I ON stock_movement (%s)', conname,
      (SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (conkey))) END AS create
FROM pg_index LEFT JOIN pg_constraint c ON conindid = indexrelid AND contype IN ('p', 'u')
WHERE indrelid = 'stock_movement'::regclass`;

const aMillion = 1_000_000;

/** Those that serve what is asked here; the others would only take time to build. */
const asked = /\((?:"?position"?|event_id|reverses|(?:xid|lot_number|serial_number), "?position"?)\)/;

/*
 * The history of a ledger that stands still, by sets: what the service does by and by. Grain PLACE is the sum over the lots of
 * a product. $1: lines of a dense track.
 */
const history = [
  `INSERT INTO balance_track (location, product_code, grain, lot_number, serial_number, unit, quantity, lines)
   SELECT location, product_code, CASE WHEN grouping(lot_number) = 1 THEN 'PLACE' ELSE 'LOT' END, coalesce(lot_number, ''),
     '', 'Units', sum(quantity), sum(lines) FROM (
     SELECT to_location AS location, product_code, lot_number, sum(quantity) AS quantity, count(*) AS lines
     FROM stock_movement GROUP BY 1, 2, 3
     UNION ALL
     SELECT from_location, product_code, lot_number, -sum(quantity), count(*) FROM stock_movement GROUP BY 1, 2, 3
   ) AS moved GROUP BY GROUPING SETS ((location, product_code, lot_number), (location, product_code))`,
  'UPDATE balance_track SET dense = lines >= 20000',
  `INSERT INTO stock_balance (location, product_code, lot_number, serial_number, quantity, unit)
   SELECT location, product_code, lot_number, '', quantity, unit FROM balance_track WHERE grain = 'LOT'`,
  'ANALYZE balance_track',
  'ANALYZE stock_balance',
] as const;

const lines = (side: 'to' | 'from', grain: 'LOT' | 'PLACE'): string => `
INSERT INTO balance_line
SELECT t.id, m.occurred_at, m.recorded_at, ${side === 'to' ? '' : '-'}m.quantity FROM stock_movement m JOIN balance_track t
  ON t.location = m.${side}_location AND t.product_code = m.product_code AND t.grain = '${grain}'
  AND t.lot_number = ${grain === 'LOT' ? 'm.lot_number' : "''"}`;

const cells = `
INSERT INTO balance_cell
SELECT track_id, date_trunc('hour', occurred_at, 'UTC'), date_trunc('hour', recorded_at, 'UTC'), sum(balance_line.quantity)
FROM balance_line JOIN balance_track ON id = track_id WHERE dense GROUP BY 1, 2, 3`;

const cursor = [
  `UPDATE ledger_history_cursor SET seen_below = pg_snapshot_xmax(pg_current_snapshot())`,
  `UPDATE ledger_check SET movements = (SELECT count(*) FROM stock_movement),
     highest_position = (SELECT max(position) FROM stock_movement)`,
] as const;

/** The database of the ledger, with a few connections: the sets are large and do not wait for one another. */
export class LedgerSite {
  readonly #clients: readonly pg.Client[];

  private constructor(clients: readonly pg.Client[]) {
    this.#clients = clients;
  }

  static async open(url: string): Promise<LedgerSite> {
    const clients = Array.from({ length: 4 }, () => new pg.Client({ connectionString: url }));
    for (const client of clients) {
      client.on('error', () => undefined);
      await client.connect();
      await client.query(`SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET jit = off`);
    }
    return new LedgerSite(clients);
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.end()));
  }

  get #client(): pg.Client {
    return this.#clients[0]!;
  }

  /** Runs all of them, each connection the next one that is left. */
  async #share(statements: readonly (readonly [text: string, values?: unknown[]])[]): Promise<void> {
    const left = [...statements];
    await Promise.all(
      this.#clients.map(async (client) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) await client.query(next[0], next[1]);
      }),
    );
  }

  /** Fills the ledger by sets, and builds the indexes afterwards. */
  async fill(movements: number, progress: (line: string) => void): Promise<void> {
    const { rows } = await this.#client.query<{ name: string; drop: string; create: string }>(indexes);
    for (const { drop } of rows) await this.#client.query(drop);
    progress('booking movements');
    const pieces = Array.from({ length: Math.ceil(movements / aMillion) }, (_, n) => n * aMillion + 1);
    const scale = [lots, ledgerShape.days * 86_400, movements];
    await this.#share(pieces.map((from) => [fill, [from, Math.min(from + aMillion - 1, movements), ...scale]]));
    progress('building indexes');
    await this.#share(rows.filter(({ create }) => asked.test(create)).map(({ create }) => [create]));
    await this.#client.query('ANALYZE stock_movement');
  }

  /** The history of what the ledger has; the service goes on from there. */
  async buildHistory(progress: (line: string) => void): Promise<void> {
    progress('adding up the balances');
    for (const statement of history) await this.#client.query(statement);
    progress('writing the lines of the history');
    await this.#client.query('DROP INDEX balance_line_occurred');
    const [sides, grains] = [['to', 'from'] as const, ['LOT', 'PLACE'] as const];
    await this.#share(sides.flatMap((side) => grains.map((grain) => [lines(side, grain)] as const)));
    progress('building the index of the lines, and the cells');
    await this.#share([
      [`CREATE INDEX balance_line_occurred ON balance_line (track_id, occurred_at) INCLUDE (recorded_at, quantity)`],
      [cells],
    ]);
    for (const statement of cursor) await this.#client.query(statement);
  }

  /** What autovacuum would have done by then. */
  async settle(): Promise<void> {
    for (const table of ['balance_track', 'balance_line', 'balance_cell'])
      await this.#client.query(`VACUUM ANALYZE ${table}`);
    await this.#client.query('CHECKPOINT').catch(() => undefined);
  }

  /** The sum over the movements themselves, decimal text. */
  async naiveSum(location: string, product: string, lot: string, occurredAt: Date, knownAt: Date): Promise<string> {
    const { rows } = await this.#client.query<{ sum: string }>(
      `SELECT coalesce(sum(((to_location = $1)::int - (from_location = $1)::int) * quantity), 0)::numeric(24, 6) AS sum
       FROM stock_movement WHERE lot_number = $3 AND lot_number <> '' AND product_code = $2
         AND occurred_at <= $4 AND recorded_at <= $5`,
      [location, product, lot, occurredAt, knownAt],
    );
    return rows[0]!.sum;
  }

  /** Bytes of a table with its indexes. */
  async bytes(table: string): Promise<number> {
    const { rows } = await this.#client.query<{ bytes: string }>(
      'SELECT pg_total_relation_size($1::regclass) AS bytes',
      [table],
    );
    return Number(rows[0]!.bytes);
  }

  /** Two empty ledgers, one as it is and one without what the history needs of it. */
  async prepareInserts(): Promise<void> {
    await this.#client.query('CREATE TABLE ledger_as_is (LIKE stock_movement INCLUDING ALL)');
    await this.#client.query('CREATE TABLE ledger_before (LIKE stock_movement INCLUDING ALL)');
    await this.#client.query('ALTER TABLE ledger_before DROP COLUMN xid');
  }

  /** Microseconds a row of inserting transactions of 200 rows into one of them. */
  async insertCost(table: 'ledger_as_is' | 'ledger_before', round: number, transactions: number): Promise<number> {
    const statement = fill.replace('INTO stock_movement', `INTO ${table}`);
    const first = aMillion * round;
    const begun = performance.now();
    for (let n = 0; n < transactions; n += 1) {
      const from = first + n * 200;
      await this.#client.query({
        name: table,
        text: statement,
        values: [from, from + 199, lots, 31_536_000, 10_000_000],
      });
    }
    return ((performance.now() - begun) * 1000) / (transactions * 200);
  }
}
