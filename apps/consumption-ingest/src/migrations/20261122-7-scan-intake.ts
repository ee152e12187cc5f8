import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scans by their device's own id, and what one of each trade item number counts. */
export class ScanIntake implements MigrationInterface {
  readonly name = 'ScanIntake1763683200107';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE scan (
        source   text     NOT NULL,
        scan_id  text     NOT NULL,
        action   text     NOT NULL,
        meaning  bytea    NOT NULL,
        event_id uuid     NOT NULL,
        PRIMARY KEY (source, scan_id)
      );
      COMMENT ON COLUMN scan.meaning IS 'SHA-256 of what the scan says: persons and codes are not kept.';
      ALTER TABLE product ADD COLUMN code_units jsonb NOT NULL DEFAULT '{}';
      COMMENT ON COLUMN product.code_units IS 'Odoo''s unit of what carries each GTIN: the stock unit, or that of a packaging.'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE scan; ALTER TABLE product DROP COLUMN code_units`);
  }
}
