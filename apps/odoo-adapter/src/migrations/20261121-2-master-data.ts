import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Odoo's master data as last read, what was published of it, how far the reading got, and what was set up in Odoo. */
export class MasterData implements MigrationInterface {
  readonly name = 'MasterData1763683200102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(masterRecord);
    await runner.query(published);
    await runner.query(cursor);
    await runner.query(provisioned);
    await runner.query(openingBalances);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE master_record, master_published, poll_cursor, provisioned, opening_balances`);
  }
}

const masterRecord = `
CREATE TABLE master_record (
  model        text    NOT NULL,
  odoo_id      bigint  NOT NULL,
  code         text    NOT NULL,
  active       boolean NOT NULL,
  gone         boolean NOT NULL DEFAULT false,
  content_hash text    NOT NULL,
  data         jsonb   NOT NULL,
  PRIMARY KEY (model, odoo_id)
);
CREATE INDEX master_record_by_code ON master_record (model, code)`;

const published = `
CREATE TABLE master_published (
  model        text NOT NULL,
  code         text NOT NULL,
  odoo_id      bigint NOT NULL,
  content_hash text NOT NULL,
  data         jsonb NOT NULL,
  PRIMARY KEY (model, code)
)`;

const cursor = `
CREATE TABLE poll_cursor (
  model      text        PRIMARY KEY,
  since      timestamptz,
  scan_began timestamptz,
  last_id    bigint      NOT NULL DEFAULT 0,
  completed  bigint      NOT NULL DEFAULT 0
)`;

const provisioned = `
CREATE TABLE provisioned (
  company_id              bigint PRIMARY KEY,
  company                 text   NOT NULL,
  consumption_location_id bigint NOT NULL,
  operation_type_id       bigint NOT NULL,
  quantity_digits         int    NOT NULL
)`;

const openingBalances = `
CREATE TABLE opening_balances (
  singleton   boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
  reported_at timestamptz NOT NULL,
  balances    int         NOT NULL
)`;
