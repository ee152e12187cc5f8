import type { MigrationInterface, QueryRunner } from 'typeorm';

/** At which ward encounters were, by pseudonym, so that an item without a place finds one. */
export class EncounterMovements implements MigrationInterface {
  readonly name = 'EncounterMovements1763683200111';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE encounter_movement (
        id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        profile     text        NOT NULL,
        encounter   text        NOT NULL,
        event       text        NOT NULL,
        ward        text,
        occurred_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        UNIQUE NULLS NOT DISTINCT (profile, encounter, event, occurred_at, recorded_at, ward)
      );
      CREATE INDEX encounter_movement_left ON encounter_movement (recorded_at) WHERE event IN ('A03', 'A11')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE encounter_movement');
  }
}
