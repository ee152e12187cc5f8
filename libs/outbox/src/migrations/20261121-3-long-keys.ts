import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that are longer than an index takes: `key` is what is compared, `full_key` what the message came with. */
export class LongKeys implements MigrationInterface {
  readonly name = 'LongKeys1763683200003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE delivery.parked ADD COLUMN full_key bytea`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE delivery.parked SET key = full_key WHERE full_key IS NOT NULL`);
    await runner.query(`ALTER TABLE delivery.parked DROP COLUMN full_key`);
  }
}
