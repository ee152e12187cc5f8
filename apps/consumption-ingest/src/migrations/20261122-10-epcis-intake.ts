import type { MigrationInterface, QueryRunner } from 'typeorm';

/** EPCIS capture jobs, and captured events by their ids with the records they led to. */
export class EpcisIntakeTables implements MigrationInterface {
  readonly name = 'EpcisIntakeTables1763683200110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE epcis_capture (
        id         uuid        PRIMARY KEY,
        created_at timestamptz NOT NULL,
        behaviour  text        NOT NULL CHECK (behaviour IN ('rollback', 'proceed')),
        success    boolean     NOT NULL,
        outcomes   jsonb       NOT NULL
      );
      CREATE TABLE epcis_event (
        id          text        PRIMARY KEY,
        statement   text        NOT NULL,
        is_error    boolean     NOT NULL,
        records     jsonb       NOT NULL,
        occurred_at timestamptz NOT NULL,
        capture     uuid        NOT NULL REFERENCES epcis_capture
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE epcis_event, epcis_capture');
  }
}
