import { BadRequestException, Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Topic } from '@wardline/event-contracts';
import { isEventId } from '@wardline/event-handling';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { NettingQueue, type NettingLine, type OnTheWayLine } from './netting-queue.store.js';
import { OperationReceipts, type OperationReceipt } from './operation-receipt.store.js';

const text = z.string().min(1).optional();
const limit = z.coerce.number().int().min(1).max(1_000).default(100);

const nettingQuery = z
  .strictObject({ location: text, product: text, settled: z.stringbool().default(false), limit })
  .refine(({ settled, location, product }) => !settled || (location !== undefined && product !== undefined), {
    error: 'settled needs location and product: what is settled is read from the movements of one balance',
  });
const transitQuery = z.strictObject({ transfer: text, product: text, limit });

const piece = {
  productCode: z.string(),
  lotNumber: z.string().nullable(),
  serialNumber: z.string().nullable(),
  unit: z.string(),
};
const quantity = z.string().describe('Decimal text in the stock unit.');
const time = z.string().describe('ISO 8601 in UTC.');
const nettingAnswer = z.array(
  z.object({
    ...{ location: z.string(), ...piece, onHand: quantity },
    movements: z.array(
      z.object({
        ...{ position: z.string(), eventId: z.string(), sourceEventId: z.string(), movementType: z.string(), quantity },
        uncovered: quantity.describe('How much of it the ledger did not have.'),
        ...{ occurredAt: time, recordedAt: time },
        settledAt: time.nullable().describe('When the ledger had it again; null while it waits.'),
        settledBy: z.string().nullable().describe('The StockMoved that settled it.'),
      }),
    ),
  }),
);
const transitAnswer = z.array(
  z.object({
    ...{ transferReference: z.string(), ...piece, quantity, shipped: quantity, since: time },
    ...{ from: z.array(z.string()), to: z.array(z.string()) },
  }),
);
const receiptAnswer = z.object({
  ...{ recordEventId: z.string(), outcome: z.enum(['accepted', 'refused', 'held']), at: time },
  ...{ operation: z.string().nullable(), code: z.string().nullable(), message: z.string().nullable() },
  ...{ remedy: z.string().nullable(), owner: z.string().nullable(), movementEventId: z.string().nullable() },
  ...{ reversedBy: z.string().nullable(), warnings: z.array(z.string()) },
});

/** Shows what became of stock operations, what is on the way, and what was taken before its receipt. */
@Controller()
export class StockOperationController {
  constructor(
    private readonly queue: NettingQueue,
    private readonly receipts: OperationReceipts,
  ) {}

  @Get('netting-queue')
  @Describes({ summary: 'What was taken before its receipt', query: nettingQuery, answer: nettingAnswer })
  async netting(@Query() query: unknown): Promise<NettingLine[]> {
    return this.queue.lines(parseRequest(nettingQuery, query));
  }

  @Get('in-transit')
  @Describes({ summary: 'What was shipped and has not arrived', query: transitQuery, answer: transitAnswer })
  async inTransit(@Query() query: unknown): Promise<OnTheWayLine[]> {
    const { transfer, product, limit: most } = parseRequest(transitQuery, query);
    return this.queue.onTheWay(transfer, product, most);
  }

  @Get('stock-operations/:eventId')
  @Describes({ summary: 'What became of a stock operation record', answer: receiptAnswer })
  async receipt(@Param('eventId') eventId: string): Promise<OperationReceipt> {
    if (!isEventId(eventId)) throw new BadRequestException(`"${eventId}" is no eventId: give the UUID of the record`);
    const found = await this.receipts.of(eventId);
    if (found !== null) return found;
    throw new NotFoundException(
      `No record ${eventId} has arrived on ${Topic.WarehouseScan}: check that it was sent, and to this hospital.`,
    );
  }
}
