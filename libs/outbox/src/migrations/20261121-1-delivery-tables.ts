import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the delivery path: outbox, inbox, consumer positions, parked messages. */
export class DeliveryTables implements MigrationInterface {
  readonly name = 'DeliveryTables1763683200001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE SCHEMA delivery`);
    await runner.query(outbox);
    await runner.query(inbox);
    await runner.query(parked);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA delivery CASCADE`);
  }
}

const outbox = `
CREATE SEQUENCE delivery.outbox_id CACHE 1;
CREATE TABLE delivery.outbox (
  id         bigint      NOT NULL DEFAULT nextval('delivery.outbox_id') PRIMARY KEY,
  xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
  event_id   uuid        NOT NULL,
  topic      text        NOT NULL,
  key        text        NOT NULL CHECK (key <> ''),
  payload    bytea       NOT NULL,
  headers    json        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) PARTITION BY RANGE (id);
CREATE INDEX outbox_xid ON delivery.outbox (xid);
CREATE TABLE delivery.outbox_0 PARTITION OF delivery.outbox FOR VALUES FROM (0) TO (1000000);
CREATE TABLE delivery.outbox_1 PARTITION OF delivery.outbox FOR VALUES FROM (1000000) TO (2000000);
COMMENT ON TABLE delivery.outbox IS 'Append-only. No status, no UPDATE, no DELETE: published partitions are dropped.';
CREATE TABLE delivery.outbox_cursor (
  singleton   boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
  epoch       bigint      NOT NULL DEFAULT 0,
  owner       text,
  lease_until timestamptz,
  system_id   text,
  timeline    int,
  prev        pg_snapshot,
  cur         pg_snapshot,
  last_id     bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO delivery.outbox_cursor DEFAULT VALUES;`;

const inbox = `
CREATE TABLE delivery.inbox (
  event_id uuid        PRIMARY KEY,
  taken_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE delivery.consumer_position (
  topic       text   NOT NULL,
  partition   int    NOT NULL,
  generation  int    NOT NULL,
  next_offset bigint,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);`;

const parked = `
CREATE TABLE delivery.parked (
  id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  exception_id      uuid        NOT NULL UNIQUE,
  state             text        NOT NULL CHECK (state IN ('waiting', 'parked', 'retrying', 'done', 'abandoned', 'superseded')),
  holds_key         boolean     NOT NULL,
  topic             text        NOT NULL,
  partition         int         NOT NULL,
  record_offset     bigint      NOT NULL,
  key               bytea,
  payload           bytea,
  headers           json        NOT NULL,
  message_timestamp timestamptz NOT NULL,
  received_at       timestamptz NOT NULL,
  event_id          uuid        NOT NULL,
  correlation_id    uuid        NOT NULL,
  record_type       text,
  class             text,
  code              text,
  message           text,
  owner             text,
  awaits            text[]      NOT NULL DEFAULT '{}',
  attempts          int         NOT NULL DEFAULT 0,
  raised            boolean     NOT NULL DEFAULT false,
  next_attempt_at   timestamptz,
  parked_at         timestamptz NOT NULL DEFAULT now(),
  settled_at        timestamptz,
  settled_by        text,
  settled_reason    text,
  CHECK (NOT holds_key OR key IS NOT NULL),
  CHECK (state <> 'abandoned' OR (settled_by IS NOT NULL AND settled_reason IS NOT NULL))
);
CREATE INDEX parked_key ON delivery.parked (topic, key, id) WHERE holds_key AND state IN ('waiting', 'parked', 'retrying');
CREATE INDEX parked_due ON delivery.parked (next_attempt_at) WHERE state IN ('parked', 'retrying') AND next_attempt_at IS NOT NULL;
CREATE INDEX parked_waiting ON delivery.parked (id) WHERE state = 'waiting';
CREATE INDEX parked_awaits ON delivery.parked USING gin (awaits) WHERE state IN ('parked', 'retrying');
CREATE INDEX parked_event ON delivery.parked (event_id);
CREATE TABLE delivery.parked_attempt (
  parked_id bigint      NOT NULL REFERENCES delivery.parked (id),
  attempt   int         NOT NULL,
  at        timestamptz NOT NULL,
  class     text        NOT NULL,
  code      text        NOT NULL,
  message   text        NOT NULL,
  PRIMARY KEY (parked_id, attempt)
);`;
