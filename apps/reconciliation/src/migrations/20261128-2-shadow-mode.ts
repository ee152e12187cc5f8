import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Postings that are withheld, what was found of them, and the users of the interfaces beside which Wardline is compared. */
export class ShadowMode implements MigrationInterface {
  readonly name = 'ShadowMode1764288000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE posting ADD COLUMN moved_at timestamptz, DROP CONSTRAINT posting_state_check,
        ADD CONSTRAINT posting_state_check CHECK (state IN ('POSTED', 'REFUSED', 'WITHHELD', 'ELSEWHERE', 'ALONE', 'RELEASED'))`);
    await runner.query(
      `COMMENT ON COLUMN posting.moved_at IS 'When the old interface''s move was done that is the same fact.'`,
    );
    await runner.query(`CREATE TABLE old_user (user_id text PRIMARY KEY, tolerance_ms bigint NOT NULL)`);
    await runner.query(
      `COMMENT ON TABLE old_user IS 'Users of Odoo by which an old interface posts, and how far apart the two may be.'`,
    );
    await runner.query(
      `CREATE INDEX movement_of_old_interface ON movement (event_id) WHERE interface = 'odoo' AND reason LIKE 'old interface, %'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX movement_of_old_interface`);
    await runner.query(`DROP TABLE old_user`);
    await runner.query(`DELETE FROM posting WHERE state NOT IN ('POSTED', 'REFUSED')`);
    await runner.query(`
      ALTER TABLE posting DROP COLUMN moved_at, DROP CONSTRAINT posting_state_check,
        ADD CONSTRAINT posting_state_check CHECK (state IN ('POSTED', 'REFUSED'))`);
  }
}
