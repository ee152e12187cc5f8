import { Module } from '@nestjs/common';
import { DeliveryController } from './delivery.controller.js';
import { Deliveries } from './delivery.store.js';
import { NettingQueue } from './netting-queue.store.js';
import { OperationReceipts } from './operation-receipt.store.js';
import { StockOperationController } from './stock-operation.controller.js';

/** What is asked over HTTP about stock operations. */
@Module({
  controllers: [StockOperationController, DeliveryController],
  providers: [NettingQueue, OperationReceipts, Deliveries],
})
export class StockOperationReadingModule {}
