import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of the drop folder, what became of each of their rows, and the rows that were taken by the feeds' own ids. */
export class FileIntakeTables implements MigrationInterface {
  readonly name = 'FileIntakeTables1763683200109';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(files);
    await runner.query(rows);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE file_item, file_row, file_intake');
  }
}

const files = `
  CREATE TABLE file_intake (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feed        text        NOT NULL,
    name        text        NOT NULL,
    digest      bytea       NOT NULL,
    bytes       bigint      NOT NULL,
    state       text        NOT NULL CHECK (state IN ('taking', 'taken', 'repeated', 'refused')),
    next_row    bigint      NOT NULL DEFAULT 1,
    taken       bigint      NOT NULL DEFAULT 0,
    repeated    bigint      NOT NULL DEFAULT 0,
    refused     bigint      NOT NULL DEFAULT 0,
    problem     jsonb       CHECK ((state = 'refused') = (problem IS NOT NULL)),
    repeats     bigint      REFERENCES file_intake CHECK ((state = 'repeated') = (repeats IS NOT NULL)),
    received_at timestamptz NOT NULL,
    ended_at    timestamptz CHECK ((state = 'taking') = (ended_at IS NULL)),
    filed_at    timestamptz
  );
  CREATE UNIQUE INDEX file_intake_under_way ON file_intake (feed, digest) WHERE state = 'taking';
  CREATE INDEX file_intake_digest ON file_intake (feed, digest, id);`;

const rows = `
  CREATE TABLE file_row (
    file     bigint NOT NULL REFERENCES file_intake,
    row      bigint NOT NULL,
    line     bigint NOT NULL,
    row_id   text,
    outcome  text   NOT NULL CHECK (outcome IN ('taken', 'repeated', 'refused')),
    event_id uuid   CHECK ((outcome = 'refused') = (event_id IS NULL)),
    code     text   CHECK ((outcome = 'refused') = (code IS NOT NULL)),
    message  text,
    remedy   text,
    owner    text,
    PRIMARY KEY (file, row)
  );
  CREATE TABLE file_item (
    feed     text    NOT NULL,
    row_id   text    NOT NULL,
    undoes   boolean NOT NULL,
    meaning  bytea   NOT NULL,
    event_id uuid    NOT NULL,
    PRIMARY KEY (feed, row_id, undoes)
  )`;
