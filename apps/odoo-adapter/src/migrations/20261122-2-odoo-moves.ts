import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which moves of Odoo the opening balances contain, and what was told of those that came after. */
export class OdooMoves implements MigrationInterface {
  readonly name = 'OdooMoves1763769600102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE opening_balances ADD COLUMN moves int8multirange`);
    await runner.query(moveLine);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE odoo_move_line`);
    await runner.query(`ALTER TABLE opening_balances DROP COLUMN moves`);
  }
}

const moveLine = `
CREATE TABLE odoo_move_line (
  line_id    bigint PRIMARY KEY,
  write_date text   NOT NULL,
  state      text   NOT NULL CHECK (state IN ('own', 'told', 'waiting')),
  content    jsonb,
  revision   int    NOT NULL DEFAULT 0
);
CREATE INDEX odoo_move_line_waiting ON odoo_move_line (line_id) WHERE state = 'waiting';
COMMENT ON TABLE odoo_move_line IS 'Done move lines of Odoo that the opening balances do not contain: own ones as first seen, foreign ones as last told, and those that wait for a product, lot or location to be read.'`;
