import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which unit Odoo counts what it holds. */
export class UnitsOfOdoo implements MigrationInterface {
  readonly name = 'UnitsOfOdoo1764288000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE balance ADD COLUMN odoo_unit text`);
    await runner.query(
      `COMMENT ON COLUMN balance.odoo_unit IS 'Of Odoo''s last word; null before the first since this is kept.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE balance DROP COLUMN odoo_unit`);
  }
}
