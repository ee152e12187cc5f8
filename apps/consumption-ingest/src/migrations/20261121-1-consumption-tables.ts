import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Master data as consumption needs it, the crosswalk, and what became of each record. */
export class ConsumptionTables implements MigrationInterface {
  readonly name = 'ConsumptionTables1763683200101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(masterData);
    await runner.query(crosswalk);
    await runner.query(records);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE consumption_record, sequence_claim, crosswalk_entry, lot, unit, location, product`);
  }
}

const masterData = `
CREATE TABLE product (
  product_code   text        PRIMARY KEY,
  name           text        NOT NULL,
  tracking       text        NOT NULL,
  unit           text        NOT NULL,
  gtins          text[]      NOT NULL,
  supplier_items jsonb       NOT NULL,
  active         boolean     NOT NULL,
  recorded_at    timestamptz NOT NULL
);
CREATE INDEX product_gtins ON product USING gin (gtins);
CREATE INDEX product_supplier_items ON product USING gin (supplier_items jsonb_path_ops);
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
  active      boolean        NOT NULL,
  recorded_at timestamptz    NOT NULL
);
CREATE TABLE lot (
  product_code       text        NOT NULL,
  lot_number         text        NOT NULL,
  expiry_date        date,
  odoo_location_code text,
  active             boolean     NOT NULL,
  recorded_at        timestamptz NOT NULL,
  location_code      text,
  located_at         timestamptz NOT NULL,
  PRIMARY KEY (product_code, lot_number)
);
COMMENT ON COLUMN lot.odoo_location_code IS 'Where Odoo last said the piece is.';
COMMENT ON COLUMN lot.location_code IS 'Where the piece is by the newest of Odoo''s word and our accepted records.';`;

const crosswalk = `
CREATE TABLE crosswalk_entry (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text        NOT NULL CHECK (kind IN ('NDC', 'GLN', 'UNIT')),
  code         text        NOT NULL,
  product_code text,
  target       text,
  changed_by   text        NOT NULL,
  changed_at   timestamptz NOT NULL
);
CREATE INDEX crosswalk_entry_code ON crosswalk_entry (kind, code, id);
COMMENT ON TABLE crosswalk_entry IS 'Append-only: the newest row of kind, code and product_code holds; target null means removed.';`;

const records = `
CREATE TABLE sequence_claim (
  source   text   NOT NULL,
  sequence bigint NOT NULL,
  event_id uuid   NOT NULL,
  PRIMARY KEY (source, sequence)
);
CREATE TABLE consumption_record (
  event_id          uuid        PRIMARY KEY,
  source            text        NOT NULL,
  sequence          bigint,
  outcome           text        NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  settled_at        timestamptz NOT NULL DEFAULT now(),
  code              text,
  message           text,
  remedy            text,
  owner             text,
  kind              text,
  reverses          uuid,
  reversed_by       uuid,
  occurred_at       timestamptz,
  product_code      text,
  location_code     text,
  lot_number        text,
  serial_number     text,
  expiry_date       date,
  quantity          numeric(18,6),
  unit              text,
  recorded_product  jsonb,
  recorded_location jsonb,
  recorded_quantity numeric(18,6),
  recorded_unit     text,
  warnings          text[]      NOT NULL DEFAULT '{}',
  CHECK (CASE outcome
    WHEN 'refused' THEN code IS NOT NULL AND message IS NOT NULL AND remedy IS NOT NULL AND owner IS NOT NULL
    ELSE code IS NULL AND kind IS NOT NULL AND product_code IS NOT NULL AND location_code IS NOT NULL AND quantity > 0
  END),
  CHECK ((kind = 'REVERSED') = (reverses IS NOT NULL))
);
CREATE UNIQUE INDEX consumption_record_reversed_once ON consumption_record (reverses) WHERE reverses IS NOT NULL;
COMMENT ON TABLE consumption_record IS 'The terminal answer to each record. No patient or staff reference is kept.';`;
