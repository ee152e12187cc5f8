import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stock operations: what became of each record, the master data that they are placed by, transfers under way. */
export class StockOperations implements MigrationInterface {
  readonly name = 'StockOperations1763769600106';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(references);
    await runner.query(masterData);
    await runner.query(operations);
    await runner.query(views);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION stock_taken_below_zero(text, text, text, text);
DROP VIEW stock_on_the_way;
DROP TABLE stock_operation, stock_operation_sequence, lot, unit, location, product;
DROP INDEX stock_movement_recorded, stock_balance_serial, stock_balance_lot;
ALTER TABLE stock_movement DROP COLUMN transfer_reference, DROP COLUMN document_reference;`);
  }
}

const references = `
ALTER TABLE stock_movement ADD COLUMN transfer_reference text, ADD COLUMN document_reference text;
CREATE INDEX stock_movement_transfer ON stock_movement (transfer_reference) WHERE transfer_reference IS NOT NULL;
CREATE INDEX stock_movement_recorded ON stock_movement USING brin (recorded_at);
CREATE INDEX stock_balance_serial ON stock_balance (product_code, serial_number) WHERE serial_number <> '';
CREATE INDEX stock_balance_lot ON stock_balance (product_code, lot_number) WHERE lot_number <> '';`;

const masterData = `
CREATE TABLE product (
  product_code text        PRIMARY KEY,
  tracking     text        NOT NULL,
  unit         text        NOT NULL,
  gtins        text[]      NOT NULL,
  active       boolean     NOT NULL,
  recorded_at  timestamptz NOT NULL
);
CREATE INDEX product_gtins ON product USING gin (gtins);
COMMENT ON COLUMN product.gtins IS '14 digits: of the product and of its packagings.';
CREATE TABLE location (
  location_code text        PRIMARY KEY,
  name          text        NOT NULL,
  usage         text        NOT NULL,
  active        boolean     NOT NULL,
  recorded_at   timestamptz NOT NULL
);
CREATE INDEX location_name ON location (name);
CREATE TABLE unit (
  unit        text           PRIMARY KEY,
  factor      numeric(28,12) NOT NULL,
  root_unit   text           NOT NULL,
  rounding    numeric(18,6)  NOT NULL,
  recorded_at timestamptz    NOT NULL
);
CREATE TABLE lot (
  product_code text        NOT NULL,
  lot_number   text        NOT NULL,
  expiry_date  date,
  active       boolean     NOT NULL,
  recorded_at  timestamptz NOT NULL,
  PRIMARY KEY (product_code, lot_number)
);
COMMENT ON TABLE lot IS 'Lots and serials: by Odoo''s word, or by our own receipt or count until that comes (recorded_at -infinity).';`;

const operations = `
CREATE TABLE stock_operation_sequence (
  source   text   NOT NULL,
  sequence bigint NOT NULL,
  event_id uuid   NOT NULL,
  PRIMARY KEY (source, sequence)
);
CREATE TABLE stock_operation (
  event_id           uuid        PRIMARY KEY,
  source             text        NOT NULL,
  sequence           bigint,
  outcome            text        NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  settled_at         timestamptz NOT NULL DEFAULT now(),
  code               text,
  message            text,
  remedy             text,
  owner              text,
  operation          text,
  reverses           uuid,
  reversed_by        uuid,
  occurred_at        timestamptz,
  product_code       text,
  location_code      text,
  to_location_code   text,
  lot_number         text,
  serial_number      text,
  expiry_date        date,
  quantity           numeric(18,6),
  unit               text,
  transfer_reference text,
  document_reference text,
  movement_event_id  uuid,
  performer_ref      text,
  approver_ref       text,
  reason             text,
  warnings           text[]      NOT NULL DEFAULT '{}',
  CHECK (CASE outcome
    WHEN 'refused' THEN code IS NOT NULL AND message IS NOT NULL AND remedy IS NOT NULL AND owner IS NOT NULL
    ELSE code IS NULL AND operation IS NOT NULL AND product_code IS NOT NULL AND location_code IS NOT NULL
  END)
);
CREATE UNIQUE INDEX stock_operation_reversed_once ON stock_operation (reverses) WHERE reverses IS NOT NULL AND outcome = 'accepted';
COMMENT ON TABLE stock_operation IS 'The terminal answer to each stock operation record.';
COMMENT ON COLUMN stock_operation.performer_ref IS 'Pseudonym, sensitivity personal: kept to show that another person approved.';
COMMENT ON COLUMN stock_operation.approver_ref IS 'Pseudonym, sensitivity personal.';`;

// In the order of booking, what came in settles the oldest that had gone out before it.
const views = `
CREATE VIEW stock_on_the_way AS
WITH moved AS (
  SELECT transfer_reference, product_code, lot_number, serial_number, unit, quantity, occurred_at, from_location
  FROM stock_movement WHERE to_location = 'In transit' AND transfer_reference IS NOT NULL
  UNION ALL
  SELECT transfer_reference, product_code, lot_number, serial_number, unit, -quantity, NULL, NULL
  FROM stock_movement WHERE from_location = 'In transit' AND transfer_reference IS NOT NULL
)
SELECT transfer_reference, product_code, lot_number, serial_number, unit, sum(quantity) AS quantity,
       sum(quantity) FILTER (WHERE quantity > 0) AS shipped, min(occurred_at) AS since,
       array_agg(DISTINCT from_location) FILTER (WHERE from_location IS NOT NULL) AS shipped_from
FROM moved GROUP BY transfer_reference, product_code, lot_number, serial_number, unit;
COMMENT ON VIEW stock_on_the_way IS 'Of each transfer in two steps: what was shipped, and how much of it has not arrived.';
CREATE FUNCTION stock_taken_below_zero(at text, product text, lot text, serial text)
RETURNS TABLE (movement_position bigint, uncovered numeric, settled_by bigint) LANGUAGE sql STABLE AS $$
  WITH moved AS (
    SELECT m.position, CASE WHEN m.to_location = at THEN m.quantity ELSE -m.quantity END AS quantity
    FROM stock_movement m
    WHERE m.product_code = product AND m.lot_number = lot AND m.serial_number = serial AND at IN (m.from_location, m.to_location)
  ), summed AS (
    SELECT *, sum(greatest(quantity, 0)) OVER so_far AS came, sum(greatest(-quantity, 0)) OVER so_far AS went
    FROM moved WINDOW so_far AS (ORDER BY position)
  )
  SELECT waits.position, least(waits.went - waits.came, -waits.quantity),
         (SELECT min(later.position) FROM summed later WHERE later.position > waits.position AND later.came >= waits.went)
  FROM summed waits WHERE waits.quantity < 0 AND waits.went > waits.came
$$;
COMMENT ON FUNCTION stock_taken_below_zero IS 'Of one balance: movements that took more than the ledger had, how much of each was not there, and the position of the movement that settled it; null while it waits.';`;
