import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who posts what since when, movements that are withheld for it, and what the old interface did. */
export class ShadowMode implements MigrationInterface {
  readonly name = 'ShadowMode1764288000102';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [checkpoint, posting, oldPosting, heldLine]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE odoo_move_line SET state = 'waiting', content = NULL WHERE state = 'held';
      DROP TABLE old_posting, checkpoint_switch, checkpoint;
      DELETE FROM posting WHERE state IN ('withheld', 'elsewhere', 'alone');
      ALTER TABLE posting DROP COLUMN checkpoint_id, DROP COLUMN taken_at, DROP COLUMN settled_at,
        DROP CONSTRAINT posting_state_check,
        ADD CONSTRAINT posting_state_check CHECK (state IN ('pending', 'posting', 'posted', 'refused', 'abandoned'));
      ALTER TABLE odoo_move_line DROP CONSTRAINT odoo_move_line_state_check,
        ADD CONSTRAINT odoo_move_line_state_check CHECK (state IN ('own', 'told', 'waiting'))`);
  }
}

const checkpoint = `
CREATE TABLE checkpoint (
  checkpoint_id uuid     PRIMARY KEY,
  flow          text     NOT NULL,
  site          text     NOT NULL,
  old_flow      text     NOT NULL,
  old_user_ids  bigint[] NOT NULL,
  tolerance_ms  bigint   NOT NULL,
  agree_ms      bigint   NOT NULL,
  UNIQUE (flow, site)
);
COMMENT ON TABLE checkpoint IS 'Who posts a flow at a site; old_flow, old_user_ids: what the old interface makes of it in Odoo, by which users.';
CREATE TABLE checkpoint_switch (
  checkpoint_id uuid        NOT NULL REFERENCES checkpoint,
  at            timestamptz NOT NULL,
  mode          text        NOT NULL CHECK (mode IN ('SHADOW', 'LIVE')),
  by            text        NOT NULL,
  reason        text        NOT NULL,
  despite       boolean     NOT NULL DEFAULT false,
  decided_at    timestamptz NOT NULL,
  PRIMARY KEY (checkpoint_id, at)
);
COMMENT ON COLUMN checkpoint_switch.despite IS 'Decided although the two had not agreed for long enough.'`;

const posting = `
ALTER TABLE posting
  ADD COLUMN checkpoint_id uuid REFERENCES checkpoint,
  ADD COLUMN taken_at timestamptz,
  ADD COLUMN settled_at timestamptz,
  DROP CONSTRAINT posting_state_check,
  ADD CONSTRAINT posting_state_check CHECK (state IN
    ('pending', 'posting', 'posted', 'refused', 'abandoned', 'withheld', 'elsewhere', 'alone'));
CREATE INDEX posting_withheld ON posting (position) WHERE state = 'withheld';
CREATE INDEX posting_of_checkpoint ON posting (checkpoint_id, settled_at) WHERE checkpoint_id IS NOT NULL;
COMMENT ON COLUMN posting.taken_at IS 'When it was withheld.'`;

const oldPosting = `
CREATE TABLE old_posting (
  line_id       bigint      PRIMARY KEY,
  checkpoint_id uuid        NOT NULL REFERENCES checkpoint,
  report        jsonb       NOT NULL,
  moved_at      timestamptz NOT NULL,
  state         text        NOT NULL CHECK (state IN ('open', 'paired', 'alone')),
  settled_at    timestamptz
);
CREATE INDEX old_posting_unpaired ON old_posting (moved_at) WHERE state <> 'paired';
CREATE INDEX old_posting_of_checkpoint ON old_posting (checkpoint_id, state, settled_at);
COMMENT ON TABLE old_posting IS 'Lines that the old interface did in Odoo. open: held back; alone: told to the ledger, as no movement of ours is the same fact.'`;

const heldLine = `
ALTER TABLE odoo_move_line DROP CONSTRAINT odoo_move_line_state_check,
  ADD CONSTRAINT odoo_move_line_state_check CHECK (state IN ('own', 'told', 'waiting', 'held'))`;
