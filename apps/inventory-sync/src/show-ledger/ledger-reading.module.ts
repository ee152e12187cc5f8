import { Module } from '@nestjs/common';
import { CheckGauges } from '../continuous-check/check-gauges.js';
import { CheckLoop } from '../continuous-check/check-loop.js';
import { ContinuousCheck } from '../continuous-check/continuous-check.js';
import { LedgerCheckStore } from '../continuous-check/ledger-check.store.js';
import { BalanceAsOfController } from '../ledger-history/balance-as-of.controller.js';
import { BalanceAsOf } from '../ledger-history/balance-as-of.store.js';
import { AvailabilityController } from './availability.controller.js';
import { AvailabilityReadings } from './availability-readings.store.js';
import { LedgerReadings } from './ledger-readings.store.js';
import { LedgerController } from './ledger.controller.js';
import { TraceController } from './trace.controller.js';
import { TraceReadings } from './trace-readings.store.js';

/** The reading side of the ledger: what is asked over HTTP, and the check that runs in the background. */
@Module({
  controllers: [BalanceAsOfController, LedgerController, TraceController, AvailabilityController],
  providers: [
    ...[LedgerReadings, TraceReadings, AvailabilityReadings, BalanceAsOf],
    ...[LedgerCheckStore, ContinuousCheck, CheckLoop, CheckGauges],
  ],
})
export class LedgerReadingModule {}
