import { Module } from '@nestjs/common';
import { ConfigModule } from '../config.module.js';
import { IntakeMemory } from './forget-intake.store.js';
import { IntakeRetention } from './intake-retention.js';

/** What the edges remember ends one day. */
@Module({ imports: [ConfigModule], providers: [IntakeMemory, IntakeRetention] })
export class IntakeRetentionModule {}
