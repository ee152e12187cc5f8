import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who had what given to this consumer again. */
export class Replays implements MigrationInterface {
  readonly name = 'Replays1763683200005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delivery.replay (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        partition integer NOT NULL,
        from_offset bigint NOT NULL,
        to_offset bigint NOT NULL CHECK (to_offset > from_offset),
        requested_by text NOT NULL CHECK (requested_by <> ''),
        reason text NOT NULL CHECK (reason <> ''),
        at timestamptz NOT NULL,
        counts jsonb NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery.replay');
  }
}
