import type { MigrationClass } from '@wardline/outbox';
import { ConsumptionTables } from './migrations/20261121-1-consumption-tables.js';
import { EncounterMovements } from './migrations/20261122-11-hl7-more.js';
import { EpcisIntakeTables } from './migrations/20261122-10-epcis-intake.js';
import { Hl7Intake } from './migrations/20261122-2-hl7-intake.js';
import { FhirIntake } from './migrations/20261122-6-fhir-intake.js';
import { ScanIntake } from './migrations/20261122-7-scan-intake.js';
import { CrosswalkBySource } from './migrations/20261122-8-crosswalk-by-source.js';
import { FileIntakeTables } from './migrations/20261122-9-file-intake.js';
import { Feeds } from './migrations/20261128-1-feeds.js';
import { IntakeRetention } from './migrations/20261129-1-intake-retention.js';

/** The service's own migrations, in order. */
export const migrations: readonly MigrationClass[] = [
  ConsumptionTables,
  Hl7Intake,
  FhirIntake,
  ScanIntake,
  CrosswalkBySource,
  FileIntakeTables,
  EpcisIntakeTables,
  EncounterMovements,
  Feeds,
  IntakeRetention,
];
