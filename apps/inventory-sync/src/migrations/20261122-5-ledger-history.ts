import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What answers for any balance at any time, and for whether the ledger holds: built in the background from the movements,
 * so booking one costs an id of its transaction and an entry at the right edge of one index, nothing else.
 */
export class LedgerHistory implements MigrationInterface {
  readonly name = 'LedgerHistory1763769600105';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(transactionOfMovement);
    await runner.query(history);
    await runner.query(check);
    await runner.query(rebuild);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION rebuild_ledger_history();
DROP TABLE ledger_difference, ledger_check, ledger_history_cursor, balance_touched, balance_cell, balance_line, balance_track;
ALTER TABLE stock_movement DROP COLUMN xid;`);
  }
}

// A constant default first: rows that are there already are not written again, and stand before every transaction.
const transactionOfMovement = `
ALTER TABLE stock_movement ADD COLUMN xid xid8 NOT NULL DEFAULT '0';
ALTER TABLE stock_movement ALTER COLUMN xid SET DEFAULT pg_current_xact_id();
CREATE INDEX stock_movement_xid ON stock_movement (xid, position);
COMMENT ON COLUMN stock_movement.xid IS 'The transaction that booked it: tells what was committed since an earlier look.';`;

const history = `
CREATE TABLE balance_track (
  id            bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  location      text    NOT NULL,
  product_code  text    NOT NULL,
  grain         text    NOT NULL CHECK (grain IN ('LOT', 'PLACE')),
  lot_number    text    NOT NULL,
  serial_number text    NOT NULL,
  unit          text    NOT NULL,
  quantity      numeric NOT NULL,
  lines         bigint  NOT NULL,
  dense         boolean NOT NULL DEFAULT false,
  UNIQUE (location, product_code, grain, lot_number, serial_number, unit)
) WITH (fillfactor = 70);
CREATE INDEX balance_track_product ON balance_track (product_code, lot_number);
CREATE INDEX balance_track_serial ON balance_track (serial_number, product_code) WHERE serial_number <> '';
COMMENT ON TABLE balance_track IS 'A balance over time. Grain LOT: of one product, lot and serial at a location. Grain PLACE: of all lots and serials of a product there together.';
COMMENT ON COLUMN balance_track.dense IS 'It has so many lines that they are summed by the hour as well (balance_cell).';
CREATE TABLE balance_line (
  track_id    bigint      NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  quantity    numeric     NOT NULL
);
CREATE INDEX balance_line_occurred ON balance_line (track_id, occurred_at) INCLUDE (recorded_at, quantity);
COMMENT ON TABLE balance_line IS 'Each change of a balance with both times: when it happened, when it was known.';
CREATE TABLE balance_cell (
  track_id      bigint      NOT NULL,
  occurred_hour timestamptz NOT NULL,
  recorded_hour timestamptz NOT NULL,
  quantity      numeric     NOT NULL,
  PRIMARY KEY (track_id, occurred_hour, recorded_hour)
) WITH (fillfactor = 70);
CREATE INDEX balance_cell_recorded ON balance_cell (track_id, recorded_hour, occurred_hour);
COMMENT ON TABLE balance_cell IS 'The lines of a dense balance summed by the hour in which they happened and the hour in which they were known.';
CREATE TABLE balance_touched (track_id bigint PRIMARY KEY);
COMMENT ON TABLE balance_touched IS 'Balances that changed since they were last compared.';
CREATE TABLE ledger_history_cursor (
  single            boolean PRIMARY KEY DEFAULT true CHECK (single),
  seen_below        xid8    NOT NULL DEFAULT '0',
  in_progress       xid8[]  NOT NULL DEFAULT '{}',
  target_below      xid8,
  target_in_progress xid8[],
  after_xid         xid8    NOT NULL DEFAULT '0',
  after_position    bigint  NOT NULL DEFAULT 0
);
INSERT INTO ledger_history_cursor DEFAULT VALUES;
COMMENT ON TABLE ledger_history_cursor IS 'Which transactions the history has: those below seen_below that were not in progress then. While it catches up with many, those of the target page by page.';`;

const check = `
CREATE TABLE ledger_check (
  single           boolean     PRIMARY KEY DEFAULT true CHECK (single),
  movements        bigint      NOT NULL DEFAULT 0,
  highest_position bigint      NOT NULL DEFAULT 0,
  marked_position  bigint      NOT NULL DEFAULT 0,
  marked_below     xid8        NOT NULL DEFAULT '0',
  settled_position bigint      NOT NULL DEFAULT 0,
  position         bigint      NOT NULL DEFAULT 0,
  balanced_at      timestamptz,
  checked_at       timestamptz,
  swept_key        text[]      NOT NULL DEFAULT '{"","","",""}',
  swept_track      bigint      NOT NULL DEFAULT 0,
  swept_at         timestamptz,
  exception_id     uuid
);
INSERT INTO ledger_check DEFAULT VALUES;
COMMENT ON TABLE ledger_check IS 'In balance up to position at balanced_at.';
COMMENT ON COLUMN ledger_check.settled_position IS 'No transaction that is still open can add a movement up to here.';
CREATE TABLE ledger_difference (
  location      text        NOT NULL,
  product_code  text        NOT NULL,
  lot_number    text        NOT NULL,
  serial_number text        NOT NULL,
  unit          text        NOT NULL,
  balance       numeric     NOT NULL,
  movements     numeric     NOT NULL,
  found_at      timestamptz NOT NULL,
  PRIMARY KEY (location, product_code, lot_number, serial_number, unit)
);
COMMENT ON TABLE ledger_difference IS 'Balances that differ from the sum of their movements. Empty while the ledger holds.';`;

// After a restore into another cluster the ids of transactions begin again below those that the rows carry.
const rebuild = `
CREATE FUNCTION rebuild_ledger_history() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE stock_movement IN ACCESS EXCLUSIVE MODE;
  ALTER TABLE stock_movement DISABLE TRIGGER stock_movement_append_only;
  UPDATE stock_movement SET xid = '0' WHERE xid <> '0';
  ALTER TABLE stock_movement ENABLE TRIGGER stock_movement_append_only;
  TRUNCATE balance_track, balance_line, balance_cell, balance_touched, ledger_difference;
  DELETE FROM ledger_history_cursor;
  INSERT INTO ledger_history_cursor DEFAULT VALUES;
  UPDATE ledger_check SET movements = 0, highest_position = 0, marked_position = 0, marked_below = '0',
    settled_position = 0, swept_key = '{"","","",""}', swept_track = 0;
END $$;
COMMENT ON FUNCTION rebuild_ledger_history IS 'Builds the history anew, after a restore into another Postgres cluster.';`;
