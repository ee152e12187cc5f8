import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Decimal, localDate } from '@wardline/event-contracts';
import type { Clock } from '@wardline/event-handling';
import { CLOCK, Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { isQuarantine, isVirtual, quarantineOf } from '../movement.js';
import { nearest, propose, type OtherPlace, type Proposal } from './availability.js';
import { AvailabilityReadings } from './availability-readings.store.js';
import { dayText, quantityText } from './ledger-answers.js';

const query = z.strictObject({
  product: z.string().min(1),
  location: z.string().min(1),
  quantity: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a quantity in the stock unit, at most 12 digits and 6 decimals')
    .refine((text) => Number(text) > 0, 'must be more than zero'),
});

const portion = z.object({
  lotNumber: z.string().nullable(),
  serialNumber: z.string().nullable(),
  expiryDate: dayText.nullable(),
  quantity: quantityText,
  unit: z.string(),
});
const answer = z.object({
  product: z.string(),
  location: z.string(),
  asked: quantityText,
  available: z.boolean(),
  quantity: quantityText.describe('All that can be taken there.'),
  take: z.array(portion).describe('From which lots: first expired, first out.'),
  leftOut: z.array(portion.extend({ reason: z.enum(['EXPIRED', 'QUARANTINED']) })),
  elsewhere: z
    .array(z.object({ location: z.string(), quantity: quantityText, unit: z.string() }))
    .describe('Other places that hold it, the nearest first.'),
});

const placesShown = 10;

/** Whether a quantity can be taken at a place, from which lots, and where else it is. */
@Controller('availability')
export class AvailabilityController {
  constructor(
    private readonly readings: AvailabilityReadings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describes({ summary: 'Can this much be taken there, from which lots, and where else is it', query, answer })
  async availability(
    @Query() asked: unknown,
  ): Promise<Proposal & { asked: string; product: string; location: string; elsewhere: OtherPlace[] }> {
    const { product, location, quantity } = parseRequest(query, asked);
    const { stock, names } = await this.readings.read(product);
    const at = (place: string) => stock.filter((standing) => standing.location === place);
    const day = localDate(this.clock.now().toISOString().slice(0, 10));
    const others = stock.filter((other) => other.location !== location && isShelf(other.location));
    const elsewhere = nearest(location, others, (place) => names.get(place) ?? place, day).slice(0, placesShown);
    const proposal = propose(new Decimal(quantity), at(location), at(quarantineOf(location)), day);
    return { product, location, asked: quantity, ...proposal, elsewhere };
  }
}

/** A place from which stock may be taken. */
function isShelf(location: string): boolean {
  return !isVirtual(location) && !isQuarantine(location);
}
