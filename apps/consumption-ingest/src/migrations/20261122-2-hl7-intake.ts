import type { MigrationInterface, QueryRunner } from 'typeorm';

/** HL7 messages by sender and control id, without their text, and the items that were taken from them. */
export class Hl7Intake implements MigrationInterface {
  readonly name = 'Hl7Intake1763683200102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hl7_message (
        id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        profile     text        NOT NULL,
        control_id  text        NOT NULL,
        type        text        NOT NULL,
        outcome     text        NOT NULL CHECK (outcome IN ('accepted', 'refused')),
        records     integer     NOT NULL,
        findings    jsonb       NOT NULL,
        digest      bytea       NOT NULL,
        meaning     bytea       NOT NULL,
        times       integer     NOT NULL DEFAULT 1,
        received_at timestamptz NOT NULL,
        UNIQUE (profile, control_id)
      );
      CREATE INDEX hl7_message_outcome ON hl7_message (outcome, id);
      CREATE TABLE hl7_item (
        profile     text NOT NULL,
        transaction text NOT NULL,
        kind        text NOT NULL,
        meaning     bytea NOT NULL,
        event_id    uuid NOT NULL,
        PRIMARY KEY (profile, transaction, kind)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE hl7_item, hl7_message`);
  }
}
