import { Controller, Get, Query, ServiceUnavailableException } from '@nestjs/common';
import { Describes, parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { quantityText, timeText } from '../show-ledger/ledger-answers.js';
import { moment } from '../show-ledger/ledger-questions.js';
import { BalanceAsOf, type QuantityInUnit } from './balance-as-of.store.js';
import { totalOf } from './total-of.js';
import { HistoryBehindCluster } from './transactions-seen.js';

const query = z.strictObject({
  product: z.string().min(1),
  location: z.string().min(1),
  lot: z.string().min(1).describe('A lot or serial number; all of them together without it.').optional(),
  occurredAt: moment.describe('What had happened up to then; without it, whenever it happened.').optional(),
  knownAt: moment.describe('What was known by then; without it, all that is known now.').optional(),
});

const answer = z.object({
  product: z.string(),
  location: z.string(),
  lot: z.string().nullable(),
  occurredAt: timeText.nullable(),
  knownAt: timeText.nullable(),
  quantity: quantityText,
  unit: z.string().nullable().describe('Null where no movement ever touched it.'),
});

/** Any balance as of a business time, as of what was known at a time, or both. */
@Controller('balances/as-of')
export class BalanceAsOfController {
  constructor(private readonly balances: BalanceAsOf) {}

  @Get()
  @Describes({
    ...{ summary: 'A balance as of a business time and as of what was known at a time', query, answer },
    refusals: {
      409: 'It is kept in several units, which cannot be added.',
      503: 'The history has to be built anew after a restore.',
    },
  })
  async asOf(@Query() asked: unknown): Promise<object> {
    const { product, location, lot = null, occurredAt = null, knownAt = null } = parseRequest(query, asked);
    const question = { product, location, lot, occurredAt, knownAt };
    return { ...question, ...totalOf(await this.#read(question), product) };
  }

  async #read(question: Parameters<BalanceAsOf['read']>[0]): Promise<QuantityInUnit[]> {
    try {
      return await this.balances.read(question);
    } catch (error) {
      if (error instanceof HistoryBehindCluster) throw new ServiceUnavailableException(error.message);
      throw error;
    }
  }
}
