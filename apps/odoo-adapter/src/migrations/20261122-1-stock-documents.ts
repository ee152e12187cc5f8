import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What receipts, transfers, adjustments and scrap need of a company in Odoo. */
export class StockDocuments implements MigrationInterface {
  readonly name = 'StockDocuments1763769600101';

  /** Empty until the next set-up fills them, on which new movements wait; locations are read again for their warehouse. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE provisioned
        ADD COLUMN adjustment_type_id bigint,
        ADD COLUMN places jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN warehouses jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`UPDATE provisioned SET places = jsonb_build_object('Consumption', consumption_location_id)`);
    await runner.query(`ALTER TABLE provisioned RENAME COLUMN operation_type_id TO consumption_type_id`);
    await runner.query(`ALTER TABLE provisioned DROP COLUMN consumption_location_id`);
    await runner.query(
      `UPDATE poll_cursor SET since = NULL, scan_began = NULL, last_id = 0 WHERE model = 'stock.location'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE provisioned ADD COLUMN consumption_location_id bigint`);
    await runner.query(`UPDATE provisioned SET consumption_location_id = (places ->> 'Consumption')::bigint`);
    await runner.query(`
      ALTER TABLE provisioned
        ALTER COLUMN consumption_location_id SET NOT NULL,
        DROP COLUMN adjustment_type_id, DROP COLUMN places, DROP COLUMN warehouses`);
    await runner.query(`ALTER TABLE provisioned RENAME COLUMN consumption_type_id TO operation_type_id`);
  }
}
