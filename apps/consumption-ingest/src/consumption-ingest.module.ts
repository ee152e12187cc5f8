import { Module } from '@nestjs/common';
import { CheckConsumption, TIME_LIMITS } from './check-consumption/check-consumption.handler.js';
import type { TimeLimits } from './check-consumption/facts.js';
import { FactLoader } from './check-consumption/load-facts.js';
import { Settlement } from './check-consumption/settlement.js';
import { CONFIG, type ConsumptionConfig } from './config.js';
import { ConfigModule } from './config.module.js';
import { ConsumptionRecordStore } from './consumption-record.store.js';
import { CrosswalkModule } from './crosswalk/crosswalk.module.js';
import { FhirIntakeModule } from './fhir-intake/fhir-intake.module.js';
import { EpcisIntakeModule } from './epcis-intake/epcis-intake.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { FileIntakeModule } from './file-intake/file-intake.module.js';
import { Hl7IntakeModule } from './hl7-intake/hl7-intake.module.js';
import { IntakeRetentionModule } from './intake-retention/intake-retention.module.js';
import { LotStore } from './lot.store.js';
import { MasterDataStore } from './master-data.store.js';
import { ScanIntakeModule } from './scan-intake/scan-intake.module.js';
import { ReceiptController } from './show-receipt/receipt.controller.js';
import { ReceiptStore } from './show-receipt/receipt.store.js';
import { TakeLocation } from './take-master-data/take-location.handler.js';
import { TakeLot } from './take-master-data/take-lot.handler.js';
import { TakeProduct } from './take-master-data/take-product.handler.js';
import { TakeUnit } from './take-master-data/take-unit.handler.js';

/** The handlers of this service. */
export const handlers = [CheckConsumption, TakeProduct, TakeLocation, TakeLot, TakeUnit];

const stores = [ConsumptionRecordStore, MasterDataStore, LotStore, ReceiptStore];

const settings = [{ provide: TIME_LIMITS, useFactory: timeLimits, inject: [CONFIG] }];

@Module({
  imports: [
    ...[CrosswalkModule, Hl7IntakeModule, FhirIntakeModule, FileIntakeModule, EpcisIntakeModule, ScanIntakeModule],
    ...[ConfigModule, FeedsModule, IntakeRetentionModule],
  ],
  controllers: [ReceiptController],
  providers: [...handlers, ...stores, ...settings, FactLoader, Settlement],
})
export class ConsumptionIngestModule {}

function timeLimits({ MAX_CLOCK_SKEW: maxClockSkew, MAX_RECORD_AGE: maxRecordAge }: ConsumptionConfig): TimeLimits {
  return { maxClockSkew, maxRecordAge };
}
