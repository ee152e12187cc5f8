import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each source was heard of, its numbers and hours, what is expected of it, and how far the outbox was read for that. */
export class Feeds implements MigrationInterface {
  readonly name = 'Feeds1764288000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(feeds);
    await runner.query(gaps);
    await runner.query(settings);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feed_reading, feed_setting, feed_gap, feed_exception, feed_hour, feed');
  }
}

const feeds = `
CREATE TABLE feed (
  source            text        PRIMARY KEY,
  topic             text        NOT NULL,
  records           bigint      NOT NULL DEFAULT 0,
  first_heard_at    timestamptz NOT NULL,
  last_heard_at     timestamptz NOT NULL,
  counter           jsonb,
  restarted         jsonb,
  reuses_numbers    boolean     NOT NULL DEFAULT false
) WITH (fillfactor = 50);
COMMENT ON COLUMN feed.counter IS 'How far it has counted (Count); null while it sent no numbers.';
COMMENT ON COLUMN feed.restarted IS 'When its counter last began anew, from which number to which.';
COMMENT ON COLUMN feed.reuses_numbers IS 'Since then its records are refused as duplicates of earlier ones.';
CREATE TABLE feed_hour (
  hour            timestamptz NOT NULL,
  source          text        NOT NULL,
  records         integer     NOT NULL,
  longest_seconds integer     NOT NULL,
  PRIMARY KEY (hour, source)
) WITH (fillfactor = 50);
COMMENT ON COLUMN feed_hour.longest_seconds IS 'The longest silence that reached into the hour and ended.';
CREATE TABLE feed_exception (
  source       text        NOT NULL,
  kind         text        NOT NULL CHECK (kind IN ('SILENT', 'GAP', 'COUNTER_RESET')),
  exception_id uuid        NOT NULL,
  raised_at    timestamptz NOT NULL,
  PRIMARY KEY (source, kind)
);
COMMENT ON TABLE feed_exception IS 'Exceptions that are open.';`;

const gaps = `
CREATE TABLE feed_gap (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source      text        NOT NULL,
  epoch       integer     NOT NULL,
  first       bigint      NOT NULL,
  last        bigint      NOT NULL,
  missing     jsonb       NOT NULL,
  numbers     numeric     NOT NULL,
  opened_at   timestamptz NOT NULL,
  closed_at   timestamptz,
  closed_how  text CHECK (closed_how IN ('CAME', 'ACCEPTED', 'NO_COUNTER')),
  accepted_by text,
  reason      text,
  CHECK ((closed_at IS NULL) = (closed_how IS NULL)),
  CHECK ((closed_how = 'ACCEPTED') IS NOT TRUE OR (accepted_by IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX feed_gap_open ON feed_gap (source, id) WHERE closed_at IS NULL;
CREATE INDEX feed_gap_source ON feed_gap (source, id);
COMMENT ON COLUMN feed_gap.missing IS 'What of it did not come yet, as [first, last] in text; what was accepted as missing stays. numbers: how many they are.';`;

const settings = `
CREATE TABLE feed_setting (
  id                   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source               text        NOT NULL,
  every_minutes        integer,
  silent_after_minutes integer,
  hours                jsonb       NOT NULL,
  time_zone            text        NOT NULL,
  owner                text,
  muted_until          timestamptz,
  reason               text,
  changed_by           text        NOT NULL,
  changed_at           timestamptz NOT NULL
);
CREATE INDEX feed_setting_source ON feed_setting (source, id);
COMMENT ON TABLE feed_setting IS 'Append-only: the newest row of a source holds.';
CREATE TABLE feed_reading (
  single          boolean     PRIMARY KEY DEFAULT true CHECK (single),
  position        jsonb       NOT NULL,
  looked_at       timestamptz,
  listening_since timestamptz
);
INSERT INTO feed_reading (position) VALUES ('{"seen": "1:1:", "target": null, "afterXid": "0", "afterId": "0"}');
COMMENT ON COLUMN feed_reading.listening_since IS 'Since when somebody has looked all the time: before that nobody would have heard a feed.';`;
