import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what was taken in long ago. Ids of records are UUIDs of version 7: they carry the time of their use. */
export class IntakeRetention implements MigrationInterface {
  readonly name = 'IntakeRetention1764374400101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE INDEX hl7_message_received ON hl7_message USING brin (received_at);
CREATE INDEX fhir_resource_received ON fhir_resource USING brin (received_at);
CREATE INDEX file_intake_ended ON file_intake (ended_at);
CREATE INDEX file_intake_repeats ON file_intake (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX epcis_capture_created ON epcis_capture (created_at);
CREATE INDEX epcis_event_capture ON epcis_event (capture);
CREATE INDEX scan_age ON scan USING brin (uuid_extract_timestamp(event_id));
CREATE INDEX hl7_item_age ON hl7_item USING brin (uuid_extract_timestamp(event_id));
CREATE INDEX file_item_age ON file_item USING brin (uuid_extract_timestamp(event_id));`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP INDEX hl7_message_received, fhir_resource_received, file_intake_ended, file_intake_repeats, epcis_capture_created,
  epcis_event_capture, scan_age, hl7_item_age, file_item_age`);
  }
}
