import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to when the books are closed, by whom and why, and how far the ledger was then. */
export class ClosedPeriods implements MigrationInterface {
  readonly name = 'ClosedPeriods1764374400101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE period_closing (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  until           timestamptz,
  late_entries    text        NOT NULL CHECK (late_entries IN ('BOOK', 'APPROVE')),
  ledger_position bigint      NOT NULL,
  closed_by       text        NOT NULL,
  reason          text        NOT NULL,
  closed_at       timestamptz NOT NULL
);
COMMENT ON TABLE period_closing IS 'Append-only: the newest counts. What happened before until is closed; null: nothing is.';
COMMENT ON COLUMN period_closing.ledger_position IS 'The last movement that the closed books contain; every later one is a late entry.';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE period_closing`);
  }
}
