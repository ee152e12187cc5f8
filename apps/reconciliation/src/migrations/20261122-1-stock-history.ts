import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each of the others said about stock: records accepted, movements, postings, and Odoo's reports. */
export class StockHistory implements MigrationInterface {
  readonly name = 'StockHistory1763769600101';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [record, movement, leg, posting, balance, report, waiting, masterData])
      await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE accepted_record, movement, leg, posting, balance, report, report_line, awaited, ahead, location, product, unit`,
    );
  }
}

const record = `
CREATE TABLE accepted_record (
  event_id        uuid          PRIMARY KEY,
  record_event_id uuid          NOT NULL,
  kind            text          NOT NULL,
  location        text          NOT NULL,
  product_code    text          NOT NULL,
  lot             text          NOT NULL,
  quantity        numeric(18,6) NOT NULL,
  recorded_factor numeric(28,12),
  source          text          NOT NULL,
  accepted_at     timestamptz   NOT NULL,
  movement        uuid,
  compared        boolean       NOT NULL DEFAULT false
);
CREATE INDEX record_without_movement ON accepted_record (accepted_at) WHERE movement IS NULL;
CREATE INDEX record_not_compared ON accepted_record (event_id) WHERE NOT compared;
COMMENT ON TABLE accepted_record IS 'What was accepted. event_id: of the ConsumptionAccepted; movement: the one that books it.'`;

const movement = `
CREATE TABLE movement (
  event_id           uuid          PRIMARY KEY,
  causation_id       uuid,
  movement_type      text          NOT NULL,
  product_code       text          NOT NULL,
  from_location      text          NOT NULL,
  to_location        text          NOT NULL,
  lot                text          NOT NULL,
  is_serial          boolean       NOT NULL,
  quantity           numeric(18,6) NOT NULL,
  unit               text          NOT NULL,
  interface          text          NOT NULL,
  actor              text          NOT NULL,
  reason             text,
  document_reference text,
  occurred_at        timestamptz   NOT NULL,
  recorded_at        timestamptz   NOT NULL
);
CREATE INDEX movement_by_cause ON movement (causation_id)`;

const leg = `
CREATE TABLE leg (
  event_id     uuid          NOT NULL,
  location     text          NOT NULL,
  product_code text          NOT NULL,
  lot          text          NOT NULL,
  quantity     numeric(18,6) NOT NULL,
  of_odoo      boolean       NOT NULL,
  occurred_at  timestamptz   NOT NULL,
  contained_in bigint,
  PRIMARY KEY (event_id, location)
);
CREATE INDEX leg_open ON leg (location, product_code, lot) WHERE contained_in IS NULL;
CREATE INDEX leg_contained ON leg (location, product_code, lot, contained_in);
COMMENT ON TABLE leg IS 'What a movement does to one location. contained_in: the first report of Odoo that has it; of_odoo: it is in Odoo without a posting.'`;

const posting = `
CREATE TABLE posting (
  event_id  uuid        PRIMARY KEY,
  state     text        NOT NULL CHECK (state IN ('POSTED', 'REFUSED')),
  reference text,
  code      text,
  message   text,
  at        timestamptz NOT NULL
);
CREATE INDEX posting_refused ON posting (at) WHERE state = 'REFUSED'`;

const balance = `
CREATE TABLE balance (
  location     text          NOT NULL,
  product_code text          NOT NULL,
  lot          text          NOT NULL,
  is_serial    boolean       NOT NULL,
  unit         text          NOT NULL,
  ledger       numeric(24,6) NOT NULL DEFAULT 0,
  unapproved   numeric(24,6) NOT NULL DEFAULT 0,
  odoo         numeric(24,6) NOT NULL DEFAULT 0,
  accepted     numeric(24,6) NOT NULL DEFAULT 0,
  PRIMARY KEY (location, product_code, lot)
);
COMMENT ON COLUMN balance.ledger IS 'The sum of the movements, as added up here.';
COMMENT ON COLUMN balance.unapproved IS 'Of it, what people adjusted in Odoo.';
COMMENT ON COLUMN balance.accepted IS 'Difference to Odoo that a person accepted.'`;

const report = `
CREATE TABLE report (
  report_id uuid        PRIMARY KEY,
  sequence  bigint      NOT NULL,
  begun     timestamptz NOT NULL,
  whole     boolean     NOT NULL,
  balances  int         NOT NULL,
  held      int         NOT NULL,
  unsettled text[]      NOT NULL,
  ordinal   bigint      UNIQUE
);
CREATE INDEX report_waiting ON report (begun) WHERE ordinal IS NULL;
COMMENT ON COLUMN report.ordinal IS 'In which order it was taken, once all its balances were here.';
CREATE TABLE report_line (
  report_id    uuid          NOT NULL,
  location     text          NOT NULL,
  product_code text          NOT NULL,
  lot          text          NOT NULL,
  is_serial    boolean       NOT NULL,
  quantity     numeric(18,6) NOT NULL,
  unit         text          NOT NULL,
  read_at      timestamptz   NOT NULL,
  postings     uuid[]        NOT NULL,
  changes      jsonb         NOT NULL,
  ordinal      bigint,
  PRIMARY KEY (report_id, location, product_code, lot)
);
CREATE INDEX report_line_waiting ON report_line (read_at) WHERE ordinal IS NULL;
CREATE INDEX report_line_history ON report_line (location, product_code, lot, ordinal)`;

const waiting = `
CREATE TABLE awaited (
  cause_id     uuid        PRIMARY KEY,
  location     text        NOT NULL,
  product_code text        NOT NULL,
  lot          text        NOT NULL,
  since        timestamptz NOT NULL
);
COMMENT ON TABLE awaited IS 'What Odoo told at the opening and the ledger has not booked yet.';
CREATE TABLE ahead (
  event_id     uuid        NOT NULL,
  location     text        NOT NULL,
  product_code text        NOT NULL,
  lot          text        NOT NULL,
  ordinal      bigint      NOT NULL,
  since        timestamptz NOT NULL,
  PRIMARY KEY (event_id, location)
);
COMMENT ON TABLE ahead IS 'Postings in Odoo whose movement the ledger has not told us of yet.'`;

const masterData = `
CREATE TABLE location (code text PRIMARY KEY, usage text NOT NULL);
CREATE TABLE product (code text PRIMARY KEY, category text);
CREATE TABLE unit (name text PRIMARY KEY, root text NOT NULL, factor numeric(28,12) NOT NULL)`;
