import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Differences, what people decided about them, and how they ended. */
export class Cases implements MigrationInterface {
  readonly name = 'Cases1763769600102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(cases);
    await runner.query(history);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE case_history, difference_case`);
  }
}

const cases = `
CREATE TABLE difference_case (
  case_id        uuid        PRIMARY KEY,
  subject        text        NOT NULL,
  kind           text        NOT NULL,
  owner          text        NOT NULL,
  location       text,
  product_code   text,
  lot            text,
  is_serial      boolean     NOT NULL DEFAULT false,
  unit           text,
  ledger         numeric(24,6),
  odoo           numeric(24,6),
  explanation    text        NOT NULL,
  proposal       jsonb       NOT NULL,
  evidence       jsonb       NOT NULL,
  state          text        NOT NULL CHECK (state IN ('SEEN', 'OPEN', 'APPROVED', 'ACCEPTED', 'CLOSED')),
  first_seen_at  timestamptz NOT NULL,
  steady_since   timestamptz NOT NULL,
  closed_at      timestamptz,
  outcome        text,
  closed_report  bigint,
  decided_by     text,
  decided_reason text,
  correction     uuid
);
CREATE UNIQUE INDEX difference_case_live ON difference_case (subject) WHERE state IN ('SEEN', 'OPEN', 'APPROVED');
CREATE INDEX difference_case_by_state ON difference_case (state, first_seen_at, case_id);
CREATE INDEX difference_case_correction ON difference_case (correction) WHERE correction IS NOT NULL;
COMMENT ON COLUMN difference_case.state IS 'SEEN: may be in flight, nobody was told yet.'`;

const history = `
CREATE TABLE case_history (
  case_id uuid        NOT NULL REFERENCES difference_case ON DELETE CASCADE,
  place   bigint      GENERATED ALWAYS AS IDENTITY,
  at      timestamptz NOT NULL,
  what    text        NOT NULL,
  by      text,
  detail  text        NOT NULL,
  PRIMARY KEY (case_id, place)
)`;
