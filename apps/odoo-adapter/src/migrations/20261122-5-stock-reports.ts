import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was last told of Odoo's stock, report by report, and which postings those reports contain. */
export class StockReports implements MigrationInterface {
  readonly name = 'StockReports1763769600105';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(report);
    await runner.query(balance);
    await runner.query(posting);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX posting_posted_at; DROP TABLE reported_leg, reported_balance, stock_report`);
  }
}

const report = `
CREATE TABLE stock_report (
  singleton      boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
  sequence       bigint      NOT NULL,
  begun          timestamptz NOT NULL,
  postings_since timestamptz NOT NULL
);
COMMENT ON TABLE stock_report IS 'The last report of what Odoo holds.';
COMMENT ON COLUMN stock_report.postings_since IS 'Everything posted before is in a report of each of its balances.'`;

const balance = `
CREATE TABLE reported_balance (
  location_code text          NOT NULL,
  product_code  text          NOT NULL,
  lot_number    text          NOT NULL,
  quantity      numeric(24,6) NOT NULL,
  unit          text          NOT NULL,
  is_serial     boolean       NOT NULL,
  PRIMARY KEY (location_code, product_code, lot_number)
);
COMMENT ON TABLE reported_balance IS 'What was last told of each balance; without a row it was told to be nothing, or never told.'`;

const posting = `
CREATE TABLE reported_leg (
  event_id  uuid        NOT NULL,
  location  text        NOT NULL,
  posted_at timestamptz NOT NULL,
  PRIMARY KEY (event_id, location)
);
CREATE INDEX reported_leg_posted_at ON reported_leg (posted_at);
CREATE INDEX posting_posted_at ON posting (posted_at) WHERE state = 'posted';
COMMENT ON TABLE reported_leg IS 'Postings that a report of this end of theirs contains; kept for a while, see stock_report.postings_since.'`;
