import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The crosswalk by source system and by time; what is awaited, told once; search by similarity. */
export class CrosswalkBySource implements MigrationInterface {
  readonly name = 'CrosswalkBySource1763683200108';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE crosswalk_entry DROP CONSTRAINT crosswalk_entry_kind_check;
      ALTER TABLE crosswalk_entry ADD CHECK (kind IN ('NDC', 'GLN', 'UNIT', 'ITEM', 'LOCATION')),
        ADD COLUMN source text, ADD COLUMN unit text,
        ADD COLUMN valid_from timestamptz, ADD COLUMN valid_until timestamptz,
        ADD CHECK (valid_from < valid_until);
      COMMENT ON TABLE crosswalk_entry IS
        'Append-only: of the rows of kind, code, source and product_code the newest that covers a time holds then; target null means removed.';
      COMMENT ON COLUMN crosswalk_entry.unit IS 'With ITEM: Odoo''s unit of what carries the code.';
      CREATE TABLE awaited_code (
        name         text        PRIMARY KEY,
        exception_id uuid        NOT NULL,
        raised_at    timestamptz NOT NULL
      );
      COMMENT ON TABLE awaited_code IS 'Codes that records wait for, each with the one exception that was raised for it.';
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE INDEX product_name_trgm ON product USING gin (name gin_trgm_ops);
      CREATE INDEX location_name_trgm ON location USING gin (name gin_trgm_ops)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX product_name_trgm, location_name_trgm;
      DROP TABLE awaited_code;
      DELETE FROM crosswalk_entry WHERE kind IN ('ITEM', 'LOCATION') OR source IS NOT NULL;
      ALTER TABLE crosswalk_entry DROP CONSTRAINT crosswalk_entry_kind_check, DROP COLUMN source, DROP COLUMN unit,
        DROP COLUMN valid_from, DROP COLUMN valid_until,
        ADD CONSTRAINT crosswalk_entry_kind_check CHECK (kind IN ('NDC', 'GLN', 'UNIT'))`);
  }
}
