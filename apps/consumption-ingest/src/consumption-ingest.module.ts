import { Module } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { CheckConsumption, TIME_LIMITS } from './check-consumption/check-consumption.handler.js';
import type { TimeLimits } from './check-consumption/facts.js';
import { FactLoader } from './check-consumption/load-facts.js';
import { Settlement } from './check-consumption/settlement.js';
import { config, hl7Settings } from './config.js';
import { ConsumptionRecordStore } from './consumption-record.store.js';
import { CrosswalkController } from './crosswalk/crosswalk.controller.js';
import { CrosswalkStore } from './crosswalk/crosswalk.store.js';
import { Hl7Controller } from './hl7-intake/hl7.controller.js';
import { Hl7MessageStore } from './hl7-intake/hl7-message.store.js';
import { Hl7Intake } from './hl7-intake/hl7-intake.js';
import { HL7_INTAKE, HL7_SETTINGS, type Hl7Settings } from './hl7-intake/hl7-settings.js';
import { MllpEdge } from './hl7-intake/mllp-edge.js';
import { pseudonymsBy } from './hl7-intake/pseudonym.js';
import { LotStore } from './lot.store.js';
import { MasterDataStore } from './master-data.store.js';
import { ReceiptController } from './show-receipt/receipt.controller.js';
import { ReceiptStore } from './show-receipt/receipt.store.js';
import { TakeLocation } from './take-master-data/take-location.handler.js';
import { TakeLot } from './take-master-data/take-lot.handler.js';
import { TakeProduct } from './take-master-data/take-product.handler.js';
import { TakeUnit } from './take-master-data/take-unit.handler.js';

/** The handlers of this service. */
export const handlers = [CheckConsumption, TakeProduct, TakeLocation, TakeLot, TakeUnit];

const stores = [ConsumptionRecordStore, MasterDataStore, LotStore, CrosswalkStore, ReceiptStore, Hl7MessageStore];

const settings = [
  { provide: TIME_LIMITS, useFactory: timeLimits },
  { provide: HL7_SETTINGS, useFactory: () => hl7Settings(config()) },
  { provide: HL7_INTAKE, useFactory: hl7Intake, inject: [Database, Outbox, Hl7MessageStore, HL7_SETTINGS, CLOCK] },
];

@Module({
  controllers: [CrosswalkController, ReceiptController, Hl7Controller],
  providers: [...handlers, ...stores, ...settings, FactLoader, Settlement, MllpEdge],
})
export class ConsumptionIngestModule {}

function timeLimits(): TimeLimits {
  const { MAX_CLOCK_SKEW: maxClockSkew, MAX_RECORD_AGE: maxRecordAge } = config();
  return { maxClockSkew, maxRecordAge };
}

function hl7Intake(
  database: Database,
  outbox: Outbox,
  messages: Hl7MessageStore,
  given: Hl7Settings | null,
  clock: Clock,
): Hl7Intake | null {
  if (given === null) return null;
  const { profiles, pseudonymKey } = given;
  return new Hl7Intake({ database, outbox, messages, profiles, pseudonym: pseudonymsBy(pseudonymKey), clock });
}
