import { Module } from '@nestjs/common';
import { config } from '../config.js';
import { IntakeMemory } from './forget-intake.store.js';
import { IntakeRetention, RETENTION_DAYS } from './intake-retention.js';

/** What the edges remember ends one day. */
@Module({
  providers: [
    ...[IntakeMemory, IntakeRetention],
    { provide: RETENTION_DAYS, useFactory: () => config().RETENTION_DAYS },
  ],
})
export class IntakeRetentionModule {}
