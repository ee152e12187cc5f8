import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append-only stock ledger, the balances it adds up to, and what became of each movement in Odoo. */
export class StockLedgerTables implements MigrationInterface {
  readonly name = 'StockLedgerTables1763683200101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(movement);
    await runner.query(appendOnly);
    await runner.query(balance);
    await runner.query(difference);
    await runner.query(posting);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP VIEW stock_balance_difference;
DROP TABLE posting_status, opening_balance, stock_balance, stock_movement;
DROP FUNCTION refuse_change_of_stock_movement();`);
  }
}

const movement = `
CREATE TABLE stock_movement (
  position        bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id        uuid          NOT NULL UNIQUE,
  source_event_id uuid          NOT NULL,
  movement_type   text          NOT NULL
    CHECK (movement_type IN ('CONSUMPTION', 'WASTE', 'RETURN', 'RECEIPT', 'TRANSFER', 'ADJUSTMENT', 'REVERSAL')),
  product_code    text          NOT NULL CHECK (product_code <> ''),
  from_location   text          NOT NULL CHECK (from_location <> ''),
  to_location     text          NOT NULL CHECK (to_location <> ''),
  lot_number      text          NOT NULL DEFAULT '',
  serial_number   text          NOT NULL DEFAULT '',
  expiry_date     date,
  quantity        numeric(18,6) NOT NULL CHECK (quantity > 0),
  unit            text          NOT NULL CHECK (unit <> ''),
  occurred_at     timestamptz   NOT NULL,
  recorded_at     timestamptz   NOT NULL,
  actor           text          NOT NULL,
  interface       text          NOT NULL,
  reason          text,
  reverses        uuid          UNIQUE REFERENCES stock_movement (event_id),
  correlation_id  uuid          NOT NULL,
  causation_id    uuid          NOT NULL,
  CHECK (from_location <> to_location),
  CHECK ((movement_type = 'REVERSAL') = (reverses IS NOT NULL))
);
CREATE UNIQUE INDEX stock_movement_source ON stock_movement (interface, source_event_id);
CREATE INDEX stock_movement_product ON stock_movement (product_code, position);
CREATE INDEX stock_movement_from ON stock_movement (from_location, position);
CREATE INDEX stock_movement_to ON stock_movement (to_location, position);
CREATE INDEX stock_movement_lot ON stock_movement (lot_number, position) WHERE lot_number <> '';
CREATE INDEX stock_movement_serial ON stock_movement (serial_number, position) WHERE serial_number <> '';
COMMENT ON TABLE stock_movement IS 'Append-only. A mistake is mended by a movement of type REVERSAL.';
COMMENT ON COLUMN stock_movement.source_event_id IS 'The consumption record or the reported balance that it books.';
COMMENT ON COLUMN stock_movement.event_id IS 'The StockMoved that tells of it.';`;

const appendOnly = `
CREATE FUNCTION refuse_change_of_stock_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'stock_movement is append-only: % is refused; book a movement of type REVERSAL instead', TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_movement
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_stock_movement();`;

const balance = `
CREATE TABLE stock_balance (
  location      text          NOT NULL,
  product_code  text          NOT NULL,
  lot_number    text          NOT NULL,
  serial_number text          NOT NULL,
  quantity      numeric(24,6) NOT NULL,
  unit          text          NOT NULL,
  PRIMARY KEY (location, product_code, lot_number, serial_number)
) WITH (fillfactor = 70);
CREATE INDEX stock_balance_product ON stock_balance (product_code);
COMMENT ON TABLE stock_balance IS 'The sum of the movements; virtual locations too, so that each product sums to zero.';
CREATE TABLE opening_balance (
  location      text NOT NULL,
  product_code  text NOT NULL,
  lot_number    text NOT NULL,
  serial_number text NOT NULL,
  event_id      uuid NOT NULL UNIQUE,
  PRIMARY KEY (location, product_code, lot_number, serial_number)
);
COMMENT ON TABLE opening_balance IS 'What has been opened from Odoo; a second report of it changes nothing.';`;

const difference = `
CREATE VIEW stock_balance_difference AS
WITH moved AS (
  SELECT to_location AS location, product_code, lot_number, serial_number, unit, quantity FROM stock_movement
  UNION ALL
  SELECT from_location, product_code, lot_number, serial_number, unit, -quantity FROM stock_movement
), summed AS (
  SELECT location, product_code, lot_number, serial_number, unit, sum(quantity) AS quantity
  FROM moved GROUP BY location, product_code, lot_number, serial_number, unit
)
SELECT location, product_code, lot_number, serial_number, unit,
       coalesce(b.quantity, 0) AS balance, coalesce(s.quantity, 0) AS movements
FROM stock_balance b FULL JOIN summed s USING (location, product_code, lot_number, serial_number, unit)
WHERE b.quantity IS DISTINCT FROM s.quantity;
COMMENT ON VIEW stock_balance_difference IS 'Balances that differ from the sum of their movements. Always empty.';`;

const posting = `
CREATE TABLE posting_status (
  event_id  uuid PRIMARY KEY,
  state     text NOT NULL CHECK (state IN ('POSTED', 'REFUSED')),
  model     text,
  record_id bigint,
  reference text,
  posted_at timestamptz,
  code      text,
  message   text
);
COMMENT ON TABLE posting_status IS 'What became of a StockMoved in Odoo; no row while it is under way.';`;
