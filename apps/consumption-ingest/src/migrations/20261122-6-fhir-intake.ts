import type { MigrationInterface, QueryRunner } from 'typeorm';

const resources = `
  CREATE TABLE fhir_resource (
    number       bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    source       text        NOT NULL,
    type         text        NOT NULL,
    id           text        NOT NULL,
    fhir_version text        NOT NULL,
    version_id   text,
    last_updated timestamptz,
    status       text,
    meaning      bytea,
    outcome      text        NOT NULL CHECK (outcome IN ('taken', 'refused')),
    records      integer     NOT NULL,
    issues       jsonb       NOT NULL,
    times        integer     NOT NULL DEFAULT 1,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (source, type, id)
  );
  CREATE INDEX fhir_resource_outcome ON fhir_resource (outcome, number)`;

const versionsAndItems = `
  CREATE TABLE fhir_version (
    source     text  NOT NULL,
    type       text  NOT NULL,
    id         text  NOT NULL,
    version_id text  NOT NULL,
    meaning    bytea NOT NULL,
    PRIMARY KEY (source, type, id, version_id)
  );
  CREATE TABLE fhir_item (
    event_id    uuid  PRIMARY KEY,
    source      text  NOT NULL,
    type        text  NOT NULL,
    id          text  NOT NULL,
    said        jsonb NOT NULL,
    reversed_by uuid
  );
  CREATE INDEX fhir_item_resource ON fhir_item (source, type, id) WHERE reversed_by IS NULL`;

/** FHIR resources by source, type and id, without their content, their versions, and the records that stand for them. */
export class FhirIntake implements MigrationInterface {
  readonly name = 'FhirIntake1763683200106';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(resources);
    await runner.query(versionsAndItems);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE fhir_item, fhir_version, fhir_resource`);
  }
}
