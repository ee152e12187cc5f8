import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is asked of goods that come in, by product and by class of products, and what of a document has come. */
export class ReceivingRules implements MigrationInterface {
  readonly name = 'ReceivingRules1764288000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
ALTER TABLE product ADD COLUMN category text NOT NULL DEFAULT '';
COMMENT ON COLUMN product.category IS 'Complete name of its class in Odoo; empty until Odoo has told it.';
CREATE TABLE receiving_rule (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope        text        NOT NULL CHECK (scope IN ('PRODUCT', 'CLASS')),
  subject      text        NOT NULL,
  requirements jsonb,
  changed_by   text        NOT NULL,
  reason       text        NOT NULL,
  changed_at   timestamptz NOT NULL
);
CREATE INDEX receiving_rule_subject ON receiving_rule (scope, subject, id DESC);
COMMENT ON TABLE receiving_rule IS 'Every version of every rule, the newest counts; requirements null: removed.';
ALTER TABLE stock_operation ADD COLUMN expected_quantity numeric(18,6), ADD COLUMN condition text,
  ADD COLUMN temperature_log_reference text;
CREATE INDEX stock_operation_received ON stock_operation (document_reference, product_code)
  WHERE operation = 'RECEIVED' AND document_reference IS NOT NULL;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP INDEX stock_operation_received;
ALTER TABLE stock_operation DROP COLUMN expected_quantity, DROP COLUMN condition, DROP COLUMN temperature_log_reference;
DROP TABLE receiving_rule;
ALTER TABLE product DROP COLUMN category;`);
  }
}
