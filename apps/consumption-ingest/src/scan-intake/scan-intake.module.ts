import { Module } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { CONFIG, type ConsumptionConfig } from '../config.js';
import { ConfigModule } from '../config.module.js';
import { CrosswalkModule } from '../crosswalk/crosswalk.module.js';
import { pseudonymsBy } from '../hl7-intake/pseudonym.js';
import { MasterDataStore } from '../master-data.store.js';
import { CodeBookLoader } from './load-code-book.js';
import { ScanController } from './scan.controller.js';
import { ScanIntake } from './scan-intake.js';
import { ScanStore } from './scan.store.js';

/** The intake of scans over HTTP. */
@Module({
  imports: [ConfigModule, CrosswalkModule],
  controllers: [ScanController],
  providers: [
    ScanStore,
    MasterDataStore,
    CodeBookLoader,
    {
      provide: ScanIntake,
      useFactory: scanIntake,
      inject: [Database, Outbox, ScanStore, CodeBookLoader, CLOCK, CONFIG],
    },
  ],
})
export class ScanIntakeModule {}

function scanIntake(
  database: Database,
  outbox: Outbox,
  scans: ScanStore,
  books: CodeBookLoader,
  ...[clock, { HL7_PSEUDONYM_KEY: key }]: [Clock, ConsumptionConfig]
): ScanIntake {
  return new ScanIntake({ database, outbox, scans, books, pseudonym: key ? pseudonymsBy(key) : null, clock });
}
