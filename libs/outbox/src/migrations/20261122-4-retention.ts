import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What it takes to find, and to be rid of, what is old. The inbox grows by time: a summary of its pages is index enough. */
export class RetentionIndexes implements MigrationInterface {
  readonly name = 'RetentionIndexes1763683200004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX inbox_taken ON delivery.inbox USING brin (taken_at) WITH (autosummarize = on);
      CREATE INDEX parked_settled ON delivery.parked (settled_at) WHERE settled_at IS NOT NULL;
      CREATE INDEX parked_past_parked ON delivery.parked_past (parked_id);
      CREATE INDEX operation_finished ON delivery.operation (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX operation_item_parked ON delivery.operation_item (parked_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX delivery.inbox_taken, delivery.parked_settled, delivery.parked_past_parked,
      delivery.operation_finished, delivery.operation_item_parked`);
  }
}
