import { Module } from '@nestjs/common';
import type { Clock, Log } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK, LOG } from '@wardline/service-defaults';
import { CONFIG, fhirSettings } from '../config.js';
import { ConfigModule } from '../config.module.js';
import { pseudonymsBy } from '../hl7-intake/pseudonym.js';
import { FhirController } from './fhir.controller.js';
import { FhirExchange } from './fhir-exchange.js';
import { FhirIntake } from './fhir-intake.js';
import { FhirResourceStore } from './fhir-resource.store.js';
import { FHIR_SETTINGS, type FhirSettings } from './fhir-settings.js';

/** FHIR R4 and R5 over HTTP: the endpoint, the taking of its resources, and what a person may ask about them. */
@Module({
  imports: [ConfigModule],
  controllers: [FhirController],
  providers: [
    FhirResourceStore,
    { provide: FHIR_SETTINGS, useFactory: fhirSettings, inject: [CONFIG] },
    {
      provide: FhirExchange,
      useFactory: fhirExchange,
      inject: [Database, Outbox, FhirResourceStore, FHIR_SETTINGS, CLOCK, LOG],
    },
  ],
})
export class FhirIntakeModule {}

function fhirExchange(
  database: Database,
  outbox: Outbox,
  resources: FhirResourceStore,
  given: FhirSettings | null,
  clock: Clock,
  log: Log,
): FhirExchange {
  // Without sources every request ends at "no such source", before a pseudonym could be made.
  const pseudonym = pseudonymsBy(given?.pseudonymKey ?? '');
  return new FhirExchange(given?.sources ?? [], new FhirIntake({ database, outbox, resources, pseudonym, clock }), log);
}
