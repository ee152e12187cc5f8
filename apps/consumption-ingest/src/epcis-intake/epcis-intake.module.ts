import { Module } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { CrosswalkStore } from '../crosswalk/crosswalk.store.js';
import { MasterDataStore } from '../master-data.store.js';
import { CaptureController } from './capture.controller.js';
import { CaptureStore } from './capture.store.js';
import { EpcisIntake } from './epcis-intake.js';

/** EPCIS 2.0 events over HTTP. */
@Module({
  controllers: [CaptureController],
  providers: [
    CaptureStore,
    CrosswalkStore,
    MasterDataStore,
    {
      provide: EpcisIntake,
      useFactory: (
        database: Database,
        outbox: Outbox,
        captures: CaptureStore,
        ...[crosswalk, masterData, clock]: [CrosswalkStore, MasterDataStore, Clock]
      ) => new EpcisIntake({ database, outbox, captures, crosswalk, masterData, clock }),
      inject: [Database, Outbox, CaptureStore, CrosswalkStore, MasterDataStore, CLOCK],
    },
  ],
})
export class EpcisIntakeModule {}
