import { BadRequestException, Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { Topic } from '@wardline/event-contracts';
import { isEventId } from '@wardline/event-handling';
import { ReceiptStore, type PendingReceipt, type SettledReceipt } from './receipt.store.js';

/** The answer to an upstream team that asks "did you take it?". */
@Controller('receipts')
export class ReceiptController {
  constructor(private readonly receipts: ReceiptStore) {}

  @Get(':eventId')
  async show(@Param('eventId') eventId: string): Promise<SettledReceipt | PendingReceipt> {
    if (!isEventId(eventId)) throw new BadRequestException(`"${eventId}" is no eventId: give the UUID of the record`);
    const receipt =
      (await this.receipts.settled(eventId)) ?? (await this.receipts.pending(eventId, Topic.ClinicalConsumption));
    if (receipt !== null) return receipt;
    throw new NotFoundException(
      `No record ${eventId} has arrived on ${Topic.ClinicalConsumption}: check that it was sent, and to this hospital.`,
    );
  }
}
