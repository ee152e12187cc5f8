import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parked messages as a person saw them, versions of an edited one, and operations over many. Rows keep their place. */
export class InterventionTables implements MigrationInterface {
  readonly name = 'InterventionTables1763683200002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(places);
    await runner.query(versions);
    await runner.query(operations);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE delivery.operation_item, delivery.operation, delivery.parked_past`);
    await runner.query(`DROP TRIGGER parked_changed ON delivery.parked; DROP TRIGGER parked_born ON delivery.parked`);
    await runner.query(`DROP FUNCTION delivery.keep_parked_past(), delivery.place_parked()`);
    await runner.query(`ALTER TABLE delivery.parked DROP COLUMN place, DROP COLUMN born_xid, DROP COLUMN changed_xid,
      DROP COLUMN supersedes, DROP COLUMN edited_by, DROP COLUMN approved_by`);
    await runner.query(`
      CREATE INDEX parked_key ON delivery.parked (topic, key, id) WHERE holds_key AND state IN ('waiting', 'parked', 'retrying');
      DROP INDEX delivery.parked_open;
      CREATE INDEX parked_due ON delivery.parked (next_attempt_at) WHERE state IN ('parked', 'retrying') AND next_attempt_at IS NOT NULL`);
  }
}

/** `place` orders a key: an edited version stands where its original stood. */
const places = `
ALTER TABLE delivery.parked
  ADD COLUMN place       bigint,
  ADD COLUMN supersedes  uuid UNIQUE REFERENCES delivery.parked (exception_id),
  ADD COLUMN edited_by   text,
  ADD COLUMN approved_by text;
UPDATE delivery.parked SET place = id;
ALTER TABLE delivery.parked ALTER COLUMN place SET NOT NULL;
CREATE FUNCTION delivery.place_parked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.place := coalesce(NEW.place, NEW.id);
  RETURN NEW;
END $$;
CREATE TRIGGER parked_born BEFORE INSERT ON delivery.parked FOR EACH ROW EXECUTE FUNCTION delivery.place_parked();
DROP INDEX delivery.parked_key;
CREATE INDEX parked_key ON delivery.parked (topic, key, place) WHERE holds_key AND state IN ('waiting', 'parked', 'retrying');
DROP INDEX delivery.parked_due;
CREATE INDEX parked_due ON delivery.parked (next_attempt_at, place)
  WHERE state IN ('waiting', 'parked', 'retrying') AND next_attempt_at IS NOT NULL;
CREATE INDEX parked_open ON delivery.parked (id) WHERE state IN ('waiting', 'parked', 'retrying');`;

/** What a person sees of a row is kept when it changes, with the transaction that changed it: any moment can be seen again. */
const versions = `
ALTER TABLE delivery.parked
  ADD COLUMN born_xid    xid8 NOT NULL DEFAULT '0',
  ADD COLUMN changed_xid xid8 NOT NULL DEFAULT '0';
ALTER TABLE delivery.parked
  ALTER COLUMN born_xid SET DEFAULT pg_current_xact_id(),
  ALTER COLUMN changed_xid SET DEFAULT pg_current_xact_id();
CREATE TABLE delivery.parked_past (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parked_id bigint NOT NULL REFERENCES delivery.parked (id),
  until_xid xid8   NOT NULL,
  state     text   NOT NULL,
  class     text,
  code      text,
  message   text,
  owner     text
);
CREATE INDEX parked_past_until ON delivery.parked_past (until_xid);
CREATE FUNCTION delivery.keep_parked_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery.parked_past (parked_id, until_xid, state, class, code, message, owner)
  VALUES (OLD.id, pg_current_xact_id(), OLD.state, OLD.class, OLD.code, OLD.message, OLD.owner);
  NEW.changed_xid := pg_current_xact_id();
  RETURN NEW;
END $$;
CREATE TRIGGER parked_changed BEFORE UPDATE ON delivery.parked FOR EACH ROW
  WHEN ((OLD.state, OLD.class, OLD.code, OLD.message, OLD.owner)
    IS DISTINCT FROM (NEW.state, NEW.class, NEW.code, NEW.message, NEW.owner))
  EXECUTE FUNCTION delivery.keep_parked_past();`;

const operations = `
CREATE TABLE delivery.operation (
  number        bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
  operation_id  uuid        PRIMARY KEY,
  action        text        NOT NULL CHECK (action IN ('retry', 'abandon', 'edit')),
  state         text        NOT NULL CHECK (state IN ('awaiting-approval', 'running', 'finished', 'cancelled')),
  dry_run       boolean     NOT NULL,
  force         boolean     NOT NULL,
  reason        text,
  changes       json,
  requested_by  text        NOT NULL,
  requested_via text        NOT NULL CHECK (requested_via IN ('http', 'message')),
  requested_at  timestamptz NOT NULL,
  approved_by   text,
  approved_via  text,
  approved_at   timestamptz,
  cancelled_by  text,
  cancelled_via text,
  finished_at   timestamptz,
  CHECK (action <> 'abandon' OR reason IS NOT NULL),
  CHECK (action <> 'edit' OR changes IS NOT NULL),
  CHECK (approved_by IS NULL OR lower(approved_by) <> lower(requested_by))
);
CREATE INDEX operation_running ON delivery.operation (number) WHERE state = 'running';
CREATE TABLE delivery.operation_item (
  operation_id   uuid   NOT NULL REFERENCES delivery.operation (operation_id),
  parked_id      bigint NOT NULL REFERENCES delivery.parked (id),
  place          bigint NOT NULL,
  topic          text   NOT NULL,
  key            bytea,
  exception_id   uuid   NOT NULL,
  event_id       uuid   NOT NULL,
  record_type    text,
  code           text,
  seen_xid       xid8   NOT NULL,
  outcome        text   NOT NULL CHECK (outcome IN ('planned', 'done', 'failed', 'skipped')),
  reason_code    text,
  reason_message text,
  effect         json,
  ended_at       timestamptz,
  PRIMARY KEY (operation_id, parked_id),
  CHECK (outcome IN ('planned', 'done') OR (reason_code IS NOT NULL AND reason_message IS NOT NULL))
);
CREATE INDEX operation_item_planned ON delivery.operation_item (operation_id, place) WHERE outcome = 'planned';
CREATE INDEX operation_item_lane ON delivery.operation_item (operation_id, topic, key, place) WHERE outcome = 'planned';
CREATE INDEX operation_item_outcome ON delivery.operation_item (operation_id, outcome, parked_id);
CREATE INDEX operation_item_event ON delivery.operation_item (event_id, code);
COMMENT ON TABLE delivery.operation_item IS 'key is null where the message holds none. seen_xid: parked.changed_xid as the person saw it.';`;
