import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Inject,
  NotFoundException,
  Param,
  Put,
  Query,
  ServiceUnavailableException,
} from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import type { Clock } from '@wardline/event-handling';
import { isDatabaseOutage } from '@wardline/outbox';
import { CLOCK, Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { totalOf } from '../ledger-history/total-of.js';
import { movementAnswer, pageOf, quantityText } from '../show-ledger/ledger-answers.js';
import { afterPosition, pageLimit } from '../show-ledger/ledger-questions.js';
import type { MovementReading } from '../show-ledger/ledger-readings.store.js';
import { closingAnswer, closingBody, type PeriodClosing } from './period-closing.js';
import { PeriodBooks } from './period-books.store.js';

const name = z.string().min(1);
const params = z.object({ id: z.string().regex(/^\d{1,18}$/, 'must be the id of a closing') });
const lateQuery = z.strictObject({
  product: name.optional(),
  location: name.describe('Either end of the movement.').optional(),
  after: afterPosition.optional(),
  limit: pageLimit,
});
const balanceQuery = z.strictObject({
  product: name,
  location: name,
  lot: name.describe('A lot or serial number; all of them together without it.').optional(),
});
const balanceAnswer = z.object({
  atClosing: quantityText.describe('As the closed books have it; it never changes.'),
  lateSince: quantityText.describe('What was told of that time after the closing.'),
  now: quantityText.describe('The end of that time as it is known now: both together.'),
  unit: z.string().nullable(),
});
const shown = z.object({ standing: closingAnswer.nullable(), history: z.array(closingAnswer) });
const refusals = { 404: 'There is no such closing.' };

/** How finance closes the books of a time, sees what was told of it afterwards, and opens it again. */
@Controller('closed-periods')
export class ClosedPeriodsController {
  constructor(
    private readonly books: PeriodBooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Describes({ summary: 'Up to when the books are closed, and every decision about it', answer: shown })
  async all(): Promise<{ standing: PeriodClosing | null; history: PeriodClosing[] }> {
    const history = await this.books.all();
    return { standing: history[0] ?? null, history };
  }

  @Put()
  @Describes({
    summary: 'Closes the books up to a time, or opens them again',
    body: closingBody,
    answer: closingAnswer,
  })
  async close(@Body() body: unknown): Promise<PeriodClosing> {
    const { until, lateEntries, by: closedBy, reason } = parseRequest(closingBody, body);
    const closedAt = this.clock.now();
    if (until !== null && until.getTime() > closedAt.getTime())
      throw new BadRequestException(
        `until: ${until.toISOString()} lies ahead of now, ${closedAt.toISOString()}; books are closed for a time that is over`,
      );
    return this.#write({ until, lateEntries, closedBy, reason, closedAt });
  }

  @Get(':id/late-entries')
  @Describes({
    ...{ summary: 'What was told of a closed time after it had been closed', params, query: lateQuery, refusals },
    answer: pageOf(movementAnswer),
  })
  async lateEntries(
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<{ items: readonly MovementReading[]; next: string | null }> {
    const asked = parseRequest(lateQuery, query);
    const items = await this.books.lateEntries(await this.#closing(id), asked);
    return { items, next: items.length < asked.limit ? null : (items.at(-1)?.position ?? null) };
  }

  @Get(':id/balance')
  @Describes({
    ...{ summary: 'A balance as the closed books have it, and what has changed since', params, query: balanceQuery },
    answer: balanceAnswer,
    refusals: { ...refusals, 409: 'It is kept in several units, which cannot be added.' },
  })
  async balance(@Param('id') id: string, @Query() query: unknown): Promise<z.output<typeof balanceAnswer>> {
    const { product, location, lot = null } = parseRequest(balanceQuery, query);
    const { until, ...closing } = await this.#closing(id);
    if (until === null) throw new NotFoundException(`Closing ${id} opened everything: it closed no books.`);
    const { now, late } = await this.books.balance({ ...closing, until }, { product, location, lot });
    const [known, added] = [totalOf(now, product), totalOf(late, product)];
    const atClosing = new Decimal(known.quantity).minus(added.quantity);
    return { atClosing: atClosing.toFixed(6), lateSince: added.quantity, now: known.quantity, unit: known.unit };
  }

  async #write(closing: Parameters<PeriodBooks['close']>[0]): Promise<PeriodClosing> {
    try {
      return await this.books.close(closing);
    } catch (error) {
      if (!isDatabaseOutage(error)) throw error;
      const reason = (error as Error).message;
      throw new ServiceUnavailableException(
        `Nothing is closed: the ledger could not be held still for a moment (${reason}). Send the same again.`,
      );
    }
  }

  async #closing(given: string): Promise<PeriodClosing> {
    const { id } = parseRequest(params, { id: given });
    const closing = await this.books.one(id);
    if (closing === undefined) throw new NotFoundException(`There is no closing ${id}.`);
    return closing;
  }
}
