import { Module } from '@nestjs/common';
import { config } from '../config.js';
import { EPCIS_GLN, EpcisQueryController } from './epcis-query.controller.js';
import { ToldMovements } from './told-movements.store.js';

/** The ledger as EPCIS 2.0 events. */
@Module({
  controllers: [EpcisQueryController],
  providers: [ToldMovements, { provide: EPCIS_GLN, useFactory: () => config().EPCIS_GLN }],
})
export class EpcisQueryModule {}
