import { Module } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { CONFIG, hl7Settings } from '../config.js';
import { ConfigModule } from '../config.module.js';
import { EncounterMovementStore } from './encounter-movement.store.js';
import { Hl7Controller } from './hl7.controller.js';
import { Hl7Intake } from './hl7-intake.js';
import { Hl7MessageStore } from './hl7-message.store.js';
import { HL7_INTAKE, HL7_SETTINGS, type Hl7Settings } from './hl7-settings.js';
import { MllpEdge } from './mllp-edge.js';
import { PlacesOfUse } from './place-of-use.js';
import { pseudonymsBy } from './pseudonym.js';
import { MessageSettlement } from './settle-message.js';

/** HL7 v2 over MLLP: the edge, the settling of its messages, and what a person may ask about them. */
@Module({
  imports: [ConfigModule],
  controllers: [Hl7Controller],
  providers: [
    ...[Hl7MessageStore, EncounterMovementStore, MllpEdge],
    { provide: HL7_SETTINGS, useFactory: hl7Settings, inject: [CONFIG] },
    { provide: PlacesOfUse, useFactory: placesOfUse, inject: [EncounterMovementStore, HL7_SETTINGS] },
    {
      provide: HL7_INTAKE,
      useFactory: hl7Intake,
      inject: [Database, Outbox, Hl7MessageStore, EncounterMovementStore, HL7_SETTINGS, CLOCK],
    },
  ],
})
export class Hl7IntakeModule {}

function placesOfUse(movements: EncounterMovementStore, given: Hl7Settings | null): PlacesOfUse | null {
  return given === null ? null : new PlacesOfUse(movements, pseudonymsBy(given.pseudonymKey));
}

function hl7Intake(
  database: Database,
  outbox: Outbox,
  messages: Hl7MessageStore,
  movements: EncounterMovementStore,
  given: Hl7Settings | null,
  clock: Clock,
): Hl7Intake | null {
  if (given === null) return null;
  const pseudonym = pseudonymsBy(given.pseudonymKey);
  const settlement = new MessageSettlement({ database, outbox, messages, movements, pseudonym, clock });
  return new Hl7Intake(settlement, given.profiles, clock);
}
