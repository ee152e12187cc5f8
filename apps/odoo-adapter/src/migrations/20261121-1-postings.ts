import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits for Odoo, what became of it, and who may write. */
export class Postings implements MigrationInterface {
  readonly name = 'Postings1763683200101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(posting);
    await runner.query(lease);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE posting, lease`);
  }
}

const posting = `
CREATE TABLE posting (
  event_id          uuid        PRIMARY KEY,
  position          bigserial   NOT NULL,
  topic             text        NOT NULL,
  partition         int         NOT NULL,
  "offset"          bigint      NOT NULL,
  message_key       text        NOT NULL,
  key_bytes         bytea,
  value             bytea,
  headers           jsonb       NOT NULL,
  message_timestamp timestamptz NOT NULL,
  correlation_id    uuid        NOT NULL,
  type_name         text        NOT NULL,
  movement          jsonb       NOT NULL,
  lane              text        NOT NULL,
  policy            text        NOT NULL CHECK (policy IN ('immediate', 'batched', 'coalesced')),
  window_start      timestamptz,
  due_at            timestamptz NOT NULL,
  state             text        NOT NULL CHECK (state IN ('pending', 'posting', 'posted', 'refused', 'abandoned')),
  document          text,
  attempts          int         NOT NULL DEFAULT 0,
  next_attempt_at   timestamptz,
  code              text,
  error             text,
  model             text,
  record_id         bigint,
  reference         text,
  posted_at         timestamptz,
  created_at        timestamptz NOT NULL DEFAULT now(),
  CHECK (state NOT IN ('posting', 'posted') OR document IS NOT NULL),
  CHECK (state <> 'posted' OR (record_id IS NOT NULL AND posted_at IS NOT NULL))
);
CREATE INDEX posting_open ON posting (lane, position) WHERE state IN ('pending', 'posting');
CREATE INDEX posting_unfinished_by_key ON posting (message_key, position) WHERE state IN ('pending', 'posting', 'refused');
CREATE INDEX posting_by_document ON posting (document) WHERE document IS NOT NULL;
CREATE INDEX posting_refused ON posting (position) WHERE state = 'refused';
CREATE UNIQUE INDEX posting_position ON posting (position)`;

const lease = `
CREATE TABLE lease (
  name        text        PRIMARY KEY,
  owner       text        NOT NULL,
  epoch       bigint      NOT NULL,
  lease_until timestamptz NOT NULL
)`;
