import { Controller, Get, Query } from '@nestjs/common';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { Deliveries, type DeliveryLine } from './delivery.store.js';

const query = z.strictObject({ document: z.string().min(1).describe('The documentReference of the receipts.') });
const quantity = z.string().describe('Decimal text in the stock unit.');
const answer = z.array(
  z.object({
    ...{ productCode: z.string(), unit: z.string() },
    expectedQuantity: quantity.nullable().describe('What the newest record says of it; null where none does.'),
    ...{ receivedQuantity: quantity, damagedQuantity: quantity },
    shortQuantity: quantity.nullable().describe('How much has not come.'),
    oversupplyQuantity: quantity.nullable().describe('How much came beyond it.'),
  }),
);

/** Shows what has come under a ship notice or purchase order; the quantities are those of a UBL receipt advice. */
@Controller('deliveries')
export class DeliveryController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @Describes({ summary: 'What has come under a document, what is short and what is too much', query, answer })
  async under(@Query() asked: unknown): Promise<DeliveryLine[]> {
    return this.deliveries.under(parseRequest(query, asked).document);
  }
}
