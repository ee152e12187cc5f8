import { Controller, Get, NotFoundException, Query } from '@nestjs/common';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { dayText, movementAnswer, positionText, quantityText, timeText } from './ledger-answers.js';
import { traceOf, type Trace } from './trace.js';
import { TraceReadings } from './trace-readings.store.js';

const query = z
  .strictObject({
    lot: z.string().min(1).describe('A lot number; give its product too where several carry it.').optional(),
    product: z.string().min(1).optional(),
    serial: z.string().min(1).optional(),
    after: positionText.max(18).describe('The `next` of an earlier answer.').default('0'),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  })
  .refine(({ lot, serial }) => (lot === undefined) !== (serial === undefined), 'give either lot or serial');

const place = z.object({
  productCode: z.string(),
  location: z.string(),
  serialNumber: z.string().nullable(),
  quantity: quantityText,
  unit: z.string(),
});
const flow = z.object({
  productCode: z.string(),
  movementType: z.string(),
  fromLocation: z.string(),
  toLocation: z.string(),
  quantity: quantityText,
  unit: z.string(),
  movements: z.int(),
  firstOccurredAt: timeText,
  lastOccurredAt: timeText,
});
const used = z.object({ productCode: z.string(), location: z.string(), quantity: quantityText, unit: z.string() });

const answer = z.object({
  lot: z.string().nullable(),
  serial: z.string().nullable(),
  products: z.array(z.string()),
  expiryDate: dayText.nullable(),
  upstream: z.array(flow).describe('Where it came from: what brought it onto the hospital’s shelves.'),
  between: z.array(flow).describe('How it went from shelf to shelf.'),
  downstream: z.array(flow).describe('Where it went: what took it off the shelves.'),
  consumed: z.array(used).describe('Where it was used or wasted, less what came back or was undone.'),
  now: z.array(place).describe('Where it is now; below zero where more went out than came in.'),
  reversed: z.array(z.object({ eventId: z.guid(), reversedBy: z.guid() })).describe('Of the movements shown.'),
  movements: z.array(movementAnswer).describe('Every movement in ledger order, page by page.'),
  next: z.string().nullable(),
});

/** What became of a lot or serial: who, when, why, and the document in Odoo. No patient is named. */
@Controller('trace')
export class TraceController {
  constructor(private readonly readings: TraceReadings) {}

  @Get()
  @Describes({
    ...{ summary: 'Upstream and downstream of a lot or serial, with every movement', query, answer },
    refusals: { 404: 'No movement carries it.' },
  })
  async trace(@Query() asked: unknown): Promise<Trace> {
    const { lot = null, serial = null, product = null, after, limit } = parseRequest(query, asked);
    const reading = await this.readings.read({ product, lot, serial, after, limit });
    if (reading.flows.length === 0) {
      const what = lot === null ? `serial ${serial}` : `lot ${lot}`;
      throw new NotFoundException(`no movement carries the ${what}${product === null ? '' : ` of ${product}`}`);
    }
    return traceOf({ lot, serial, limit }, reading);
  }
}
