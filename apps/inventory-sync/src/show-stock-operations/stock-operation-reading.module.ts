import { Module } from '@nestjs/common';
import { NettingQueue } from './netting-queue.store.js';
import { OperationReceipts } from './operation-receipt.store.js';
import { StockOperationController } from './stock-operation.controller.js';

/** What is asked over HTTP about stock operations. */
@Module({ controllers: [StockOperationController], providers: [NettingQueue, OperationReceipts] })
export class StockOperationReadingModule {}
